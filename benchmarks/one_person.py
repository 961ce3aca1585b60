"""One person against every opening, in process: how long the slowest in a hundred waits."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.measuring import Clock, Row, say, short, verdict
from benchmarks.national import ON, National

from dichterbij.engine import match
from dichterbij.engine.tables import People, Sets

SECTION = "One person against all openings, in process"
TOP = 50
Array = Any
GOAL, MUST = 4e-3, 10e-3


def rows_of(national: National, people: int, repeats: int, clock: Clock) -> list[Row]:
    """People drawn at random, one after another, each alone; several rounds, the median of their percentiles."""
    with tempfile.TemporaryDirectory() as name:
        some = national.some_people(people, Path(name), seed=11)
    each = [alone(some, row) for row in range(len(some))]
    say(f"one person: {len(some):,} people, {repeats} rounds")
    one_by_one(each[:20], national, clock)
    rounds = [one_by_one(each, national, clock) for _ in range(repeats)]
    found = []
    for percent in (50, 95, 99):
        found_each = [float(np.percentile(times, percent)) for times in rounds]
        median = float(np.median(found_each))
        goals = {}
        if percent == 99:
            met = verdict(median, GOAL, MUST, larger_is_better=False)
            goals = {"goal": short(GOAL), "must": short(MUST), "met": met}
        shown = f"{short(min(found_each))} – {short(max(found_each))}"
        note = NOTE if percent == 99 else ""
        found.append(Row(SECTION, f"p{percent}", short(median), shown, f"{len(some):,} people", note=note, **goals))
    return found


def one_by_one(people: list[People], national: National, clock: Clock) -> Array:
    """Seconds for each."""
    times = []
    for person in people:
        start = clock.now(1)
        list(match(person, national.index, national.parameters, on=ON, top=TOP, threads=1))
        times.append(clock.now(1) - start)
    return np.array(times)


def alone(people: People, row: int) -> People:
    """One person as a table, as a page makes it of what was answered."""
    sets = (_own(people, name, row) for name in ("licences", "legal", "skills"))
    return People(
        people.ids.slice(row, 1), {name: values[row : row + 1] for name, values in people.numbers.items()}, *sets
    )


def _own(people: People, name: str, row: int) -> Sets:
    words = getattr(people, name).of(row)
    return Sets(np.array([0, len(words)]), np.arange(len(words), dtype=np.int32), words)


NOTE = f"from a person's answers as arrays to the nearest {TOP} with every column; one thread, the index in memory"
