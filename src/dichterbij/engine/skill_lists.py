"""Skills of openings and tasks, end to end in one numbering; what no task names belongs to every task."""

from typing import Any, NamedTuple

import numpy as np

from dichterbij.engine.arrays import I32, I64, TASK, Records, filled_records, starts_of
from dichterbij.engine.tables import Openings, Sets


def skill_lists(openings: Openings, rows: I32, number: I32) -> tuple[I32, Records, dict[str, I64]]:
    """Skills of openings and tasks end to end, the tasks, and where those of each opening begin and end."""
    essential = _taken(openings.essential.start, _sorted_ids(openings.essential, number), rows)
    optional = _taken(openings.optional.start, _sorted_ids(openings.optional, number), rows)
    tasks = _tasks(openings, rows, number, essential)
    parts = {"essential": essential, "optional": optional, "common": tasks.common, "skill": tasks.skills}
    spans: dict[str, I64] = {"task_start": tasks.start[:-1], "task_end": tasks.start[1:]}
    offset = 0
    for name, (start, ids) in parts.items():
        spans |= {f"{name}_start": start[:-1] + offset, f"{name}_end": start[1:] + offset}
        offset += len(ids)
    records = filled_records(TASK, int(tasks.start[-1]), tasks.fields | spans)
    return np.concatenate([ids for _, ids in parts.values()]), records, spans


class _Tasks(NamedTuple):
    """Tasks in the order of the openings; `common` are the essential skills that no task names."""

    start: I64
    fields: dict[str, Any]
    skills: tuple[I64, I32]
    common: tuple[I64, I32]


def _tasks(openings: Openings, rows: I32, number: I32, essential: tuple[I64, I32]) -> _Tasks:
    """Tasks of the openings that can be carved; what no task names belongs to every task."""
    tasks = openings.tasks
    carvable = (openings.numbers["carvable"] == 1) & (openings.numbers["open_hiring"] == 0)
    counts = np.where(carvable, np.diff(tasks.start), 0)[rows]
    start = starts_of(counts)
    chosen = np.repeat(tasks.start[:-1][rows] - start[:-1], counts) + np.arange(start[-1])
    owner = np.repeat(np.arange(len(rows)), counts)
    skills = _taken(tasks.essential.start, _sorted_ids(tasks.essential, number), chosen)
    level = tasks.level_min[chosen]
    fields = {
        "hours": tasks.hours[chosen],
        "demands": _with_unnamed(tasks.demands[chosen], owner, openings.numbers["demands"][rows]),
        "dayparts": _with_unnamed(tasks.dayparts[chosen], owner, openings.numbers["dayparts"][rows]),
        "level_min": np.where(level == 0, openings.numbers["level_min"][rows][owner], level),
    }
    named = (np.repeat(owner, np.diff(skills[0])) << 32) | skills[1]
    essential_owner = np.repeat(np.arange(len(rows)), np.diff(essential[0]))
    keys = ((essential_owner << 32) | essential[1])[counts[essential_owner] > 0]
    common = keys[~np.isin(keys, named)]
    common_start = starts_of(np.bincount(common >> 32, minlength=len(rows)))
    return _Tasks(start, fields, skills, (common_start, (common & 0xFFFFFFFF).astype(np.int32)))


def _with_unnamed(named: I64, owner: I64, wanted: I64) -> I64:
    """Each task's codes, with the codes of its opening that no task names."""
    by_opening = np.zeros(len(wanted), dtype=np.int64)
    np.bitwise_or.at(by_opening, owner, named)
    return named | (wanted & ~by_opening)[owner]


def _sorted_ids(sets: Sets, number: I32) -> I32:
    """The ids of the sets in another numbering, in order within each row."""
    lengths = np.diff(sets.start)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    keys = np.sort((owner << 32) | number[sets.ids])
    return (keys & 0xFFFFFFFF).astype(np.int32)


def _taken(start: I64, ids: I32, rows: Any) -> tuple[I64, I32]:
    """The same sets in another order of rows."""
    lengths = np.diff(start)[rows]
    new_start = starts_of(lengths)
    source = np.repeat(start[:-1][rows] - new_start[:-1], lengths) + np.arange(new_start[-1])
    return new_start, ids[source]
