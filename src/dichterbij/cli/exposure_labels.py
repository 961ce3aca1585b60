"""The sector and the labour-market region of each opening: neither is a column of the bridge, so no engine has it."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dichterbij.data import reference_table
from dichterbij.engine.exposure.counting import UNKNOWN, labelled
from dichterbij.engine.reading.files import as_json, parsed
from dichterbij.engine.tables import Openings

SECTOR, REGION = "sector", "region"
# Sections of SBI 2008 in the words of the English pages; the official table is Dutch.
SECTORS = {
    "A": "Farming, forestry and fishing",
    "B": "Mining",
    "C": "Industry",
    "D": "Energy",
    "E": "Water and waste",
    "F": "Building",
    "G": "Shops, wholesale and garages",
    "H": "Transport and storage",
    "I": "Hotels, restaurants and cafés",
    "J": "Information and communication",
    "K": "Banks and insurance",
    "L": "Housing and property",
    "M": "Advice and research",
    "N": "Cleaning, temp work and other services",
    "O": "Government",
    "P": "Education",
    "Q": "Health care and welfare",
    "R": "Culture, sport and leisure",
    "S": "Other services",
    "T": "Work in private homes",
    "U": "International organisations",
}


def labels_of(path: Path, openings: Openings) -> dict[str, pa.Array]:
    """Labels in the order of the table; `path` is the file it was read from.

    The sector is no column that a run needs: where it cannot be read, it is unknown.
    """
    try:
        sectors = _sectors(path, openings)
    except (OSError, ValueError, pa.ArrowException):
        sectors = labelled([None] * len(openings))
    return {SECTOR: sectors, REGION: _regions(openings)}


def region_names() -> dict[str, str]:
    """Names of labour-market regions by code."""
    table = reference_table("regions", "regions.csv")
    return dict(zip(table["region_code"].to_pylist(), table["name"].to_pylist(), strict=True))


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    """Section (a letter) of each division (two digits)."""
    rows = reference_table("sbi", "sbi.csv").select(["section", "code"]).to_pylist()
    return {str(row["code"]).zfill(2)[:2]: row["section"] for row in rows if str(row["code"])[:1].isdigit()}


def _folded(sectors: pa.Array) -> pa.Array:
    """Divisions of SBI as their sections, 21 in place of 88; another text is a sector of its own."""
    encoded = sectors.fill_null(UNKNOWN).dictionary_encode()
    words = [_sections().get(word, word) or UNKNOWN for word in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


def _regions(openings: Openings) -> pa.Array:
    areas = reference_table("postcodes", "postcodes.csv")
    known = np.asarray(areas["pc4"], dtype=np.int64)
    at = pc.index_in(pa.array(openings.numbers["pc4"]), value_set=pa.array(known))
    return areas["region_code"].combine_chunks().take(at).cast(pa.string()).fill_null(UNKNOWN)


def _sectors(path: Path, openings: Openings) -> pa.Array:
    """Sectors by id; where an id stands twice the first row counts, as in reading."""
    if path.suffix.lower() == ".parquet":
        found = _of_parquet(path)
    else:
        found = pa.table(_of_lines(path), schema=pa.schema([("id", pa.string()), (SECTOR, pa.string())]))
    at = pc.index_in(openings.ids, value_set=found["id"].combine_chunks())
    return _folded(found[SECTOR].combine_chunks().take(at))


def _of_parquet(path: Path) -> pa.Table:
    schema = pq.read_schema(path)
    wanted = [name for name in ("opening_id", SECTOR) if name in schema.names]
    table = pq.read_table(path, columns=wanted)
    ids = table["opening_id"].cast(pa.string())
    is_text = SECTOR in wanted and _is_text(schema.field(SECTOR).type)
    sectors = table[SECTOR].cast(pa.string()) if is_text else labelled([None] * len(table))
    return pa.table({"id": ids, SECTOR: sectors})


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _of_lines(path: Path) -> dict[str, list[str | None]]:
    with path.open("rb") as stream:
        rows = [(row.get("opening_id"), row.get(SECTOR)) for line in stream if (row := parsed(line))]
    found = {"id": [identity for identity, _ in rows], SECTOR: [sector for _, sector in rows]}
    return {name: [_written(value) for value in values] for name, values in found.items()}


def _written(value: object) -> str | None:
    """A text that can be written; null for anything else, such as half of a surrogate pair."""
    return value if isinstance(value, str) and value == as_json(value) else None
