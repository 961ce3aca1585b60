"""Reading sources and writing packaged tables, always the same bytes for the same rows."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

Row = dict[str, str]
SOFT_HYPHEN = "\u00ad"


def clean(text: str | None) -> str:
    """`text` without soft hyphens, on one line, single spaces; empty for None."""
    return re.sub(r"\s+", " ", (text or "").replace(SOFT_HYPHEN, "")).strip()


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file as text, so that no number changes by reading it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV file with `columns`, LF line ends, in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_parquet(path: Path, table: pa.Table) -> None:
    """One Parquet file, zstd at its smallest: written once, shipped often."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=True)


def whole(number: str) -> str:
    """`132200.0` as `132200`; empty stays empty."""
    return str(round(float(number))) if number else ""
