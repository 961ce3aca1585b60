"""What can be seen of input files without reading them: told at once, not after a minute of reading the other file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.engine.partitions.reading import read_manifest
from dichterbij.engine.reading.files import JSON_ENDINGS, PARQUET_ENDINGS, parsed
from dichterbij.shared.errors import InputError

IDS = {"people": "person_id", "openings": "opening_id"}
LONGEST_LINE = 1 << 20
SKIPPING = "Mend it, or give --skip-bad-rows: then such rows are set apart."


def check_inputs(people: Path, openings: Path) -> None:
    """InputError when one of them is missing, is something else, or is the other one."""
    if people.is_dir():
        read_manifest(people)
    else:
        check_input(people, "people")
    check_input(openings, "openings")


def check_input(path: Path, kind: str) -> None:
    """InputError when this cannot be a file of people, or of openings."""
    if path.suffix.lower() not in (*JSON_ENDINGS, *PARQUET_ENDINGS):
        raise InputError(f"{path}: expected a file that ends in .parquet or .jsonl.")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; expected a file that ends in .parquet or .jsonl.")
    if not path.exists():
        raise InputError(f"{path}: cannot be read ({os.strerror(2)}).")
    columns, own = _columns(path), IDS[kind]
    other = next((name for name, column in IDS.items() if name != kind and column in columns), None)
    if other and own not in columns:
        raise InputError(f"{path}: there is no column {own}, but there is {IDS[other]}; is this a file of {other}?")


def _columns(path: Path) -> set[str]:
    """Names of the columns, of JSON Lines those of the first line; none when reading has to tell what is wrong."""
    if not path.is_file():
        return set()
    try:
        if path.suffix.lower() in PARQUET_ENDINGS:
            return set(pq.read_schema(path).names)
        with path.open("rb") as stream:
            return set(parsed(stream.readline(LONGEST_LINE)) or ())
    except (OSError, pa.ArrowException):
        return set()


@contextmanager
def skipping_mentioned(*paths: Path) -> Iterator[None]:
    """A bad row of these files is told together with what can be done about it."""
    try:
        yield
    except InputError as error:
        row = error.fields.get("bad_row")
        if row is None or getattr(row, "file", None) not in {str(path) for path in paths if not path.is_dir()}:
            raise
        raise InputError(f"{error.message} {SKIPPING}", **error.fields) from error
