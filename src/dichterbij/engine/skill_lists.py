"""Skills of openings and tasks, end to end in one numbering; what no task names belongs to every task."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import I32, I64, TASK, Records, filled_records, starts_of
from dichterbij.engine.tables import Openings, Sets

ROWS_AT_A_TIME = 25_000  # what is worked out for all openings at once takes ten times what comes of it


def skill_lists(openings: Openings, rows: I32, number: I32) -> tuple[I32, Records, dict[str, I64]]:
    """Skills of openings and tasks end to end, the tasks, and where those of each opening begin and end."""
    tasks = _tasks(openings, rows)
    named = _sorted(openings.tasks.essential, tasks.chosen, number)
    common = _common(openings, rows, number, tasks, named)
    starts = {"essential": _starts(openings.essential, rows), "optional": _starts(openings.optional, rows)}
    starts |= {"common": common[0], "skill": named[0]}
    ids = np.empty(sum(int(start[-1]) for start in starts.values()), dtype=np.int32)
    spans: dict[str, I64] = {"task_start": tasks.start[:-1], "task_end": tasks.start[1:]}
    offset = 0
    for name, start in starts.items():
        spans |= {f"{name}_start": start[:-1] + offset, f"{name}_end": start[1:] + offset}
        offset += int(start[-1])
    _sort_into(ids, openings.essential, rows, number)
    _sort_into(ids[int(starts["essential"][-1]) :], openings.optional, rows, number)
    ids[offset - len(named[1]) - len(common[1]) :] = np.concatenate([common[1], named[1]])
    return ids, filled_records(TASK, int(tasks.start[-1]), tasks.fields | spans), spans


class _Tasks(NamedTuple):
    """Tasks in the order of the openings: which of the table they are, and the row of the opening of each."""

    start: I64
    chosen: I64
    owner: I64
    fields: dict[str, Any]


def _tasks(openings: Openings, rows: I32) -> _Tasks:
    """Tasks of the openings that can be carved; what no task names belongs to every task."""
    tasks = openings.tasks
    carvable = (openings.numbers["carvable"] == 1) & (openings.numbers["open_hiring"] == 0)
    counts = np.where(carvable, np.diff(tasks.start), 0)[rows]
    start = starts_of(counts)
    chosen = np.repeat(tasks.start[:-1][rows] - start[:-1], counts) + np.arange(start[-1])
    owner = np.repeat(np.arange(len(rows)), counts)
    level = tasks.level_min[chosen]
    fields = {
        "hours": tasks.hours[chosen],
        "demands": _with_unnamed(tasks.demands[chosen], owner, openings.numbers["demands"][rows]),
        "dayparts": _with_unnamed(tasks.dayparts[chosen], owner, openings.numbers["dayparts"][rows]),
        "level_min": np.where(level == 0, openings.numbers["level_min"][rows][owner], level),
    }
    return _Tasks(start, chosen, owner, fields)


def _common(openings: Openings, rows: I32, number: I32, tasks: _Tasks, named: tuple[I64, I32]) -> tuple[I64, I32]:
    """Per opening with tasks the essential skills that no task names."""
    with_tasks = np.flatnonzero(np.diff(tasks.start))
    essential = _sorted(openings.essential, rows[with_tasks], number)
    keys = (np.repeat(with_tasks, np.diff(essential[0])) << 32) | essential[1]
    keys = keys[~np.isin(keys, (np.repeat(tasks.owner, np.diff(named[0])) << 32) | named[1])]
    return starts_of(np.bincount(keys >> 32, minlength=len(rows))), (keys & 0xFFFFFFFF).astype(np.int32)


def _with_unnamed(named: I64, owner: I64, wanted: npt.NDArray[Any]) -> I64:
    """Each task's codes, with the codes of its opening that no task names."""
    by_opening = np.zeros(len(wanted), dtype=np.int64)
    np.bitwise_or.at(by_opening, owner, named)
    return named | (wanted & ~by_opening)[owner]


def _starts(sets: Sets, rows: Any) -> I64:
    """Where the sets of these rows begin when they stand end to end, and the end."""
    return starts_of(np.diff(sets.start)[rows])


def _sorted(sets: Sets, rows: Any, number: I32) -> tuple[I64, I32]:
    """The sets of these rows end to end in another numbering, in order within each row."""
    start = _starts(sets, rows)
    ids = np.empty(start[-1], dtype=np.int32)
    _sort_into(ids, sets, rows, number)
    return start, ids


def _sort_into(out: I32, sets: Sets, rows: Any, number: I32) -> None:
    """As _sorted, into the beginning of `out`."""
    at = 0
    for first in range(0, len(rows), ROWS_AT_A_TIME):
        own = rows[first : first + ROWS_AT_A_TIME]
        lengths = sets.start[own + 1] - sets.start[own]
        owner = np.repeat(np.arange(len(own)), lengths)
        start = np.cumsum(lengths) - lengths
        source = (sets.start[own] - start)[owner] + np.arange(len(owner))
        keys = np.sort((owner << 32) | number[sets.ids[source]])
        out[at : at + len(keys)] = keys & 0xFFFFFFFF
        at += len(keys)
