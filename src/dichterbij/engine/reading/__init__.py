"""From files and rows to tables: every value checked, nothing guessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

import pyarrow as pa

from dichterbij.engine.columns import Table
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.reading.files import (
    BadRow,
    Progress,
    Reading,
    Run,
    read_into,
    runs_of_file,
    runs_of_rows,
    runs_of_table,
)
from dichterbij.engine.tables import Openings, OpeningsBuilder, People, PeopleBuilder

Rows: TypeAlias = "Sequence[Mapping[str, Any]] | pa.Table"
TableT = TypeVar("TableT", People, Openings)


@dataclass(frozen=True)
class Input(Generic[TableT]):
    """What a file gave: the table of good rows, the bad rows, the number of rows, and SHA-256 of what was read."""

    table: TableT
    bad: tuple[BadRow, ...]
    rows: int
    digest: str


def read_people(
    path: Path, parameters: Parameters, *, skip_bad_rows: bool = False, progress: Progress | None = None
) -> Input[People]:
    """People of a Parquet or JSON Lines file. InputError names file, row, column and what was expected."""
    builder, reading = PeopleBuilder(parameters), Reading(str(path), skip_bad_rows, progress)
    read_into(builder, runs_of_file(path, builder.table, reading), reading)
    return Input(builder.build(), tuple(reading.bad), reading.rows, reading.digest)


def read_openings(
    path: Path, parameters: Parameters, *, skip_bad_rows: bool = False, progress: Progress | None = None
) -> Input[Openings]:
    """Openings of a Parquet or JSON Lines file. InputError names file, row, column and what was expected."""
    builder, reading = OpeningsBuilder(parameters), Reading(str(path), skip_bad_rows, progress)
    read_into(builder, runs_of_file(path, builder.table, reading), reading)
    return Input(builder.build(), tuple(reading.bad), reading.rows, reading.digest)


def people_from_rows(rows: Rows, parameters: Parameters, *, skip_bad_rows: bool = False) -> People:
    """People of dicts or an Arrow table with the columns of the contract. InputError for a bad row."""
    builder = PeopleBuilder(parameters)
    read_into(builder, _runs(rows, builder.table), Reading("people", skip_bad_rows))
    return builder.build()


def openings_from_rows(rows: Rows, parameters: Parameters, *, skip_bad_rows: bool = False) -> Openings:
    """Openings of dicts or an Arrow table with the columns of the contract. InputError for a bad row."""
    builder = OpeningsBuilder(parameters)
    read_into(builder, _runs(rows, builder.table), Reading("openings", skip_bad_rows))
    return builder.build()


def _runs(rows: Rows, table: Table) -> Iterator[Run]:
    return runs_of_table(rows, table, table.name) if isinstance(rows, pa.Table) else runs_of_rows(rows, table)


__all__ = ["BadRow", "Input", "openings_from_rows", "people_from_rows", "read_openings", "read_people"]
