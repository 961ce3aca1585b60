"""The nearest openings of people, the people near an opening, and single pairs: blocks of people over threads."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from os import cpu_count
from typing import Any

import numpy as np

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    BRIDGE_COLUMNS,
    I32,
    I64,
    KEY,
    NO_BRIDGE,
    STEPS,
    WEEKS,
    Held,
    World,
    work_space,
)
from dichterbij.engine.index import Index, build_index, people_records, tie_hashes
from dichterbij.engine.output.results import Bridges, Ragged
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.rule_arrays import rule_records
from dichterbij.engine.scan import bridges, count_bridges, lists_of_bridges, travel_space
from dichterbij.engine.search.nearest import search
from dichterbij.engine.search.tasks import TASKS, tasks_of, works_in_reach
from dichterbij.engine.search.view import space_for
from dichterbij.engine.tables import Openings, People
from dichterbij.shared.errors import InputError

# Bridges worked out and written at a time: about 100 MB at 25 skills an opening.
BRIDGES_AT_A_TIME = 250_000
ENTRIES_AT_A_TIME = 25_000_000  # of lists that are kept until they are written: 100 MB
FEW_PEOPLE = 64  # for fewer it does not pay to arrange the openings near them

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Matcher:
    """People against openings on a day; blocks of people in the order of the input, each worked out by all threads."""

    people: People
    index: Index
    on: date
    threads: int
    fewest_tasks: int = TASKS  # 1 where others share the work already: large tasks are the cheapest

    @cached_property
    def worlds(self) -> list[World]:
        """The kernel's view, with work space of its own for each thread."""
        index = self.index
        people, people_ids = people_records(self.people, index)
        world = World(
            rules=rule_records(index.parameters, self.on),
            roads=index.roads,
            codes=index.codes,
            people=people,
            people_ids=people_ids,
            openings=index.records,
            place_start=index.place_start,
            work_place=index.work_place,
            skills=index.lists,
            held=self._work_space(),
        )
        return [world, *(world._replace(held=self._work_space()) for _ in range(self.threads - 1))]

    @cached_property
    def _free_worlds(self) -> list[World]:
        """Those that no thread uses at the moment."""
        return list(self.worlds)

    def _another_world(self) -> World:
        return self.worlds[0]._replace(held=self._work_space())

    def _work_space(self) -> Held:
        return work_space(self.index.lists, self.index.codes, len(self.index.licences), len(self.index.legal))

    @cached_property
    def tasks(self) -> tuple[I32, ...]:
        """Rows of people that are worked out together, those who live near each other; every row in exactly one."""
        return tasks_of(
            self.people, self.index.parameters, np.arange(len(self.people), dtype=np.int32), self.fewest_tasks
        )

    def nearest(
        self,
        top: int,
        *,
        into: I32,
        tasks: Iterable[int] | None = None,
        finished: Callable[[int], None] | None = None,
    ) -> None:
        """Fill `into[row, :top]` with the place in the index of each opening, nearest first, -1 after the last.

        `tasks` are numbers of tasks, all unless given; `finished` is called with the number of each task whose rows
        are filled, from one thread at a time. The answer does not depend on tasks, threads or order.
        """
        numbers = range(len(self.tasks)) if tasks is None else list(tasks)

        def work(number: int) -> int:
            self._fill(self.tasks[number], top, into, 0)
            return number

        with self._workers() as each:
            for number in each(work, numbers):
                if finished:
                    finished(number)

    @contextmanager
    def _workers(self) -> Iterator[Callable[..., Iterator[Any]]]:
        """A `map` that goes over the threads; one thread is this one, which saves a person alone the way there."""
        self._free_worlds  # noqa: B018 - made before threads ask for them
        if self.threads == 1:
            yield map
            return
        with ThreadPoolExecutor(self.threads) as pool:
            yield pool.map

    def _fill(self, rows: I32, top: int, into: I32, first: int) -> None:
        """Fill `into[row - first]` for these people."""
        index = self.index
        if not len(index):
            into[rows - first, :top] = -1
            return
        is_local = len(rows) >= FEW_PEOPLE
        view = index.view(works_in_reach(self.people, index, rows)) if is_local else index.whole
        space = _taken(index.spaces) if not is_local else None
        space, world = space or space_for(view), _taken(self._free_worlds) or self._another_world()
        size = min(len(rows), max(1, BRIDGES_AT_A_TIME // top))
        keys, ranks = np.empty((size, top), dtype=np.int64), np.empty((size, top), dtype=np.int32)
        counts = np.empty(size, dtype=np.int32)
        for at in range(0, len(rows), size):
            own = rows[at : at + size]
            search(world, view, space, own, keys, ranks, counts)
            is_there = np.arange(top) < counts[: len(own), None]
            into[own - first, :top] = np.where(is_there, index.by_rank[np.where(is_there, ranks[: len(own)], 0)], -1)
        self._free_worlds.append(world)
        if not is_local:
            index.spaces.append(space)

    def bridges(self, rows: I32, lists: I32) -> Bridges:
        """The bridges of these people to the openings of their lists (a row of `lists` each), with all columns."""
        row, column = np.nonzero(lists >= 0)
        return pairs(self, self.worlds[0], rows[row], lists[row, column], position=(column + 1).astype(np.int32))

    def blocks(self, top: int, progress: Progress | None = None) -> Iterator[Bridges]:
        """At most `top` bridges per person, nearest first, people in the order of the input."""
        width = max(1, min(top, len(self.index)))
        most, size = max(1, ENTRIES_AT_A_TIME // width), max(1, BRIDGES_AT_A_TIME // width)
        everybody = np.arange(len(self.people), dtype=np.int32)
        with self._workers() as each:
            for start in range(0, len(everybody), most):
                chosen = everybody[start : start + most]
                lists = np.empty((len(chosen), width), dtype=np.int32)
                fill = partial(self._fill, top=width, into=lists, first=start)
                list(each(fill, tasks_of(self.people, self.index.parameters, chosen)))
                for at in range(0, len(chosen), size):
                    rows = chosen[at : at + size]
                    yield self.bridges(rows, lists[at : at + size])
                    if progress:
                        progress(int(rows[-1]) + 1)


def _taken(spare: list[Any]) -> Any:
    """One of these, taken off the list; None when there is none. Threads may take at the same time."""
    try:
        return spare.pop()
    except IndexError:
        return None


def numbers_of_pairs(world: World, person: I32, opening: I32, only: int = ANY_ROUTE) -> I64:
    """The numbers of each pair's bridge over this route; KEY is NO_BRIDGE where there is none."""
    out = np.zeros((len(person), BRIDGE_COLUMNS), dtype=np.int64)
    bridges(world, person, opening, only, travel_space(1)[1], out)
    return out


def pairs(matcher: Matcher, world: World, person: I32, opening: I32, *, position: I32 | None) -> Bridges:
    """The smallest bridge of each pair; every pair has one."""
    numbers = numbers_of_pairs(world, person, opening)
    return with_lists(matcher, world, person, opening, numbers, position)


def with_lists(
    matcher: Matcher, world: World, person: I32, opening: I32, numbers: I64, position: I32 | None
) -> Bridges:
    """The bridges with their licences and skills."""
    openings = world.openings[opening]
    most_missing = int((openings["essential_end"] - openings["essential_start"]).sum())
    most_optional = int((openings["optional_end"] - openings["optional_start"]).sum())
    size = len(person)
    values = [
        np.zeros(most, dtype=np.int32) for most in (size * len(world.codes.licence_weeks), most_missing, most_optional)
    ]
    counts = [np.zeros(size, dtype=np.int32) for _ in values]
    flat: list[Any] = [part for pair in zip(values, counts, strict=True) for part in pair]
    lists_of_bridges(world, person, opening, *flat)
    lists = [Ragged(value[: int(count.sum())], count) for value, count in zip(values, counts, strict=True)]
    return Bridges(matcher.index, matcher.people, person, opening, numbers, position, *lists)


def matcher_of(
    people: People, openings: Openings | Index, parameters: Parameters, *, on: date, seed: int, threads: int | None
) -> Matcher:
    """People and openings made ready; an index that was made before is used as it is."""
    index = openings if isinstance(openings, Index) else build_index(openings, parameters, seed=seed)
    return Matcher(people, index, on, threads or cpu_count() or 1)


def match(
    people: People,
    openings: Openings | Index,
    parameters: Parameters,
    *,
    on: date,
    top: int = 50,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Bridges]:
    """The nearest openings of each person, in blocks of people in the order of the input."""
    if top < 1:
        raise InputError(f"The number of openings a person (top) is at least 1, not {top}.")
    matcher = matcher_of(people, openings, parameters, on=on, seed=seed, threads=threads)
    yield from matcher.blocks(top, progress)


def people_for(
    opening_id: str,
    people: People,
    openings: Openings | Index,
    parameters: Parameters,
    *,
    on: date,
    within_weeks: int = 4,
    within_steps: int = 2,
    seed: int = 0,
) -> tuple[Bridges, int]:
    """Everybody whose bridge to this opening is within the limits, by steps, then at random; and how many have none."""
    matcher = matcher_of(people, openings, parameters, on=on, seed=seed, threads=1)
    world = matcher.worlds[0]
    at = opening_at(matcher.index, opening_id)
    person = np.arange(len(people), dtype=np.int32)
    numbers = numbers_of_pairs(world, person, np.full(len(people), at, dtype=np.int32))
    found = numbers[:, KEY] != NO_BRIDGE
    person = person[found & (numbers[:, WEEKS] <= within_weeks) & (numbers[:, STEPS] <= within_steps)]
    texts = [f"{seed}|{opening_id}|{identity}" for identity in people.ids.take(person).to_pylist()]
    person = person[np.lexsort((person, tie_hashes(texts), numbers[person, STEPS]))]
    opening = np.full(len(person), at, dtype=np.int32)
    chosen = with_lists(matcher, world, person, opening, numbers[person], None)
    return chosen, int((~found).sum())


def opening_at(index: Index, opening_id: str) -> int:
    """Place of this opening in the kernel's order. InputError when there is no such opening."""
    row = index.openings.ids.index(opening_id).as_py()
    if row < 0:
        raise InputError(f"There is no opening {opening_id!r} among the openings.")
    return int(index.at_row[row])


def count(people: People, index: Index, *, on: date) -> tuple[I64, I64]:
    """Per person: openings with a bridge at all, and those that are described and need nothing before the start."""
    world = Matcher(people, index, on, 1).worlds[0]
    metres, minutes = travel_space(len(index.work_place))
    found, now = np.zeros(len(people), dtype=np.int64), np.zeros(len(people), dtype=np.int64)
    count_bridges(world, metres, minutes, np.zeros(BRIDGE_COLUMNS, dtype=np.int64), found, now)
    return found, now
