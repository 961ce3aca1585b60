"""Parquet to the raw values that a line of JSON would give; dates may come as dates."""

import datetime
import math
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from reference import columns

PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
NOT_A_TIME = -(2**63)
NOT_MIDNIGHT = "a timestamp that is not at midnight"


class FileError(Exception):
    """A file that cannot be read at all."""


def parquet_rows(path: Path, table: columns.Table) -> list[dict[str, Any]]:
    """Every row as a mapping of the columns that the table names."""
    try:
        content = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        raise FileError(f"{path.name}: {error}") from error
    values = {}
    for column in table.columns:
        if column.name in content.schema.names:
            values[column.name] = column_values(content[column.name], column)
    return [{name: cells[row] for name, cells in values.items()} for row in range(content.num_rows)]


def column_values(cells: pa.ChunkedArray, column: columns.Column) -> list[Any]:
    """The values of one column; `FileError` for a type that cannot be read."""
    # "A Parquet column of a type that cannot be read this way is an error of the file, before any row."
    if not readable(cells.type, column.kind):
        raise FileError(f"column {column.name} has type {cells.type}")
    if pa.types.is_date(cells.type):
        # Both kinds of date are read as timestamps of whole days.
        cells = cells.cast(pa.int32() if pa.types.is_date32(cells.type) else pa.int64())
        per_day = 1 if cells.type == pa.int32() else 86_400_000
        days = [None if count is None else count // per_day for count in cells.to_pylist()]
        return [None if day is None else moment(day * 86_400, pa.timestamp("s")) for day in days]
    if pa.types.is_timestamp(cells.type):
        return [moment(count, cells.type) for count in cells.cast(pa.int64()).to_pylist()]
    return [without_nan(value) for value in cells.to_pylist()]


def readable(kind: pa.DataType, wanted: str) -> bool:
    """Whether a column of Arrow type `kind` can hold values of the kind that is wanted."""
    if pa.types.is_null(kind):
        return True
    if wanted == "int":
        # "Whole numbers may be written 12.0"; "decimals are refused"
        return pa.types.is_integer(kind) or pa.types.is_floating(kind)
    if wanted == "bool":
        return pa.types.is_boolean(kind)
    if wanted == "string":
        return is_text(kind)
    if wanted == "date":
        return pa.types.is_date(kind) or pa.types.is_timestamp(kind) or is_text(kind)
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)):
        return False
    if wanted == "list":
        return pa.types.is_null(kind.value_type) or is_text(kind.value_type)
    if pa.types.is_null(kind.value_type):
        return True
    if not pa.types.is_struct(kind.value_type):
        return False
    fields = {field.name: field.type for field in kind.value_type}
    return all(readable(fields[part.name], part.kind) for part in columns.TASK if part.name in fields)


def is_text(kind: pa.DataType) -> bool:
    """Text, plain or dictionary-encoded."""
    # "strings may be dictionary-encoded"
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def without_nan(value: Any) -> Any:
    """The value with every NaN turned to null, in tasks too."""
    # "NaN and NaT in Parquet are null"
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, list):
        return [without_nan(part) for part in value]
    if isinstance(value, dict):
        return {name: without_nan(part) for name, part in value.items()}
    return value


def moment(count: int | None, kind: pa.TimestampType) -> Any:
    """A timestamp as the date and time on the clock of its own zone; a sign that it is not at midnight."""
    if count is None or count == NOT_A_TIME:
        return None
    seconds, rest = divmod(count, PER_SECOND[kind.unit])
    try:
        told = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=seconds)
        if kind.tz is not None:
            told = told.astimezone(zone(kind.tz))
    except OverflowError:
        return NOT_MIDNIGHT
    return NOT_MIDNIGHT if rest else told.replace(tzinfo=None)


def zone(name: str) -> datetime.tzinfo:
    """A zone of the tz database, or an offset such as +01:00."""
    if name[0] in "+-":
        offset = datetime.timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return datetime.timezone(offset if name[0] == "+" else -offset)
    return ZoneInfo(name)
