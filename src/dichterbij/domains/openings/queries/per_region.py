"""How many openings there are per region, by kind of company and by route."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max
from django.db.models.functions import Left

from dichterbij.domains.openings.models import Opening
from dichterbij.domains.openings.queries.openings import latest_delivery

ROUTES = ("open_hiring", "learn_work", "carving", "direct")


@dataclass(frozen=True, slots=True)
class Supply:
    """Openings of one region. `by_division`: SBI division of two digits, empty where none was given.

    `by_route`: an opening counts for each route it could be filled over; `direct`: all but open hiring and
    learning places, in which one learns.
    """

    openings: int
    invented: int
    opened_on: date | None
    by_division: Mapping[str, int]
    by_route: Mapping[str, int]


NOTHING = Supply(0, 0, None, {}, {})


def supply_of(region_code: str) -> Supply:
    """The openings of a region that are not closed, NOTHING without. One query, and one more after each delivery."""
    return supply_per_region().get(region_code, NOTHING)


def supply_per_region() -> Mapping[str, Supply]:
    """The same for every region that has openings."""
    version = latest_delivery()
    return _kept(version) if version is not None else {}


@lru_cache(maxsize=1)
def _kept(version: str) -> Mapping[str, Supply]:
    """The counts of one delivery: openings change by a delivery only."""
    traits = ("open_hiring", "learning_company", "carvable", "agreement", "invented")
    rows = (
        Opening.objects.filter(closed_on=None)
        .annotate(division=Left("sector", 2))
        .values_list("postcode__region_id", "division", *traits)
        .annotate(number=Count("id"), latest=Max("opened_on"))
    )
    by_region: dict[str, list[_Counted]] = {}
    for region, *counted in rows:
        by_region.setdefault(region, []).append(_Counted(*counted))
    return {region: _supply(found) for region, found in by_region.items()}


@dataclass(frozen=True, slots=True)
class _Counted:
    division: str | None
    open_hiring: bool
    learning_company: bool
    carvable: bool
    agreement: str
    invented: bool
    number: int
    latest: date


def _supply(rows: Iterable[_Counted]) -> Supply:
    found = list(rows)
    by_division: dict[str, int] = {}
    for row in found:
        by_division[row.division or ""] = by_division.get(row.division or "", 0) + row.number
    return Supply(
        openings=sum(row.number for row in found),
        invented=sum(row.number for row in found if row.invented),
        opened_on=max(row.latest for row in found),
        by_division=by_division,
        by_route={route: sum(row.number for row in found if _goes_over(row, route)) for route in ROUTES},
    )


def _goes_over(row: _Counted, route: str) -> bool:
    """Open hiring is filled from its list only: no other route applies."""
    if row.open_hiring or route == "open_hiring":
        return row.open_hiring and route == "open_hiring"
    learning = row.agreement == "learning_place"
    return {"learn_work": row.learning_company or learning, "carving": row.carvable, "direct": not learning}[route]
