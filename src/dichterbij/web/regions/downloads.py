"""The figures of a region page as open data: one row a number, with what it counts, its date and its source."""

import csv
import io
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from dichterbij.data import REFERENCE, read_yaml
from dichterbij.domains.openings.queries.per_region import ROUTES, supply_of
from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.queries.areas import RegionRow
from dichterbij.domains.regions.rules.pictures import SMALLEST, Counted
from dichterbij.web.near.facts import sector_of

OPENINGS_SOURCE = "Dichterbij, invented openings of this site"
INHABITANTS_DAY = date(2021, 1, 1)
JOBS_DAY = date(2014, 12, 31)


@dataclass(frozen=True)
class Figure:
    """One number. `value` is a number, a word, or "<5" for one that is too small to tell."""

    region_code: str
    region: str
    figure: str
    detail: str
    value: int | str
    unit: str
    date: str
    invented: bool
    source: str


def figures_of(row: RegionRow) -> list[Figure]:
    """Every figure of the page of this region."""
    return [*_people(row), *_labour(row), *_openings(row), *_pictures(row)]


def as_csv(found: list[Figure]) -> str:
    """With a header, semicolons nowhere: RFC 4180."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Figure)], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_plain(figure) for figure in found)
    return out.getvalue()


def as_json(row: RegionRow, found: list[Figure]) -> dict[str, Any]:
    """The same, with the licence of what was made here."""
    return {
        "region_code": row.code,
        "region": row.name,
        "licence": "EUPL-1.2; CBS figures CC-BY-4.0",
        "figures": [asdict(figure) for figure in found],
    }


def _plain(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"invented": "true" if figure.invented else "false"}


def _figure(
    row: RegionRow, name: str, value: int | str, unit: str, day: date | str, source: str, **more: Any
) -> Figure:
    detail, invented = more.get("detail", ""), more.get("invented", False)
    return Figure(row.code, row.name, name, detail, value, unit, str(day), invented, source)


def _people(row: RegionRow) -> list[Figure]:
    source = _source("regions")
    return [
        _figure(row, "municipalities", row.municipalities, "municipalities", "2026-01-01", source),
        _figure(row, "inhabitants", row.inhabitants, "people", INHABITANTS_DAY, source),
        _figure(row, "inhabitants_15_74", row.population_15_74, "people", INHABITANTS_DAY, source),
    ]


def _labour(row: RegionRow) -> list[Figure]:
    told, travel, source = figures.tension(row.code), figures.commuting(row.code), _source("commuting")
    found = [
        _figure(row, "jobs_lives_and_works_here", travel.within, "jobs", JOBS_DAY, source),
        _figure(row, "jobs_lives_here_works_elsewhere", travel.goes_out, "jobs", JOBS_DAY, source),
        _figure(row, "jobs_lives_elsewhere_works_here", travel.comes_in, "jobs", JOBS_DAY, source),
    ]
    flows = (("jobs_goes_to", travel.out), ("jobs_comes_from", travel.into))
    found += [
        _figure(row, name, flow.jobs, "jobs", JOBS_DAY, source, detail=flow.region_code)
        for name, there in flows
        for flow in there
    ]
    if told:
        found.append(_figure(row, "tension", told.value, "class", "2022-Q4", _source("region_figures")))
    return found


def _openings(row: RegionRow) -> list[Figure]:
    supply = supply_of(row.code)
    if supply.opened_on is None:
        return []
    day, invented = supply.opened_on, supply.invented == supply.openings
    sectors: dict[str, int] = {}
    for division, number in supply.by_division.items():
        sectors[sector_of(division)] = sectors.get(sector_of(division), 0) + number
    counted = [("openings", "", supply.openings)]
    counted += [("openings_by_route", route, supply.by_route[route]) for route in ROUTES]
    counted += [("openings_by_sbi_section", code, number) for code, number in sorted(sectors.items()) if code]
    return [
        _figure(row, name, number, "openings", day, OPENINGS_SOURCE, detail=detail, invented=invented)
        for name, detail, number in counted
    ]


def _pictures(row: RegionRow) -> list[Figure]:
    drawn, source = figures.region_pictures(row.code), _source("region_pictures")
    groups: tuple[tuple[str, tuple[Counted, ...]], ...] = (
        ("people_with_one_step_in_between", drawn.steps),
        ("people_without_bridge", drawn.no_bridge),
        ("people_helped_most_by", drawn.lifts),
    )
    unit = f"invented people of {drawn.drawing.people}"
    return [
        _figure(row, name, _told(item.people), unit, drawn.drawing.on, source, detail=item.code, invented=True)
        for name, items in groups
        for item in items
    ]


def _told(number: int | None) -> int | str:
    return f"<{SMALLEST}" if number is None else number


@lru_cache(maxsize=8)
def _source(set_name: str) -> str:
    return str(read_yaml(REFERENCE / set_name / "source.yaml")["attribution"])
