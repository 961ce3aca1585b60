"""Files of invented people and openings, written block by block so that memory does not grow with the country."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.json as pa_json
import pyarrow.parquet as pq

from dichterbij.synthetic import openings, people
from dichterbij.synthetic.places import load_places
from dichterbij.synthetic.schemas import OPENINGS, PEOPLE

BLOCK = 25_000  # rows; part of what a seed means, so never changed within a period
FORMATS = ("parquet", "jsonl")
Progress = Callable[[str, int, int], None]


class Maker(Protocol):
    """Makes one block of rows."""

    def __call__(self, seed: int, number: int, first: int, rows: int, *, region: str, on: date) -> pa.Table: ...


@dataclass(frozen=True)
class Order:
    """What is asked for."""

    seed: int
    region: str
    on: date


def blocks(maker: Maker, order: Order, rows: int) -> Iterator[pa.Table]:
    """`rows` rows in blocks."""
    for number, first in enumerate(range(0, rows, BLOCK)):
        yield maker(order.seed, number, first, min(BLOCK, rows - first), region=order.region, on=order.on)


def _json_default(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def json_lines(table: pa.Table) -> str:
    """One compact JSON object per row, keys in column order, dates as text."""
    return "".join(json.dumps(row, ensure_ascii=False, default=_json_default) + "\n" for row in table.to_pylist())


def _write_parquet(path: Path, schema: pa.Schema, tables: Iterator[pa.Table], told: Callable[[int], None]) -> None:
    """Plain types in the file (strings, not dictionaries), dictionary-encoded on disk; a damaged page is noticed."""
    writer: pq.ParquetWriter | None = None
    try:
        for table in tables:
            writer = writer or pq.ParquetWriter(
                path, table.schema, compression="zstd", store_schema=False, write_page_checksum=True
            )
            writer.write_table(table, row_group_size=BLOCK)
            told(table.num_rows)
        if writer is None:
            pq.write_table(schema.empty_table(), path, write_page_checksum=True)
    finally:
        if writer is not None:
            writer.close()


def _write_jsonl(path: Path, tables: Iterator[pa.Table], told: Callable[[int], None]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for table in tables:
            stream.write(json_lines(table))
            told(table.num_rows)


def _write(path: Path, schema: pa.Schema, tables: Iterator[pa.Table], told: Callable[[int], None]) -> None:
    """Under another name first: a file with its own name is a whole file."""
    draft = path.with_name(f".{path.name}.part")
    try:
        if path.suffix == ".parquet":
            _write_parquet(draft, schema, tables, told)
        else:
            _write_jsonl(draft, tables, told)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.filename:
            raise
        raise OSError(error.errno, os.strerror(error.errno) if error.errno else str(error), str(path)) from error
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read(path: Path, columns: list[str] | None) -> pa.Table:
    """A file that `write` made; all columns when none are named."""
    if path.suffix == ".parquet":
        return pq.read_table(path, columns=columns)
    table = pa_json.read_json(path)
    return table.select(columns) if columns else table


def write(
    out: Path, order: Order, *, number_of_people: int, number_of_openings: int, form: str, progress: Progress
) -> tuple[Path, Path]:
    """Write people and openings into the folder `out` (made when missing); returns both paths."""
    load_places(order.region, order.on)  # a region or date that does not exist is told before anything is made
    with _folder(out):
        return _write_both(out, order, number_of_people, number_of_openings, form, progress)


@contextmanager
def _folder(out: Path) -> Iterator[None]:
    """The folder, made when missing; then it goes again when nothing came in it."""
    is_new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if is_new and not any(out.iterdir()):
            out.rmdir()
        raise


def _write_both(
    out: Path, order: Order, number_of_people: int, number_of_openings: int, form: str, progress: Progress
) -> tuple[Path, Path]:
    made = []
    for name, schema, maker, rows in (
        ("people", PEOPLE, people.block, number_of_people),
        ("openings", OPENINGS, openings.block, number_of_openings),
    ):
        path, done = out / f"{name}.{form}", 0

        def told(more: int, name: str = name, rows: int = rows) -> None:
            nonlocal done
            done += more
            progress(name, done, rows)

        _write(path, schema, blocks(maker, order, rows), told)
        made.append(path)
    return made[0], made[1]
