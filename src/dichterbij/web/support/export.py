"""The catalogue as the rows of a table."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext

from dichterbij.web.support.choosing import Asked
from dichterbij.web.support.items import Item


def rows(items: Iterable[Item], asked: Asked) -> list[list[str]]:
    """A row for each item, ended items last."""
    return [_row(item, asked) for item in sorted(items, key=lambda item: not item.is_open)]


def heading() -> list[str]:
    """What stands above them."""
    return [
        gettext("Name"),
        gettext("Ended"),
        gettext("What it is"),
        gettext("Condition"),
        gettext("For whom"),
        gettext("Benefit or work"),
        gettext("Route"),
        gettext("Money or help"),
        gettext("When"),
        gettext("Who decides"),
        gettext("Who may pay"),
        gettext("Call"),
        gettext("Phone"),
        gettext("Number invented"),
        gettext("Region"),
        gettext("From"),
        gettext("Until"),
        gettext("Source"),
    ]


def _row(item: Item, asked: Asked) -> list[str]:
    return [
        item.name,
        item.ended,
        item.what,
        item.condition,
        ", ".join(item.roles),
        item.backgrounds,
        ", ".join(item.routes) or gettext("every route"),
        item.form,
        item.moment,
        gettext("unknown") if item.is_decider_open else item.decides,
        gettext("unknown") if item.is_payer_open else item.pays,
        item.call.name,
        item.call.phone,
        gettext("yes") if item.call.invented else gettext("no"),
        asked.region_name or gettext("all regions"),
        date_format(item.valid_from) if item.valid_from else "",
        date_format(item.valid_to) if item.valid_to else "",
        item.source,
    ]
