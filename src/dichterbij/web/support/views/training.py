"""Training that somebody pays for: to search, to filter, to sort and to take along. All offers are invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.domains.schemes.rules import files
from dichterbij.domains.support.queries import menukaart
from dichterbij.domains.support.rules.training import Funded, Funding, Kind, Payer, funded, training_offers
from dichterbij.shared.words import Words
from dichterbij.web.desks.cards import DeskCard, in_language
from dichterbij.web.near.words import SECTORS
from dichterbij.web.site.tables import csv_file
from dichterbij.web.support import words
from dichterbij.web.support.choosing import asked as asked_region
from dichterbij.web.support.items import Presenter

THEN = date(2020, 12, 1)  # from that day the free training of the first window could be found
ORDERS: dict[str, Callable[["Shown"], Any]] = {
    "eindigt": lambda one: (min((paid.last for paid in one.payments), default=one.found.last), one.name),
    "naam": lambda one: one.name,
    "duur": lambda one: (one.found.offer.weeks, one.name),
}


@dataclass(frozen=True)
class Payment:
    """Who pays, with its page, for whom, and until when."""

    name: str
    address: str
    learners: str
    last: date


@dataclass(frozen=True)
class Shown:
    """An offer in the visitor's language, with everybody who pays for it."""

    found: Funded
    name: str
    sector: str
    kind: str
    region: str
    payments: tuple[Payment, ...]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; whatever is not ours counts as not asked."""

    sector: str
    kind: str
    region: str
    text: str
    order: str
    on: date
    is_exercise: bool

    def address(self, name: str = "support:training", **changes: str) -> str:
        """The page with the same choice, some of it changed."""
        told = {"sector": self.sector, "soort": self.kind, "regio": self.region, "zoek": self.text,
                "volgorde": self.order, "op": THEN.isoformat() if self.is_exercise else ""}  # fmt: skip
        query = urlencode({key: value for key, value in {**told, **changes}.items() if value})
        return reverse(name) + (f"?{query}" if query else "")


@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """The offers with money on this day: today, or as it was on 1 December 2020."""
    asked = _asked(request)
    rows, all_of_it = _rows(asked), _there(asked.on)
    sectors = {one.offer.sector for one in all_of_it}
    context = {
        "asked": asked, "rows": rows, "then": THEN,
        "total": len(all_of_it), "today_total": len(_there(timezone.localdate())),
        "sectors": [(code, name) for code, name in SECTORS.items() if code in sectors or code == asked.sector],
        "kinds": words.TRAINING_KINDS, "regions": areas.regions(), "orders": words.TRAINING_ORDERS,
        "is_filtered": bool(asked.sector or asked.kind or asked.region or asked.text),
        "export": asked.address("support:training-csv"),
        "clear": asked.address(sector="", soort="", regio="", zoek=""),
        "other_day": asked.address(op="" if asked.is_exercise else THEN.isoformat()),
        "desk": _desk(asked.region), "desk_query": urlencode({"wie": Who.JOB_SEEKER, "over": Topic.LEARNING}),
    }  # fmt: skip
    return render(request, "support/training.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same offers as a table, a row for each who pays."""
    asked = _asked(request)
    head = [gettext("Training"), gettext("Trainer"), gettext("Sector"), gettext("Kind"), gettext("Region"),
            gettext("Weeks"), gettext("Who pays"), gettext("For whom"), gettext("Until"), gettext("On"),
            gettext("Invented")]  # fmt: skip
    rows = [
        [row.name, row.found.offer.trainer, row.sector, row.kind, row.region, row.found.offer.weeks, one.name,
         one.learners, one.last, asked.on, gettext("yes")]
        for row in _rows(asked) for one in row.payments
    ]  # fmt: skip
    return csv_file(f"scholing-{asked.on}.csv", head, rows)


def _asked(request: HttpRequest) -> Asked:
    told = asked_region(request.GET)
    sector, kind, order = (request.GET.get(name, "") for name in ("sector", "soort", "volgorde"))
    is_exercise = request.GET.get("op", "") == THEN.isoformat()
    return Asked(
        sector if sector in SECTORS else "", kind if kind in set(Kind) else "", told.region or "", told.choice.text,
        order if order in ORDERS else "", THEN if is_exercise else timezone.localdate(), is_exercise,
    )  # fmt: skip


def _there(on: date) -> tuple[Funded, ...]:
    return funded(training_offers(), on=on, is_there=lambda one: _payer(one, on) is not None)


def _payer(one: Funding, on: date) -> Words | None:
    """The name of the item or scheme that pays; None when it was not there on this day."""
    if one.payer is Payer.SCHEME:
        is_there = one.slug in files.slugs() and files.versions(one.slug)[0] <= on
        return files.scheme(one.slug, on).title if is_there else None
    items = (item for item in menukaart() if item.support_id == one.slug and item.is_open(on))
    return next((item.name for item in items), None)


def _rows(asked: Asked) -> list[Shown]:
    names = {row.code: row.name for row in areas.regions()}
    typed = asked.text.casefold().split()
    found = [_shown(one, asked, names) for one in _there(asked.on) if _fits(one, asked)]
    found = [row for row in found if all(word in _all_text(row) for word in typed)]
    return sorted(found, key=ORDERS[asked.order or "eindigt"])


def _fits(one: Funded, asked: Asked) -> bool:
    offer = one.offer
    return (
        (not asked.sector or offer.sector == asked.sector)
        and (not asked.kind or offer.kind == asked.kind)
        and (not asked.region or offer.region in (None, asked.region))
    )


def _shown(one: Funded, asked: Asked, names: dict[str, str]) -> Shown:
    offer = one.offer
    return Shown(
        found=one, name=in_language(offer.name), sector=str(SECTORS[offer.sector]),
        kind=str(words.TRAINING_KINDS[offer.kind]),
        region=names.get(offer.region, offer.region) if offer.region else gettext("everywhere"),
        payments=tuple(_payment(funding, asked) for funding in one.fundings),
    )  # fmt: skip


def _payment(one: Funding, asked: Asked) -> Payment:
    name = in_language(_payer(one, asked.on) or Words(one.slug, one.slug))
    if one.payer is Payer.SCHEME:
        address = reverse("schemes:scheme", args=[one.slug])
    else:
        told = {"zoek": name} | ({"regio": asked.region} if asked.region else {})
        address = f"{reverse('support:catalogue')}?{urlencode(told)}#{one.slug}"
    return Payment(name, address, ", ".join(str(words.LEARNERS[who]) for who in one.learners), one.last)


def _all_text(row: Shown) -> str:
    offer = row.found.offer
    payers = " ".join(one.name for one in row.payments)
    return f"{offer.name.nl} {offer.name.en} {offer.trainer} {row.sector} {payers}".casefold()


def _desk(region: str) -> DeskCard | None:
    """The desk of the region for questions about learning."""
    if not region:
        return None
    presenter = Presenter(region)
    found = which_desks(
        who=Who.JOB_SEEKER, topic=Topic.LEARNING, home_region=region, work_region=None,
        on=presenter.now.date(), desks=presenter.desks.desks,
    )  # fmt: skip
    return presenter.card(found.value[0].desk)
