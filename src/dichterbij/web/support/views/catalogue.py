"""The menukaart of a region: to search, to filter, to print and to take away as a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dichterbij.domains.regions.queries import areas
from dichterbij.domains.support import queries
from dichterbij.domains.support.rules.catalogue import of_region
from dichterbij.domains.support.rules.kinds import Category, Role, Support
from dichterbij.domains.support.rules.search import Found, search
from dichterbij.web.site.tables import csv_file
from dichterbij.web.support import words
from dichterbij.web.support.choosing import Asked, asked, chips, facets
from dichterbij.web.support.export import heading, rows
from dichterbij.web.support.items import Item, Presenter

# More items than these stand folded, block by block; printed and as a table they are all there.
MOST_OPEN = 12


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The items of a region, in the blocks of the menukaart; what has ended stands apart at the end."""
    told = asked(request.GET)
    presenter = Presenter(told.region)
    found = search(of_region(queries.menukaart(), told.region), told.choice.text)
    items = _items(told, presenter, found)
    open_now = [item for item in items if item.is_open]
    context = {
        "asked": told,
        "regions": areas.regions(),
        "count": len(open_now),
        "is_short": len(open_now) <= MOST_OPEN,
        "blocks": _blocks(open_now, told),
        "ended": [item for item in items if not item.is_open],
        "facets": facets(told, [support for support in found.supports if support.is_open(presenter.now.date())]),
        "chips": chips(told),
        "found": found,
        "nothing_words": gettext("Nothing with these words and filters"),
        "export": told.address("support:export"),
        "clear": Asked(told.region, told.region_name, type(told.choice)()).address(),
        "looked_up_on": queries.menukaart_looked_up_on(),
        "today": presenter.now.date(),
        "desk": presenter.first_door(told.choice.role or Role.JOB_SEEKER) if told.region else None,
    }
    return render(request, "support/catalogue.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same items as a table (CSV)."""
    told = asked(request.GET)
    presenter = Presenter(told.region)
    found = search(of_region(queries.menukaart(), told.region), told.choice.text)
    return csv_file(f"menukaart-{told.region or 'nl'}.csv", heading(), rows(_items(told, presenter, found), told))


def _items(told: Asked, presenter: Presenter, found: Found) -> list[Item]:
    chosen = [support for support in found.supports if told.choice.fits(support)]
    return [presenter.item(support, role=told.choice.role) for support in sorted(chosen, key=_place)]


def _place(support: Support) -> int:
    return list(Category).index(support.category)


def _blocks(items: list[Item], told: Asked) -> list[dict[str, Any]]:
    blocks = []
    for category in Category:
        inside = [item for item in items if item.category == category.value]
        title = str(words.CATEGORIES[category])
        if category is Category.REGIONAL:
            title = gettext("Only in %(region)s") % {"region": told.region_name}
        if inside:
            lead = words.CATEGORY_LEADS[category]
            blocks.append({"id": category.value.replace("_", "-"), "title": title, "lead": lead, "items": inside})
    return blocks
