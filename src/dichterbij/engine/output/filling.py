"""Fills the lists of a run, task by task; what an earlier run did is not done again."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from dichterbij.engine.arrays import F64, I32
from dichterbij.engine.matching import BRIDGES_AT_A_TIME, Matcher
from dichterbij.engine.output.results import Bridges
from dichterbij.engine.output.run_folder import RunFolder
from dichterbij.engine.output.stretches import stretches
from dichterbij.shared.errors import InputError

Finished: TypeAlias = Callable[[int], None]

Fill: TypeAlias = Callable[[Matcher, int, I32, Sequence[int], Finished], None]
"""Who does the work: `fill(matcher, top, lists, tasks, finished)`.

For each task number in `tasks` it fills `lists[row, :top]` of every row in `matcher.tasks[number]` as
`Matcher.nearest` does (places in the index, nearest first, -1 after the last) and then calls `finished(number)`, from
one thread at a time and once the rows are in `lists`. Tasks may be done in any order and anywhere. It raises when it
cannot go on; what was finished is kept, and the next run gets the tasks that are left. Threads of this process are
`with_threads`; a cluster is another such function.
"""

KM_A_DEGREE, AT_52_DEGREES = 111.2, 0.616  # as far as an estimate of time needs it
AROUND_KM = 40

# People done, of all, and the share of the work that is done.
Progress: TypeAlias = Callable[[int, int, float], None]


def with_threads(matcher: Matcher, top: int, lists: I32, tasks: Sequence[int], finished: Finished) -> None:
    """The threads of this process do the tasks."""
    matcher.nearest(top, into=lists, tasks=tasks, finished=finished)


def fill_run(matcher: Matcher, folder: RunFolder, fill: Fill, progress: Progress) -> tuple[int, int]:
    """Fill the lists of the folder; how many tasks there were, and how many an earlier run had done."""
    people, width = folder.lists.shape
    left = [number for number, rows in enumerate(matcher.tasks) if not folder.done[rows].all()]
    if not people or not width:
        return 0, 0
    if folder.is_resumed:
        _check_lists(matcher, folder)
    weights = costs_of(matcher)
    done = people - sum(len(matcher.tasks[number]) for number in left)
    work, whole = 0.0, float(weights[left].sum())

    def finished(number: int) -> None:
        nonlocal done, work
        folder.finish(matcher.tasks[number])
        done += len(matcher.tasks[number])
        work += weights[number]
        progress(done, people, work / whole)

    if left:
        fill(matcher, width, folder.lists, left, finished)
        folder.save()
    return len(matcher.tasks), len(matcher.tasks) - len(left)


def _check_lists(matcher: Matcher, folder: RunFolder) -> None:
    """InputError when what an earlier run left names openings that there are not: compiled code looks at no bounds."""
    if folder.lists.min() < -1 or folder.lists.max() >= len(matcher.index):
        raise InputError(f"{folder.path}: the lists in it are damaged; --fresh throws them away.")
    folder.forget_pages()


def costs_of(matcher: Matcher) -> F64:
    """About what each task costs beside the others: its people times the openings around its middle."""
    places, index = matcher.index.parameters.places, matcher.index
    north, east = np.asarray(places.latitude) * KM_A_DEGREE, np.asarray(places.longitude) * KM_A_DEGREE * AT_52_DEGREES
    openings = np.diff(index.place_start)
    costs = np.empty(len(matcher.tasks))
    for number, rows in enumerate(matcher.tasks):
        home = matcher.people.numbers["place"][rows]
        away = np.hypot(north[index.work_place] - north[home].mean(), east[index.work_place] - east[home].mean())
        costs[number] = len(rows) * (1 + openings[away < AROUND_KM].sum())
    return costs


def blocks_of(matcher: Matcher, lists: I32, forget: Callable[[], None] = lambda: None) -> Iterator[Bridges]:
    """The bridges of all lists, in blocks of people in the order of the input; `forget` is called after each."""
    for start, end in stretches(matcher.index, lists, BRIDGES_AT_A_TIME):
        yield matcher.bridges(np.arange(start, end, dtype=np.int32), lists[start:end])
        forget()
