"""Reads the lists of a finished run back to be counted, and writes the counts beside them."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dichterbij.cli.exposure_labels import labels_of
from dichterbij.engine.arrays import I32, ROUTES
from dichterbij.engine.exposure.counting import ENDING, Exposure, summary
from dichterbij.engine.output.compact import CompactFile
from dichterbij.engine.output.ids import RowsById
from dichterbij.engine.output.writing import Output, beside
from dichterbij.engine.reading.readable import parquet_file, readable
from dichterbij.engine.tables import Openings, People
from dichterbij.shared.errors import InputError

COUNTED = ["opening_id", "route", "position"]
DISTANCE = ["undescribed", "weeks_to_start", "steps", "weeks_learning", "travel_minutes"]
LINES_AT_A_TIME = 50_000


def exposure_of_file(matches: Path, openings: Openings, people: People | None, *, top: int) -> Exposure:
    """The exposure of a finished run. InputError when the file is no output of `match` on these openings."""
    exposure = Exposure(len(openings), len(people) if people else 0, top=top)
    columns = COUNTED if people is None else [*COUNTED, "person_id", *DISTANCE]
    opening_rows, person_rows = RowsById(openings.ids), RowsById(people.ids) if people else None
    for table in _tables(matches, columns):
        rows = _rows(opening_rows, table["opening_id"], f"{matches}: opening", "the openings")
        positions = _numbers(matches, table["position"])
        exposure.add(rows, _routes(matches, table["route"]), positions)
        if person_rows:
            last = table.filter(pa.array(positions == top))
            persons = _rows(person_rows, last["person_id"], f"{matches}: person", "the people")
            exposure.add_last(persons, np.column_stack([_numbers(matches, last[name]) for name in DISTANCE]))
    return exposure


def _numbers(matches: Path, values: pa.ChunkedArray) -> I32:
    try:
        numbers: I32 = np.asarray(values.cast(pa.int32()))
    except pa.ArrowException as error:
        raise InputError(f"{matches}: this is no output of `match` ({error}).") from error
    if values.null_count:
        raise InputError(f"{matches}: a number is missing; this is no output of `match`.")
    return numbers


def _rows(rows: RowsById, ids: pa.ChunkedArray, what: str, where: str) -> I32:
    try:
        return rows.of(ids)
    except KeyError as error:
        raise InputError(f"{what} {error} is not among {where}; give the files that this run was made with.") from None
    except pa.ArrowException as error:
        raise InputError(f"{what}: this is no output of `match` ({error}).") from error


def _routes(matches: Path, values: pa.ChunkedArray) -> Any:
    found = pc.index_in(values.cast(pa.string()), value_set=pa.array(ROUTES))
    if found.null_count:
        raise InputError(f"{matches}: a route is none of {', '.join(ROUTES)}; this is no output of `match`.")
    return np.asarray(found, dtype=np.int64)


def _tables(matches: Path, columns: list[str]) -> Iterator[pa.Table]:
    if matches.suffix.lower() != ".parquet":
        yield from _tables_of_lines(matches, columns)
        return
    with parquet_file(matches) as file:
        missing = [name for name in columns if name not in file.schema_arrow.names]
        if missing:
            raise InputError(f"{matches}: there is no column {missing[0]}; this is no output of `match`.")
        route = file.schema_arrow.get_field_index("route")
        is_compact = pa.types.is_integer(file.schema_arrow.field(route).type)
        words = pa.array(CompactFile.of(matches).about["words"]["route"]) if is_compact else None
        for batch in file.iter_batches(1_000_000, columns=columns):
            table = pa.Table.from_batches([batch])
            if words is not None:
                at = table.column_names.index("route")
                table = table.set_column(at, "route", words.take(table["route"].combine_chunks()))
            yield table


def _tables_of_lines(matches: Path, columns: list[str]) -> Iterator[pa.Table]:
    with readable(matches), matches.open("rb") as stream:
        while lines := list(islice(stream, LINES_AT_A_TIME)):
            try:
                rows = [json.loads(line) for line in lines]
                yield pa.table({name: [row[name] for row in rows] for name in columns})
            except (ValueError, KeyError, TypeError, RecursionError, pa.ArrowException) as error:
                raise InputError(f"{matches}: this is no output of `match` ({error}).") from error


def ending(out: Path) -> str:
    """What the counts of an output are called: its own name and this, Parquet beside Parquet."""
    return f"{ENDING}.parquet" if out.suffix.lower() == ".parquet" else f"{ENDING}.jsonl"


def write_beside(files: Output, exposure: Exposure, openings: Openings, path: Path) -> dict[str, Any]:
    """Write the counts of a run beside its output, a row an opening; what the record of the run says about them.

    `path` is the file that the openings were read from.
    """
    labels, name = labels_of(path, openings), ending(files.out)
    as_parquet = name.endswith(".parquet")
    write(files.path(beside(files.out, name)), exposure.table(openings.ids, labels), as_parquet=as_parquet)
    return summary(exposure, openings, labels).record()


def write(path: Path, table: pa.Table, *, as_parquet: bool) -> None:
    """The counts, Parquet or JSON Lines."""
    if as_parquet:
        pq.write_table(table, path, compression="zstd")
        return
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for batch in table.to_batches(10_000):
            stream.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in batch.to_pylist())
