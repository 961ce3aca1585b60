"""What a region itself wrote down about its money: what it set aside, routes, purposes, proposals, and activities."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.budget import queries
from dichterbij.domains.budget.queries import Proposed, RouteReserve
from dichterbij.domains.budget.rules import State
from dichterbij.domains.budget.rules.lapsing import Activity, Source
from dichterbij.web.money import names

SPENT = (State.COMMITTED, State.PAID)
NATIONAL = "ddd"  # what the region got; the rest is what it does with its money


@dataclass(frozen=True, slots=True)
class Aside:
    """Money for one purpose: what is left of it now, and at the end of each year in which there was some."""

    purpose: str
    cents: int
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """Promised and paid for one purpose."""

    purpose: str
    promised_cents: int
    paid_cents: int


@dataclass(frozen=True, slots=True)
class Running:
    """An activity, the money it lives on with the end of each source, and what was decided about after."""

    name: str
    activity: Activity
    sources: tuple[tuple[str, Source], ...]
    after: object
    is_late: bool


def aside(code: str, today: date) -> tuple[Aside, ...]:
    """What stands apart for a purpose, and what of it went into each next year."""
    found = queries.set_aside(code, today.year)
    return tuple(
        Aside(names.purpose_of(purpose), ends.get(today.year, 0), tuple(
            (year, cents) for year, cents in ends.items() if cents and year < today.year
        ))
        for purpose, ends in found.items()
    )  # fmt: skip


def routes(code: str) -> tuple[tuple[str, RouteReserve], ...]:
    """Per route what the region set aside and what it used; only where it set something aside."""
    return tuple((names.route_of(one.route), one) for one in queries.route_reserves(region=code) if one.set_aside_cents)


def spent(code: str) -> tuple[Spent, ...]:
    """What the region promised and paid of its own money, by purpose."""
    sums: Counter[tuple[str, State]] = Counter()
    for one in queries.balances(region=code):
        place = one.account.place
        if place.fund != NATIONAL and place.purpose and one.account.state in SPENT:
            sums[place.purpose, one.account.state] += one.cents
    return tuple(
        Spent(names.purpose_of(purpose), sums[purpose, State.COMMITTED], sums[purpose, State.PAID])
        for purpose in sorted({purpose for purpose, _ in sums})
    )


def proposed(code: str) -> tuple[tuple[Proposed, tuple[tuple[str, int], ...]], ...]:
    """Proposals with their kinds of costs."""
    return tuple(
        (one, tuple((names.activity_of(line.target.place.activity), line.cents) for line in one.lines))
        for one in queries.proposals(region=code)
    )


def running(code: str, today: date) -> tuple[Running, ...]:
    """Activities with temporary money: what ends first stands first, also within an activity."""
    return tuple(
        Running(
            names.activity_of(one.name), one,
            tuple((names.fund_of(source.fund, source.tranche), source) for source in one.sources),
            names.AFTER.get(one.after) if one.after else "", one.is_late(today),
        )
        for one in queries.activities(region=code)
    )  # fmt: skip
