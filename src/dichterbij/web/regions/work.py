"""What work there is in a region and around it, counted over the openings that are known now."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dichterbij.domains.openings.queries.per_region import ROUTES, Supply, supply_per_region
from dichterbij.domains.regions.queries import areas, figures
from dichterbij.web.near.facts import sector_of
from dichterbij.web.near.words import SECTORS
from dichterbij.web.regions import words
from dichterbij.web.regions.bars import Bar, bars, count
from dichterbij.web.regions.links import route_address

MOST_SECTORS = 8
MOST_AROUND = 4


@dataclass(frozen=True)
class Work:
    """Openings of a region: by kind of company, by route, and in the regions its people travel to most."""

    number: str
    opened_on: date | None
    all_invented: bool
    sectors: tuple[Bar, ...]
    other_sectors: str
    routes: tuple[Bar, ...]
    around: tuple[Bar, ...]


def of_region(region_code: str, names: dict[str, str]) -> Work | None:
    """The work here; None when no opening is known. `names`: regions by code."""
    everywhere = supply_per_region()
    here = everywhere.get(region_code)
    if here is None:
        return None
    sectors = _sectors(here)
    rest = sum(number for _, number in sectors[MOST_SECTORS:])
    return Work(
        number=count(here.openings),
        opened_on=here.opened_on,
        all_invented=here.invented == here.openings,
        sectors=bars((str(SECTORS.get(code, code)), number, "", "") for code, number in sectors[:MOST_SECTORS]),
        other_sectors=count(rest) if rest else "",
        routes=bars((str(words.ROUTES[route]), here.by_route[route], route_address(route), "") for route in ROUTES),
        around=_around(region_code, names, {code: supply.openings for code, supply in everywhere.items()}),
    )


def _sectors(supply: Supply) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for division, number in supply.by_division.items():
        code = sector_of(division)
        if code:
            found[code] = found.get(code, 0) + number
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _around(region_code: str, names: dict[str, str], openings: dict[str, int]) -> tuple[Bar, ...]:
    """The regions to which most people from here travel for work."""
    nearby = [flow.region_code for flow in figures.commuting(region_code).out if flow.region_code in names]
    return bars(
        (names[code], openings.get(code, 0), reverse("regions:region", args=[code]), "")
        for code in nearby[:MOST_AROUND]
    )


def region_names() -> dict[str, str]:
    """The regions of today by code."""
    return {row.code: row.name for row in areas.regions()}
