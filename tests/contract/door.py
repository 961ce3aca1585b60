"""The product's door: the command line, in this process, and its files."""

import contextlib
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.cli import main

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*arguments: object) -> Answer:
    """Run `dichterbij ...` as a user would, without starting a process."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["dichterbij", *(str(argument) for argument in arguments)]
    code: Any = 0
    with patch.object(sys, "argv", argv), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    return Answer(0 if code is None else int(code), out.getvalue(), err.getvalue())


def write_jsonl(path: Path, rows: Iterable[Any]) -> Path:
    """One line a row; text is written as it stands, so that a line can be broken."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> Rows:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def exactly(rows: Rows) -> list[str]:
    """Rows as text: equal texts are equal keys, order, values and types."""
    return [json.dumps(row, ensure_ascii=False) for row in rows]


TEXTS = pa.list_(pa.string())
TASK = pa.struct(
    {"hours": pa.int32(), "essential": TEXTS, "demands": TEXTS, "dayparts": TEXTS, "level_min": pa.int32()}
)
PEOPLE_TYPES = {
    "person_id": pa.string(), "pc4": pa.int32(), "modes": TEXTS, "ebike_possible": pa.bool_(),
    "max_travel_minutes": pa.int32(), "max_distance_km": pa.int32(), "hours_min": pa.int32(),
    "hours_max": pa.int32(), "available_from": pa.date32(), "dayparts": TEXTS, "childcare_dayparts": TEXTS,
    "dutch": pa.int32(), "level": pa.int32(), "licences": TEXTS, "legal": TEXTS, "avoid": TEXTS, "skills": TEXTS,
    "learn_weeks_max": pa.int32(), "agreements": TEXTS,
}  # fmt: skip
OPENING_TYPES = {
    "opening_id": pa.string(), "pc4": pa.int32(), "agreement": pa.string(), "hours_min": pa.int32(),
    "hours_max": pa.int32(), "latest_start": pa.date32(), "dayparts": TEXTS, "dutch": pa.int32(),
    "dutch_on_the_job": pa.bool_(), "level_min": pa.int32(), "licences": TEXTS, "legal": TEXTS, "demands": TEXTS,
    "essential": TEXTS, "optional": TEXTS, "onboarding_weeks": pa.int32(), "open_hiring": pa.bool_(),
    "queue_weeks": pa.int32(), "learning_company": pa.bool_(), "carvable": pa.bool_(), "carve_min_hours": pa.int32(),
    "carve_max_share": pa.int32(), "tasks": pa.list_(TASK),
}  # fmt: skip


def write_parquet(path: Path, rows: Rows, types: dict[str, Any], **other: Any) -> Path:
    """Rows as Parquet with every column of `types`; `other` gives columns another type (None drops the column)."""
    columns = {}
    for name, kind in {**types, **other}.items():
        if kind is not None:
            columns[name] = column([row.get(name) for row in rows], kind)
    pq.write_table(pa.table(columns), path)
    return path


def column(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Values of JSON as an Arrow column; dates from text where a date is wanted."""
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return pa.array(values, pa.string()).cast(kind)
    if pa.types.is_dictionary(kind):
        return pa.array(values, kind.value_type).dictionary_encode()
    return pa.array(values, kind)
