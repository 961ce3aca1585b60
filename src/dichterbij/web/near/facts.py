"""What the pages show of openings besides their bridges: title, employer, place, pay, kind of work."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext

from dichterbij.data import reference_table
from dichterbij.domains.openings.queries import OpeningRow, openings
from dichterbij.domains.regions import queries as regions
from dichterbij.web.near.reach import Facts

# How invented names say so in the data; pages say it in the visitor's language.
MARK = "(verzonnen)"


def facts_of(opening_ids: Sequence[str], language: str | None) -> dict[str, Facts]:
    """Facts by opening id; ids that do not exist are left out. Two queries, however many openings."""
    rows = openings(opening_ids)
    places = regions.postcodes(row.pc4 for row in rows)
    return {row.opening_id: _facts(row, places.get(row.pc4), language) for row in rows}


def _facts(row: OpeningRow, place: regions.PostcodeRow | None, language: str | None) -> Facts:
    return Facts(
        opening_id=row.opening_id,
        title=(row.title_en or row.title_nl) if language == "en" else row.title_nl,
        employer=(row.employer_name or "").replace(MARK, gettext("(invented)")),
        place=place.place if place else str(row.pc4),
        region_code=place.region_code if place else "",
        agreement=row.agreement,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        dayparts=row.dayparts,
        latest_start=row.latest_start,
        wage_min_cents=row.wage_cents_per_hour_min,
        wage_max_cents=row.wage_cents_per_hour_max,
        sector=sector_of(row.sector),
        group=group_of(row.occupation_uri),
        occupation=row.occupation_uri or "",
        open_hiring=row.open_hiring,
        invented=row.invented,
    )


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    """SBI division (two digits) to section (one letter)."""
    rows = reference_table("sbi", "sbi.csv").select(["section", "code"]).to_pylist()
    return {str(row["code"]).zfill(2)[:2]: row["section"] for row in rows if str(row["code"])[:1].isdigit()}


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    """Occupation URI to ISCO major group (one digit)."""
    table = reference_table("esco", "occupations.parquet").select(["uri", "isco"])
    return {uri: str(isco)[:1] for uri, isco in zip(*(table[n].to_pylist() for n in ("uri", "isco")), strict=True)}


def sector_of(division: str | None) -> str:
    """The section of a sector as an opening gives it; empty when it gives none."""
    return _sections().get((division or "")[:2], "")


def group_of(occupation_uri: str | None) -> str:
    """The major group of an occupation; empty when not known."""
    return _groups().get(occupation_uri or "", "")
