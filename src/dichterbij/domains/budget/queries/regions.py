"""Money as a region, the cashier and a project leader look at it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.models import Continuity, Term
from dichterbij.domains.budget.queries.balances import as_of, balances
from dichterbij.domains.budget.rules import State, Transfer, net
from dichterbij.domains.budget.rules.lapsing import Activity, After, Source, first_to_lapse

OPEN = (State.FREE, State.EARMARKED, State.RESERVED, State.COMMITTED)


@dataclass(frozen=True, slots=True)
class PerRegion:
    """What one source has paid in a region, and what it still has there."""

    region: str
    fund: str
    tranche: str
    free_cents: int
    earmarked_cents: int
    reserved_cents: int
    committed_cents: int
    paid_cents: int

    @property
    def left_cents(self) -> int:
        """Not paid yet: never below zero."""
        return self.free_cents + self.earmarked_cents + self.reserved_cents + self.committed_cents


@dataclass(frozen=True, slots=True)
class RouteReserve:
    """What a region set aside for a route, and what it promised and paid there. `over_cents`: promised above it."""

    fund: str
    tranche: str
    region: str
    route: str
    set_aside_cents: int
    used_cents: int

    @property
    def over_cents(self) -> int:
        return max(0, self.used_cents - self.set_aside_cents)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What of an earmark was still there at the end of a year, and so goes on into the next."""

    fund: str
    tranche: str
    region: str
    purpose: str
    year: int
    cents: int


def by_region(**where: str) -> tuple[PerRegion, ...]:
    """Payments and what is left, per region and source (fund and tranche)."""
    found: defaultdict[tuple[str, str, str], Counter[State]] = defaultdict(Counter)
    for one in balances(**where):
        place = one.account.place
        found[place.region, place.fund, place.tranche][one.account.state] += one.cents
    return tuple(
        PerRegion(*key, *(sums[state] for state in (*OPEN, State.PAID))) for key, sums in sorted(found.items())
        if key[0]
    )  # fmt: skip


def lapsing(*, first: int | None = None, **where: str) -> tuple[Source, ...]:
    """Money that is still to be used, by source: what lapses first stands first. `first`: only so many."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for one in balances(**where):
        if one.account.state in OPEN:
            sums[one.account.place.fund, one.account.place.tranche, one.account.place.region] += one.cents
    said = terms()
    sources = [Source(*key, cents, *term_of(said, *key)) for key, cents in sums.items() if cents]
    return first_to_lapse(sources)[:first]


def terms() -> dict[tuple[str, str, str], tuple[date | None, str]]:
    """Per fund, tranche and region: until when, and where that stands; the newest said."""
    rows = Term.objects.order_by("id").values_list("fund", "tranche", "region", "ends_on", "source")
    return {(fund, tranche, region): (ends_on, source) for fund, tranche, region, ends_on, source in rows}


def term_of(
    said: dict[tuple[str, str, str], tuple[date | None, str]], fund: str, tranche: str, region: str
) -> tuple[date | None, str]:
    """The most exact that was said about this money; None and nothing where nobody said anything."""
    keys = ((fund, tranche, region), (fund, tranche, ""), (fund, "", region), (fund, "", ""))
    return next((said[key] for key in keys if key in said), (None, ""))


def activities(*, region: str = "") -> tuple[Activity, ...]:
    """Every activity with money, its sources, their end, and what was decided about after; what ends first is first."""
    sums: defaultdict[tuple[str, str], Counter[tuple[str, str, str]]] = defaultdict(Counter)
    rows = Row.objects.exclude(activity="").exclude(state=State.OUTSIDE.value).filter(balance_cents__gt=0)
    for row in rows.filter(region=region) if region else rows:
        sums[row.region, row.activity][row.fund, row.tranche, row.region] += row.balance_cents
    said, decided = terms(), _decided()
    found = [_activity(key, money, said, decided.get(key)) for key, money in sums.items()]
    return tuple(sorted(found, key=lambda one: (one.ends_on or date.max, one.region, one.name)))


def route_reserves(**where: str) -> tuple[RouteReserve, ...]:
    """Per route what was set aside and what is promised or paid; a look at `over_cents` warns, nothing is stopped."""
    aside, used = _route_sums()
    keys = sorted({*aside, *used})
    found = (RouteReserve(*key, aside[key], used[key]) for key in keys)
    return tuple(one for one in found if all(getattr(one, name) == value for name, value in where.items()))


def passes_reserve(transfers: list[Transfer]) -> tuple[RouteReserve, ...]:
    """Which reserves of routes these transfers would pass, as they would be then. Only where one was set aside."""
    aside, used = _route_sums()
    for account, change in net(transfers).items():
        place = account.place
        key = (place.fund, place.tranche, place.region, place.route)
        if place.route and account.state in (State.COMMITTED, State.PAID):
            used[key] += change
    found = [RouteReserve(*key, aside[key], used[key]) for key in sorted(aside)]
    return tuple(one for one in found if one.over_cents)


def carried_over(year: int, **where: str) -> tuple[CarriedOver, ...]:
    """What of each earmark stood there at the end of a year."""
    sums: Counter[tuple[str, str, str, str]] = Counter()
    for one in as_of(date(year, 12, 31), **where):
        place = one.account.place
        if one.account.state is State.EARMARKED:
            sums[place.fund, place.tranche, place.region, place.purpose] += one.cents
    return tuple(CarriedOver(*key, year, cents) for key, cents in sorted(sums.items()))


_SET_ASIDE = """
    SELECT account.fund, account.tranche, account.region, account.route, sum(side.cents)::bigint FROM (
        SELECT moved.target AS account, moved.cents FROM budget_transfer AS moved
        JOIN budget_account AS giver ON giver.id = moved.source WHERE giver.state IN ('free', 'outside')
        UNION ALL
        SELECT moved.source, -moved.cents FROM budget_transfer AS moved
        JOIN budget_account AS taker ON taker.id = moved.target WHERE taker.state IN ('free', 'outside')
    ) AS side JOIN budget_account AS account ON account.id = side.account
    WHERE account.route <> '' AND account.state = 'earmarked' GROUP BY 1, 2, 3, 4
"""


def _route_sums() -> tuple[Counter[tuple[str, str, str, str]], Counter[tuple[str, str, str, str]]]:
    """What was set aside and not taken back, and what is promised or paid: per fund, tranche, region and route."""
    with connection.cursor() as cursor:
        cursor.execute(_SET_ASIDE)
        aside = Counter({tuple(row[:4]): row[4] for row in cursor.fetchall()})
    used: Counter[tuple[str, str, str, str]] = Counter()
    rows = Row.objects.exclude(route="").filter(state__in=[State.COMMITTED.value, State.PAID.value])
    for row in rows:
        used[row.fund, row.tranche, row.region, row.route] += row.balance_cents
    return aside, used


def _decided() -> dict[tuple[str, str], tuple[After, date]]:
    rows = Continuity.objects.order_by("id").values_list("region", "activity", "what", "day")
    return {(region, activity): (After(what), day) for region, activity, what, day in rows}


def _activity(
    key: tuple[str, str],
    money: Counter[tuple[str, str, str]],
    said: dict[tuple[str, str, str], tuple[date | None, str]],
    decided: tuple[After, date] | None,
) -> Activity:
    sources = first_to_lapse([Source(*place, cents, *term_of(said, *place)) for place, cents in money.items()])
    return Activity(*key, sources, sources[0].ends_on, *(decided or (None, None)))
