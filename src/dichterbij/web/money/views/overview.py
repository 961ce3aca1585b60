"""The money at a glance: a picture of where it went, the same in a table, and what happened when."""

from collections import Counter
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from dichterbij.domains.budget import queries
from dichterbij.domains.budget.rules import State
from dichterbij.domains.regions.queries import regions
from dichterbij.domains.schemes.queries.documents import public_rounds
from dichterbij.web.money import names, regional, sankey
from dichterbij.web.money.names import group_of, name_of
from dichterbij.web.site.tables import csv_file

FUND = "ddd"
SHOWN = 200
LABEL_ROOM, SIGNS_OF_A_LINE, LINE = 250, 30, 17  # beside a bar; what fits there; the height of a line
STILL = (State.FREE, State.EARMARKED, State.RESERVED, State.COMMITTED)


@dataclass(frozen=True, slots=True)
class Row:
    """A flow in the table."""

    source: str
    target: str
    cents: int


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """For everybody: where the money of the action plan went, to the cent."""
    streams = _streams()
    by_state: Counter[State] = Counter()
    for (_, state), cents in queries.totals("fund", fund=FUND).items():
        by_state[state] += cents
    context: dict[str, Any] = {
        "total": sum(by_state.values()),
        "paid": by_state[State.PAID],
        "returned": by_state[State.RETURNED],
        "still": sum(by_state[state] for state in STILL),
        "rows": _rows(streams),
        "picture": _picture(streams),
        "happenings": [
            {"day": one.day, "cents": one.cents, "told": names.told(one.posting)}
            for one in queries.history(fund=FUND, limit=SHOWN)[::-1]
        ],
        "regions": _regions(),
        "rounds": [(one, one.title.in_language(get_language() or "nl")) for one in public_rounds()],
    }
    return render(request, "money/overview.html", context)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """What one region got, when, and what is left of it."""
    name = {one.code: one.name for one in regions()}.get(code)
    if name is None:
        raise Http404("There is no such region.")
    context = {
        "name": name,
        "code": code,
        "sources": [(names.part_of(one.tranche), one) for one in queries.by_region(fund=FUND) if one.region == code],
        "lapsing": [(names.fund_of(one.fund, one.tranche), one) for one in queries.lapsing(region=code)],
        "activities": regional.running(code, timezone.localdate()),
        "aside": regional.aside(code, timezone.localdate()),
        "routes": regional.routes(code),
        "spent": regional.spent(code),
        "proposed": regional.proposed(code),
        "paid": sum(one.paid_cents for one in queries.by_region(fund=FUND) if one.region == code),
    }
    return render(request, "money/region.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every flow as a row, for a spreadsheet; amounts in cents."""
    rows = ((row.source, row.target, row.cents) for row in _rows(_streams()))
    return csv_file("geld.csv", [gettext("Given by"), gettext("Given to"), gettext("Amount in cents")], rows)


def _streams() -> list[sankey.Stream]:
    sums: Counter[tuple[names.Group, names.Group]] = Counter()
    for one in queries.flows("state", "tranche", "purpose", fund=FUND):
        source, target = _group(one.source), _group(one.target)
        if source != target:
            sums[source, target] += one.cents
    return [sankey.Stream(source, target, cents) for (source, target), cents in sums.items() if cents > 0]


def _net(streams: list[sankey.Stream]) -> list[sankey.Stream]:
    """What went and came back between two groups, as one: a picture goes one way."""
    sums = {(one.source, one.target): one.cents for one in streams}
    return [
        sankey.Stream(one.source, one.target, left)
        for one in streams
        if (left := one.cents - sums.get((one.target, one.source), 0)) > 0
    ]


def _group(parts: tuple[str, ...]) -> names.Group:
    state, tranche, purpose = parts
    return group_of(state, tranche, purpose)


def _rows(streams: list[sankey.Stream]) -> list[Row]:
    rows = [Row(name_of(one.source), name_of(one.target), one.cents) for one in streams]
    return sorted(rows, key=lambda row: (-row.cents, row.target))


def _picture(streams: list[sankey.Stream]) -> dict[str, Any] | None:
    """None for money that goes round by a longer way: the table tells it then."""
    net = _net(streams)
    words = {key: wrap(name_of(key), SIGNS_OF_A_LINE) for one in net for key in (one.source, one.target)}
    try:
        drawn = sankey.drawn(net, labels={key: LINE * (len(lines) + 1) for key, lines in words.items()})
    except ValueError:
        return None
    bars = [{"bar": bar, "lines": words[bar.key], "top": _top(bar, len(words[bar.key]))} for bar in drawn.bars]
    return {"drawn": drawn, "bars": bars, "width": drawn.width + LABEL_ROOM, "height": drawn.height + 24}


def _top(bar: sankey.Bar, lines: int) -> float:
    """Where the first line stands, so that name and amount together are in the middle of the bar."""
    return round(bar.y + bar.height / 2 - LINE * (lines - 1) / 2, 1)


def _regions() -> list[tuple[str, str, int]]:
    paid: Counter[str] = Counter()
    for one in queries.by_region(fund=FUND):
        paid[one.region] += one.paid_cents
    return [(one.code, one.name, paid[one.code]) for one in regions() if paid[one.code]]
