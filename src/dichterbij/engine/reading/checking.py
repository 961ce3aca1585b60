"""Finds the bad rows: of several errors in a row, the one in the first column counts."""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.engine.columns import WORK_LEVELS, Column, Kind, Table
from dichterbij.engine.parameters import DAYPARTS, Parameters
from dichterbij.engine.reading.seen import Seen
from dichterbij.engine.vectors import (
    BoolArray,
    IntArray,
    Lists,
    Numbers,
    Tasks,
    Texts,
    Vector,
    code_numbers,
    masks,
)

Batch = Mapping[str, Vector]
NO_ERROR = 1_000


class RowErrors:
    """Per row the first column with an error, and what was expected there."""

    def __init__(self, rows: int) -> None:
        self.column = np.full(rows, NO_ERROR, dtype=np.int64)
        self.expected: dict[int, str] = {}

    def add(self, rows: BoolArray, column: int, expected: str) -> None:
        """An error in this column for these rows; it counts where no earlier column had one."""
        if rows.any():
            for row in np.flatnonzero(rows & (column < self.column)):
                self.column[row] = column
                self.expected[int(row)] = expected

    @property
    def good(self) -> BoolArray:
        """The rows without any error."""
        return np.asarray(self.column == NO_ERROR)


def check(batch: Batch, table: Table, parameters: Parameters, seen: Seen) -> RowErrors:
    """The errors of a run of rows. `seen` holds the ids of earlier rows and takes in those of these rows."""
    vectors = list(batch.values())
    errors = RowErrors(len(vectors[0].bad))
    for position, column in enumerate(table.columns):
        vector = batch[column.name]
        errors.add(vector.bad, position, column.expected)
        if column.kind is Kind.TEXT:
            _check_text(errors, position, column, cast(Texts, vector))
        elif column.kind is Kind.WHOLE:
            _check_whole(errors, position, column, cast(Numbers, vector), parameters)
        elif column.codes is not None:
            errors.add(masks(cast(Lists, vector), column.codes)[1], position, column.expected)
    _check_seen(errors, cast(Texts, batch[table.id_column]), seen)
    _check_hours(errors, batch, table)
    if "tasks" in batch:
        check_tasks(errors, batch, table, parameters)
    return errors


def _check_text(errors: RowErrors, position: int, column: Column, texts: Texts) -> None:
    null = np.asarray(texts.values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    if column.required:
        empty = pc.equal(texts.values, "").fill_null(True).to_numpy(zero_copy_only=False)
        errors.add(empty, position, column.expected)
    if column.codes is not None:
        errors.add(~null & (code_numbers(texts.values, column.codes) < 0), position, column.expected)


def _check_whole(errors: RowErrors, position: int, column: Column, numbers: Numbers, parameters: Parameters) -> None:
    if column.required:
        errors.add(numbers.null, position, column.expected)
    if column.name == "pc4":
        errors.add(parameters.places.places(numbers.values) < 0, position, column.expected)
    else:
        errors.add(_outside(numbers, column), position, column.expected)


def _outside(numbers: Numbers, column: Column) -> BoolArray:
    low, high = cast(int, column.low), cast(int, column.high)
    return ~numbers.null & ~numbers.bad & ((numbers.values < low) | (numbers.values > high))


def _check_seen(errors: RowErrors, ids: Texts, seen: Seen) -> None:
    """The id is the first column, so an id seen before goes before every other error of its row."""
    errors.add(seen.again(ids.values), 0, "an id that no earlier row has")


def _check_hours(errors: RowErrors, batch: Batch, table: Table) -> None:
    columns = table.by_name
    both = np.ones(len(errors.column), dtype=np.bool_)
    hours = []
    for name in ("hours_min", "hours_max"):
        numbers, column = cast(Numbers, batch[name]), columns[name]
        both &= ~numbers.bad & ~_outside(numbers, column) & ~(numbers.null & column.required)
        hours.append(numbers.filled(column.default if isinstance(column.default, int) else 0))
    errors.add(both & (hours[0] > hours[1]), table.position("hours_min"), "hours_min not above hours_max")


def check_tasks(errors: RowErrors, batch: Batch, table: Table, parameters: Parameters) -> None:
    """Tasks name only what their opening names; hours from 1, together at most ten times the opening's hours_max."""
    tasks = cast(Tasks, batch["tasks"])
    if not tasks.lengths.any():
        return
    position, owner, rows = table.position("tasks"), tasks.owner, len(errors.column)
    level, hours = tasks.level_min, tasks.hours
    wrong = {
        "task hours of at least 1 (tenths of an hour a week)": hours.values < 1,
        f"a task's level_min from {WORK_LEVELS[0]} to {WORK_LEVELS[1]}, or null": ~level.null
        & ((level.values < WORK_LEVELS[0]) | (level.values > WORK_LEVELS[1])),
        "task skills that are all in the opening's essential": _strange_skills(tasks, cast(Lists, batch["essential"])),
        "task demands that are all the opening's": _strange_codes(
            tasks.demands, owner, cast(Lists, batch["demands"]), parameters.demands, 0
        ),
        "task dayparts that are all the opening's": _strange_codes(
            tasks.dayparts, owner, cast(Lists, batch["dayparts"]), DAYPARTS, 1
        ),
    }
    for expected, of_task in wrong.items():
        bad = np.zeros(rows, dtype=np.bool_)
        bad[owner[of_task]] = True
        errors.add(bad, position, expected)
    hours_max = cast(Numbers, batch["hours_max"]).values
    capped = np.minimum(hours.values, 1_000_000)  # so that no sum overflows
    total = np.bincount(owner, weights=capped.astype(np.float64), minlength=rows)
    errors.add(total > 10 * hours_max, position, "task hours together at most 10 times hours_max")


def _strange_codes(lists: Lists, owner: IntArray, of_opening: Lists, codes: Sequence[str], default: int) -> BoolArray:
    """Which tasks name a code that their opening does not."""
    allowed = np.where(of_opening.null, default, masks(of_opening, codes)[0])
    named, unknown = masks(lists, codes)
    return np.asarray(unknown | ((named & ~allowed[owner]) != 0))


def _strange_skills(tasks: Tasks, essential: Lists) -> BoolArray:
    """Which tasks name a skill that their opening does not."""
    with_tasks = essential.keep(tasks.lengths > 0)
    encoded = pa.concat_arrays([tasks.essential.words, with_tasks.words]).dictionary_encode()
    number = np.append(encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), 0)
    of_task = number[tasks.essential.at]
    of_opening = number[len(tasks.essential.words) :][with_tasks.at]
    width = len(encoded.dictionary) + 1
    known = np.flatnonzero(tasks.lengths > 0)[with_tasks.owner] * width + of_opening
    strange = ~np.isin(tasks.owner[tasks.essential.owner] * width + of_task, known)
    wrong = np.zeros(len(tasks.hours.values), dtype=np.bool_)
    wrong[tasks.essential.owner[strange]] = True
    return wrong
