"""Exactness: random people of the country by the engine and by NumPy alone: openings, order, route and numbers."""

import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.national import ON, National
from benchmarks.numpy_reference import Reference
from benchmarks.one_person import alone

from dichterbij.engine import match
from dichterbij.engine.arrays import AGREED, LEARNING, MINUTES, MODE, ROUTE, STEPS, UNDESCRIBED, WEEKS
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.results import Bridges
from dichterbij.engine.tables import People

Array = Any
NUMBERS = (ROUTE, UNDESCRIBED, WEEKS, STEPS, LEARNING, MINUTES, MODE, AGREED)  # as `numpy_reference.COLUMNS`
ALONE = 300  # of them, asked after one by one too
_references: dict[str, Reference] = {}


def ours(matcher: Matcher, rows: Array, lists: Array) -> dict[int, Array]:
    """The engine's answer for these people (in order), in the columns of the reference."""
    found = {}
    for start in range(0, len(rows), 2_000):
        own = rows[start : start + 2_000]
        block = matcher.bridges(own, lists[own])
        table = columns_of(block)
        bounds = [0, *np.searchsorted(block.person, own, side="right")]
        found |= {int(who): table[bounds[at] : bounds[at + 1]] for at, who in enumerate(own)}
    return found


def columns_of(block: Bridges) -> Array:
    """These bridges in the columns of the reference."""
    columns = [block.index.row_of[block.opening], *(block.numbers[:, at] for at in NUMBERS)]
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def ours_alone(national: National, people: People, row: int, top: int) -> Array:
    """The engine's answer for one person who is asked after alone, which is another way through the engine."""
    blocks = match(alone(people, row), national.index, national.parameters, on=ON, top=top, threads=1)
    return np.concatenate([columns_of(block) for block in blocks])


def _answers(top: int, part: list[int]) -> list[tuple[int, Array]]:
    return [(who, _references["one"].nearest(who, top)) for who in part]


def theirs(reference: Reference, rows: Array, top: int, processes: int) -> dict[int, Array]:
    """The reference's answer for these people, by several processes."""
    _references["one"] = reference
    homes = reference.people.numbers["place"][rows]
    ordered = rows[np.argsort(homes, kind="stable")]
    parts = [part.tolist() for part in np.array_split(ordered, max(1, len(rows) // 100))]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        done = pool.map(_answers, [top] * len(parts), parts)
        return {who: answer for part in done for who, answer in part}


def differing(first: dict[int, Array], second: dict[int, Array]) -> list[int]:
    """People whose lists differ in any row or number."""
    return [who for who in second if not np.array_equal(first[who], second[who])]


def check(national: National, people: int, top: int, *, seed: int = 7) -> tuple[int, int, list[str]]:
    """How many people were compared, how many rows, and the ids of those whose lists differ."""
    processes = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        some = national.some_people(people, Path(name), seed=seed)
    reference = Reference(some, national.openings, national.parameters, ON)
    rows = np.arange(len(some), dtype=np.int32)
    wanted = theirs(reference, rows, top, processes)
    matcher = Matcher(some, national.index, ON, processes)
    lists = np.full((len(some), top), -1, dtype=np.int32)
    matcher.nearest(top, into=lists)
    wrong = differing(ours(matcher, rows, lists), wanted)
    some_rows = rows[:: max(1, len(rows) // ALONE)].tolist()
    wrong += differing(
        {who: ours_alone(national, some, who, top) for who in some_rows}, {who: wanted[who] for who in some_rows}
    )
    ids = some.ids.take(wrong).to_pylist() if wrong else []
    return len(some), sum(len(rows) for rows in wanted.values()), ids
