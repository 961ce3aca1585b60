"""Loading regions, municipalities and postcodes from the packaged reference data."""

from collections.abc import Iterator, Mapping
from datetime import date

from dichterbij.data import REFERENCE, reference_table
from dichterbij.domains.journal.actions import Changes, ReferenceSet, StagedTable, upsert

REGIONS = StagedTable(
    table="regions_region",
    incoming={
        "code": "text",
        "name": "text",
        "centre_municipality_id": "text",
        "inhabitants": "integer",
        "population_15_74": "integer",
    },
    key=("code",),
    columns=("code", "name", "centre_municipality_id", "inhabitants", "population_15_74"),
)
MUNICIPALITIES = StagedTable(
    table="regions_municipality",
    incoming={
        "gm_code": "text",
        "name": "text",
        "region_id": "text",
        "province": "text",
        "lat": "double precision",
        "lon": "double precision",
        "inhabitants": "integer",
        "population_15_74": "integer",
    },
    key=("gm_code",),
    columns=("gm_code", "name", "region_id", "province", "lat", "lon", "inhabitants", "population_15_74"),
)
POSTCODES = StagedTable(
    table="regions_postcode",
    incoming={
        "pc4": "integer",
        "place": "text",
        "municipality_id": "text",
        "region_id": "text",
        "lat": "double precision",
        "lon": "double precision",
        "km2": "double precision",
        "inhabitants": "integer",
        "population_15_74": "integer",
    },
    key=("pc4",),
    columns=(
        "pc4",
        "place",
        "municipality_id",
        "region_id",
        "lat",
        "lon",
        "km2",
        "inhabitants",
        "population_15_74",
    ),
)


def reference_sets() -> tuple[ReferenceSet, ...]:
    """The sets of areas, in the order in which they must be loaded."""
    folder = REFERENCE / "regions"
    return (
        ReferenceSet("regions", (folder / "regions.csv", folder / "municipalities.csv"), load_regions),
        ReferenceSet("postcodes", (REFERENCE / "postcodes" / "postcodes.csv",), load_postcodes),
    )


def load_regions(today: date) -> Mapping[str, Changes]:
    """Regions and municipalities. They point at each other; the database checks that at the end."""
    regions = _rows("regions", "regions.csv", "region_code name centre_gm_code inhabitants population_15_74")
    columns = "gm_code name region_code province lat lon inhabitants population_15_74"
    municipalities = _rows("regions", "municipalities.csv", columns)
    return {
        "regions": upsert(staged=REGIONS, rows=regions, today=today),
        "municipalities": upsert(staged=MUNICIPALITIES, rows=municipalities, today=today),
    }


def load_postcodes(today: date) -> Mapping[str, Changes]:
    """Four-digit postcodes."""
    columns = "pc4 place gm_code region_code lat lon km2 inhabitants population_15_74"
    rows = _rows("postcodes", "postcodes.csv", columns)
    return {"postcodes": upsert(staged=POSTCODES, rows=rows, today=today)}


def _rows(set_name: str, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    chosen = reference_table(set_name, table).select(columns.split())
    return zip(*(column.to_pylist() for column in chosen.columns), strict=True)
