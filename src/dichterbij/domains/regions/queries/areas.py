"""Regions, municipalities and postcodes by their code. Each function is one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from dichterbij.domains.regions.errors import AreaNotFoundError, NoReferenceDataError, PostcodeNotFoundError
from dichterbij.domains.regions.models import Municipality, Postcode, Region

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A labour-market region. `obsolete_on`: no longer in the data since then."""

    code: str
    name: str
    centre_gm_code: str | None
    centre_name: str | None
    municipalities: int
    inhabitants: int
    population_15_74: int
    obsolete_on: date | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality; its point (WGS 84) is the middle of its area."""

    gm_code: str
    name: str
    region_code: str
    region_name: str
    province: str
    lat: float
    lon: float
    inhabitants: int
    population_15_74: int
    obsolete_on: date | None = None


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """A four-digit postcode; its point (WGS 84) is the middle of its area; population None where none is published."""

    pc4: int
    place: str
    gm_code: str
    municipality: str
    region_code: str
    region_name: str
    lat: float
    lon: float
    inhabitants: int | None
    population_15_74: int | None


def regions() -> tuple[RegionRow, ...]:
    """The regions of today, by name; empty when nothing is loaded."""
    return tuple(map(_region, _regions().filter(obsolete_on=None).order_by("name")))


def region(code: str) -> RegionRow:
    """The region with this AM code, also an obsolete one; AreaNotFoundError."""
    return _region(_found(_regions().filter(code=_storable(code)), f"No region has the code {code}."))


def region_of_postcode(pc4: int) -> RegionRow:
    """The region in which these four digits lie; PostcodeNotFoundError."""
    return _region(_found_by_postcode(_regions().filter(code__in=_postcode(pc4).values("region")), pc4))


def municipality(gm_code: str) -> MunicipalityRow:
    """The municipality with this CBS code, also an obsolete one; AreaNotFoundError."""
    rows = Municipality.objects.select_related("region").filter(gm_code=_storable(gm_code))
    return _municipality(_found(rows, f"No municipality has the code {gm_code}."))


def municipality_of_postcode(pc4: int) -> MunicipalityRow:
    """The municipality in which these four digits lie; PostcodeNotFoundError."""
    rows = Municipality.objects.select_related("region").filter(gm_code__in=_postcode(pc4).values("municipality"))
    return _municipality(_found_by_postcode(rows, pc4))


def municipalities(region_code: str) -> tuple[MunicipalityRow, ...]:
    """The municipalities of a region today, by name; empty for an unknown region."""
    rows = Municipality.objects.select_related("region").filter(region=_storable(region_code), obsolete_on=None)
    return tuple(map(_municipality, rows.order_by("name")))


def every_municipality() -> tuple[MunicipalityRow, ...]:
    """Those of the whole country today, by name."""
    rows = Municipality.objects.select_related("region").filter(obsolete_on=None)
    return tuple(map(_municipality, rows.order_by("name")))


def postcode(pc4: int) -> PostcodeRow:
    """These four digits; PostcodeNotFoundError."""
    return _row(_found_by_postcode(_postcode(pc4).select_related("municipality", "region"), pc4))


def postcodes(pc4s: Iterable[int]) -> Mapping[int, PostcodeRow]:
    """Those of `pc4s` that exist, by their four digits."""
    rows = Postcode.objects.filter(pc4__in={pc4 for pc4 in pc4s if 0 < pc4 < 10_000}, obsolete_on=None).select_related(
        "municipality", "region"
    )
    return {row.pc4: _row(row) for row in rows}


def _storable(code: str) -> str:
    """`code`, or an empty text for one that PostgreSQL cannot even be asked about (a NUL in an address)."""
    return "" if "\0" in code else code


def _regions() -> QuerySet[Region]:
    count = Count("municipalities", filter=Q(municipalities__obsolete_on=None))
    return Region.objects.select_related("centre_municipality").annotate(size=count)


def _postcode(pc4: int) -> QuerySet[Postcode]:
    return Postcode.objects.filter(pc4=pc4, obsolete_on=None)


def _found(rows: Iterable[Row], missing: str) -> Row:
    for row in rows:
        return row
    raise AreaNotFoundError(missing)


def _found_by_postcode(rows: Iterable[Row], pc4: int) -> Row:
    for row in rows:
        return row
    if not Postcode.objects.exists():
        raise NoReferenceDataError
    raise PostcodeNotFoundError(f"There is no postcode {pc4}. Try the name of the town or village.", pc4=pc4)


def _region(row: Region) -> RegionRow:
    centre = row.centre_municipality
    return RegionRow(
        code=row.code,
        name=row.name,
        centre_gm_code=centre.gm_code if centre else None,
        centre_name=centre.name if centre else None,
        municipalities=row.size,  # type: ignore[attr-defined]
        inhabitants=row.inhabitants,
        population_15_74=row.population_15_74,
        obsolete_on=row.obsolete_on,
    )


def _municipality(row: Municipality) -> MunicipalityRow:
    return MunicipalityRow(
        gm_code=row.gm_code,
        name=row.name,
        region_code=row.region_id,
        region_name=row.region.name,
        province=row.province,
        lat=row.lat,
        lon=row.lon,
        inhabitants=row.inhabitants,
        population_15_74=row.population_15_74,
        obsolete_on=row.obsolete_on,
    )


def _row(row: Postcode) -> PostcodeRow:
    return PostcodeRow(
        pc4=row.pc4,
        place=row.place,
        gm_code=row.municipality_id,
        municipality=row.municipality.name,
        region_code=row.region_id,
        region_name=row.region.name,
        lat=row.lat,
        lon=row.lon,
        inhabitants=row.inhabitants,
        population_15_74=row.population_15_74,
    )
