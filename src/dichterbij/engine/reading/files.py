"""Reads people and openings from Parquet, JSON Lines, rows or an Arrow table, and sets the bad rows apart."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.engine.columns import Table
from dichterbij.engine.memory import release_memory
from dichterbij.engine.reading import from_arrow, from_python, parquet
from dichterbij.engine.reading.checking import RowErrors, check
from dichterbij.engine.reading.readable import UNREADABLE, readable
from dichterbij.engine.reading.seen import Seen
from dichterbij.engine.tables import OpeningsBuilder, PeopleBuilder
from dichterbij.engine.vectors import Vector
from dichterbij.shared.errors import InputError

ROWS_AT_A_TIME = 25_000
LINES_AT_A_TIME = 5_000
RUNS_BETWEEN_RELEASES = 8
JSON_ENDINGS, PARQUET_ENDINGS = (".jsonl", ".ndjson"), (".parquet",)
LONGEST_FOUND = 10_000
NOT_JSON = "a line that is one JSON object"

Progress = Callable[[str, int], None]


class BadRow(NamedTuple):
    """A row that cannot be used: which, where, what was expected there and what was found. `row` counts from 1."""

    file: str
    row: int
    id: str | None
    column: str | None
    expected: str
    found: Any

    def sentence(self) -> str:
        """The bad row in words."""
        column = f", column {self.column}" if self.column else ""
        found = json.dumps(self.found, ensure_ascii=False)
        found = found if len(found) <= 120 else f"{found[:117]}..."
        return f"{self.file}, row {self.row}{column}: expected {self.expected}; found {found}."


@dataclass
class Reading:
    """What is known about one input while it is read; `digest` is there when a file was read to its end."""

    name: str
    skip_bad_rows: bool
    progress: Progress | None = None
    seen: Seen = field(default_factory=Seen)
    bad: list[BadRow] = field(default_factory=list)
    rows: int = 0
    digest: str = ""

    def add_bad(self, row: BadRow) -> None:
        """Keep a bad row, or stop with it."""
        if not self.skip_bad_rows:
            raise InputError(row.sentence(), bad_row=row)
        self.bad.append(row)


class Run(NamedTuple):
    """Some rows on end: their columns, row numbers from 1, how to get at a raw value, and broken lines among them."""

    columns: Mapping[str, Vector]
    numbers: Sequence[int]
    raw: Callable[[int, str], Any]
    broken: Sequence[BadRow]


def read_into(builder: PeopleBuilder | OpeningsBuilder, runs: Iterator[Run], reading: Reading) -> None:
    """Take every good row of the runs into the builder; bad rows go to the reading, in the order of the file."""
    for count, run in enumerate(runs, start=1):
        reading.rows += len(run.numbers) + len(run.broken)
        errors = check(run.columns, builder.table, builder.parameters, reading.seen)
        good = errors.good
        for bad_row in sorted(_bad_rows(run, errors, builder.table, reading.name), key=lambda item: item.row):
            reading.add_bad(bad_row)
        kept = run.columns if good.all() else {name: vector.keep(good) for name, vector in run.columns.items()}
        builder.add(kept)
        if reading.progress:
            reading.progress(f"reading {reading.name}", reading.rows)
        if count % RUNS_BETWEEN_RELEASES == 0:
            release_memory()


def _bad_rows(run: Run, errors: RowErrors, table: Table, name: str) -> list[BadRow]:
    """The broken lines and the rows with an error."""
    bad = list(run.broken)
    for row in np.flatnonzero(~errors.good).tolist():
        column = table.columns[errors.column[row]].name
        identity = run.raw(row, table.id_column)
        identity = identity if isinstance(identity, str) and identity == as_json(identity) else None
        found = as_json(run.raw(row, column))
        bad.append(BadRow(name, run.numbers[row], identity or None, column, errors.expected[row], found))
    return bad


def as_json(value: Any) -> Any:
    """The value as JSON can write it; what JSON lacks becomes text."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode()
        return text if len(text) <= LONGEST_FOUND else f"{text[:LONGEST_FOUND]}..."
    if isinstance(value, float):
        return None if value != value else value if abs(value) != float("inf") else str(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [as_json(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def runs_of_rows(rows: Sequence[Mapping[str, Any]], table: Table) -> Iterator[Run]:
    """Rows that are already in memory; the row number is their place from 1."""
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        part = rows[start : start + ROWS_AT_A_TIME]
        yield _run_of_objects(part, range(start + 1, start + len(part) + 1), table, [])


def _run_of_objects(
    rows: Sequence[Mapping[str, Any]], numbers: Sequence[int], table: Table, broken: Sequence[BadRow]
) -> Run:
    columns = {column.name: from_python.column_of_rows(rows, column) for column in table.columns}
    return Run(columns, numbers, lambda row, name: rows[row].get(name), broken)


def runs_of_table(table: pa.Table, columns: Table, name: str) -> Iterator[Run]:
    """Rows of an Arrow table."""
    check_types(table.schema, columns, name)
    wanted = [column.name for column in columns.columns if column.name in table.column_names]
    yield from _runs_of_batches(iter(table.select(wanted).to_batches(ROWS_AT_A_TIME)), columns, name)


def _runs_of_batches(batches: Iterator[pa.RecordBatch], table: Table, name: str) -> Iterator[Run]:
    first = 1
    for batch in batches:
        try:
            batch.validate(full=True)
        except pa.ArrowInvalid as error:
            raise InputError(f"{name}: the file is damaged ({' '.join(str(error).split())}).") from error
        columns = {}
        for column in table.columns:
            at = batch.schema.get_field_index(column.name)
            found = from_arrow.absent(batch.num_rows, column) if at < 0 else None
            columns[column.name] = found or from_arrow.column_of_arrow(batch.column(at), column)
        yield Run(columns, range(first, first + batch.num_rows), _raw_of(batch), [])
        first += batch.num_rows


def _raw_of(batch: pa.RecordBatch) -> Callable[[int, str], Any]:
    def raw(row: int, name: str) -> Any:
        at = batch.schema.get_field_index(name)
        if at < 0:
            return None
        scalar = batch.column(at)[int(row)]
        try:
            return scalar.as_py()
        except (ValueError, OverflowError, TypeError, ImportError):  # a day or moment that Python has no word for
            return _as_text(scalar)

    return raw


def _as_text(scalar: pa.Scalar) -> str:
    try:
        return str(scalar.cast(pa.string()).as_py())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return f"a {scalar.type} that cannot be shown"


def check_types(schema: pa.Schema, table: Table, name: str) -> None:
    """InputError for a column of a type that cannot be read, before any row."""
    for column in table.columns:
        indices = schema.get_all_field_indices(column.name)
        if len(indices) > 1:
            raise InputError(f"{name}: column {column.name} stands in the file {len(indices)} times.")
        if indices and not from_arrow.type_fits(column.kind, schema.field(indices[0]).type):
            found = schema.field(indices[0]).type
            raise InputError(f"{name}, column {column.name}: expected {column.expected}; the column's type is {found}.")


def runs_of_file(path: Path, table: Table, reading: Reading) -> Iterator[Run]:
    """Rows of a file, by its ending; then its digest goes to the reading. InputError for a file that cannot be read."""
    ending = path.suffix.lower()
    if ending not in (*JSON_ENDINGS, *PARQUET_ENDINGS):
        raise InputError(f"{path}: expected a file that ends in .parquet or .jsonl.")
    runs = _runs_of_parquet if ending in PARQUET_ENDINGS else _runs_of_lines
    with readable(path):
        _check_plain(path)
        with path.open("rb") as stream:
            before = _state(stream)
            try:
                yield from runs(path, stream, table)
                stream.seek(0)
                reading.digest = hashlib.file_digest(stream, "sha256").hexdigest()
            except UNREADABLE:
                _check_unchanged(path, stream, before)
                raise
            _check_unchanged(path, stream, before)


def _check_plain(path: Path) -> None:
    """InputError for a pipe or a device: a file is read more than once, and its size is looked at."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise InputError(f"{path}: this is a pipe or a device; write it to a file first and give that.")


def _state(stream: BufferedReader) -> tuple[int, int]:
    found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns


def _check_unchanged(path: Path, stream: BufferedReader, before: tuple[int, int]) -> None:
    """InputError when the file was written to since; a file put in its place has no part in what is read here."""
    if _state(stream) != before:
        raise InputError(f"{path}: the file changed while it was read; wait until it is complete, then start again.")


def _runs_of_parquet(path: Path, stream: BufferedReader, table: Table) -> Iterator[Run]:
    with pq.ParquetFile(stream) as file:
        schema, metadata = file.schema_arrow, file.metadata
    check_types(schema, table, str(path))
    wanted = [column.name for column in table.columns if column.name in schema.names]
    if not wanted:
        first = [column.name for column in table.columns if column.required]
        raise InputError(f"{path}: none of its columns is one of {table.name}; at least {', '.join(first)} are needed.")
    yield from _runs_of_batches(parquet.batches(stream, metadata, table, wanted, ROWS_AT_A_TIME), table, str(path))


def _runs_of_lines(path: Path, stream: BufferedReader, table: Table) -> Iterator[Run]:
    rows: list[Mapping[str, Any]] = []
    numbers: list[int] = []
    broken: list[BadRow] = []
    for number, line in enumerate(stream, start=1):
        if line.isspace():
            continue
        row = parsed(line)
        if row is None:
            text = as_json(line.decode("utf-8", "replace").rstrip("\r\n"))
            broken.append(BadRow(str(path), number, None, None, NOT_JSON, text))
        else:
            rows.append(row)
            numbers.append(number)
        if len(rows) + len(broken) >= LINES_AT_A_TIME:
            yield _run_of_objects(rows, numbers, table, broken)
            rows, numbers, broken = [], [], []
    if rows or broken:
        yield _run_of_objects(rows, numbers, table, broken)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def parsed(line: bytes) -> dict[str, Any] | None:
    """The object on this line; None for a broken line (NaN and Infinity are not JSON)."""
    try:
        value = _DECODER.decode(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes. InputError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({os.strerror(error.errno) if error.errno else error}).") from error
