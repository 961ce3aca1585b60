"""Reading openings: the table that matching computes with, and single openings for the pages."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from django.db import connection
from psycopg import sql

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.openings import rules
from dichterbij.shared.errors import NotFoundError

LOADED = "openings.loaded"
_SEPARATOR = "\x1f"
TEXT_AT_A_TIME = 48 << 20
DICTIONARY_BYTES = 16 << 20
Buffer = bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class Task:
    """A part of an opening that can be carved out; `tenths` of an hour a week."""

    tenths: int
    essential: tuple[str, ...]
    demands: tuple[str, ...]
    dayparts: tuple[str, ...]
    level_min: int | None


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One opening; None where it was not said. Wages in cents an hour."""

    opening_id: str
    pc4: int
    agreement: str
    hours_min: int
    hours_max: int
    latest_start: date | None
    dayparts: tuple[str, ...]
    dutch: int
    dutch_on_the_job: bool
    level_min: int | None
    licences: tuple[str, ...]
    legal: tuple[str, ...]
    demands: tuple[str, ...]
    essential: tuple[str, ...]
    optional: tuple[str, ...]
    onboarding_weeks: int | None
    open_hiring: bool
    queue_weeks: int | None
    learning_company: bool
    carvable: bool
    carve_min_hours: int | None
    carve_max_share: int | None
    tasks: tuple[Task, ...]
    title_nl: str
    title_en: str | None
    occupation_uri: str | None
    employer_name: str | None
    sector: str | None
    wage_cents_per_hour_min: int | None
    wage_cents_per_hour_max: int | None
    invented: bool


def openings_table() -> pa.Table:
    """All openings that are not closed, with the columns `rules.COLUMNS`, in order of delivery."""
    return _table(sql.SQL("closed_on IS NULL"))


def write_openings(path: Path) -> None:
    """`openings_table` as a Parquet file, without ever holding it whole."""
    # Every skill's address in one dictionary per group of rows: past Arrow's usual megabyte it writes them one by one.
    with pq.ParquetWriter(path, rules.COLUMNS, dictionary_pagesize_limit=DICTIONARY_BYTES) as writer:
        for batches in _batches(sql.SQL("closed_on IS NULL")):
            writer.write_table(pa.Table.from_batches(batches))


def openings(opening_ids: Sequence[str]) -> tuple[OpeningRow, ...]:
    """The openings with these ids, closed ones too, in this order; ids that do not exist are left out."""
    if not opening_ids:
        return ()
    table = _table(sql.SQL("opening_id = ANY({})").format(sql.Literal(list(opening_ids))))
    found = {row["opening_id"]: _row(row) for row in table.to_pylist()}
    return tuple(found[opening_id] for opening_id in opening_ids if opening_id in found)


def opening(opening_id: str) -> OpeningRow:
    """One opening, also a closed one; NotFoundError when there is none with this id."""
    found = openings([opening_id])
    if not found:
        raise NotFoundError("There is no such opening. It may have been withdrawn; look at the list again.")
    return found[0]


def latest_edition(*, origin: str) -> str | None:
    """The edition of the last delivery of `origin`; None when it never delivered."""
    events = journal.latest_events(action=LOADED, limit=100)
    editions = [event.data["edition"] for event in events if event.data["origin"] == origin]
    return str(editions[0]) if editions else None


def latest_delivery() -> str | None:
    """A text that changes with every delivery, None before the first: a cheap "must I read again?"."""
    return journal.latest_event_key(action=LOADED)


def _expression(field: pa.Field) -> sql.Composable:
    name = sql.Identifier(field.name)
    if field.type == rules.WORDS:
        return sql.SQL("array_to_string({}, {})").format(name, sql.Literal(_SEPARATOR))
    if field.name == "tasks":
        return sql.SQL("NULLIF({}::text, '[]')").format(name)
    return name


def _table(condition: sql.Composable) -> pa.Table:
    parts = [pa.Table.from_batches(batches) for batches in _batches(condition)]
    return pa.concat_tables(parts) if parts else rules.COLUMNS.empty_table()


def _batches(condition: sql.Composable) -> Iterator[list[pa.RecordBatch]]:
    """By COPY and Arrow's CSV reader: 30,000 openings hold a million skills, too many for an object each.

    A stretch at a time: the text of 450,000 openings is more than a gigabyte.
    """
    query = sql.SQL(
        "COPY (SELECT {columns} FROM openings_opening WHERE {condition} ORDER BY id) TO STDOUT (FORMAT csv)"
    ).format(columns=sql.SQL(", ").join(map(_expression, rules.COLUMNS)), condition=condition)
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for text in _stretches(copy):
            flat = _read_csv(text)
            yield pa.table([_column(flat, field) for field in rules.COLUMNS], schema=rules.COLUMNS).to_batches()


def _stretches(rows: Iterable[Buffer]) -> Iterator[bytes]:
    """Whole rows, joined to some megabytes."""
    joined: list[bytes] = []
    size = 0
    for row in rows:
        joined.append(bytes(row))
        size += len(joined[-1])
        if size >= TEXT_AT_A_TIME:
            yield b"".join(joined)
            joined, size = [], 0
    if joined:
        yield b"".join(joined)


def _read_csv(text: bytes) -> pa.Table:
    schema = pa.schema([(field.name, _flat_type(field)) for field in rules.COLUMNS])
    if not text:
        return schema.empty_table()
    return pa_csv.read_csv(
        pa.py_buffer(text),
        read_options=pa_csv.ReadOptions(column_names=schema.names, block_size=1 << 24),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _flat_type(field: pa.Field) -> pa.DataType:
    return pa.string() if pa.types.is_list(field.type) else field.type


def _column(flat: pa.Table, field: pa.Field) -> pa.Array:
    column = flat[field.name]
    if field.type == rules.WORDS:
        return _split(column.combine_chunks())
    if field.name == "tasks":
        return pa.array([json.loads(text) if text else [] for text in column.to_pylist()], field.type)
    return column


def _split(joined: pa.StringArray) -> pa.ListArray:
    """Lists of words from joined ones; the empty text is the empty list."""
    parts = pc.split_pattern(joined, _SEPARATOR)
    is_empty = np.asarray(pc.equal(joined, ""))
    lengths = np.where(is_empty, 0, np.asarray(pc.list_value_length(parts)))
    words = pc.list_flatten(parts)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), words.filter(pc.not_equal(words, "")))


def _row(row: dict[str, Any]) -> OpeningRow:
    tasks = tuple(
        Task(
            task["hours"],
            tuple(task["essential"] or ()),
            tuple(task["demands"] or ()),
            tuple(task["dayparts"] or ()),
            task["level_min"],
        )
        for task in row.pop("tasks")
    )
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return OpeningRow(**plain, tasks=tasks)
