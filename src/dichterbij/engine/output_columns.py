"""The columns of the output, as row groups of Parquet made straight from the lists: the contract's, and the compact."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from queue import SimpleQueue
from typing import NamedTuple, Protocol

import numpy as np

from dichterbij.engine.arrays import (
    AGREED,
    ASK,
    BRIDGE_COLUMNS,
    I32,
    I64,
    KEY,
    LEARNING,
    MINUTES,
    MODE,
    NO_BRIDGE,
    ROUTE,
    ROUTES,
    STEPS,
    TO_ASK,
    UNDESCRIBED,
    WEEKS,
    World,
)
from dichterbij.engine.licences import licence_words
from dichterbij.engine.listed import BITS, Found, Space, StepBits, bridges_of_lists, room_for_skills, space_for
from dichterbij.engine.matching import Matcher
from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.engine.parquet_file import (
    Chunk,
    Column,
    Group,
    Kind,
    Words,
    flag_chunk,
    number_chunk,
    text_chunk,
    texts_chunk,
)
from dichterbij.engine.parquet_pages import bits_of, gathered, renumbered
from dichterbij.engine.results import FLAG_STEPS, step_words
from dichterbij.engine.stretches import stretches

ROWS_AT_A_TIME = 250_000  # rows of a row group: about 60 MB of work space a thread


class Layout(Protocol):
    """Which columns a file has, and how they are made."""

    @property
    def columns(self) -> Sequence[Column]:
        """Names and kinds, in order."""

    def chunks(self, block: "Block") -> Iterator[Chunk]:
        """The columns of a block, in order."""


@dataclass(frozen=True)
class Listed:
    """People, openings and all that the columns are made of; shared by all threads."""

    matcher: Matcher

    @cached_property
    def person_ids(self) -> Words:
        """Ids of people, by row."""
        return Words.of(self.matcher.people.ids)

    @cached_property
    def opening_ids(self) -> Words:
        """Ids of openings, by row."""
        return Words.of(self.matcher.index.openings.ids)

    @cached_property
    def skills(self) -> Words:
        """Skills, in alphabetical order."""
        return Words.of(self.matcher.index.skills)

    @cached_property
    def step_words(self) -> tuple[str, ...]:
        """Every step there can be, in alphabetical order."""
        return step_words(self.matcher.index.parameters)

    @cached_property
    def words(self) -> dict[str, Words]:
        """The words of the columns that have few."""
        return {
            "route": Words.of(ROUTES),
            "mode": Words.of(MODES),
            "step_codes": Words.of(self.step_words),
            "to_ask": Words.of(TO_ASK),
        }

    @cached_property
    def bits(self) -> StepBits:
        """Which bit is which step."""
        parameters, bit = self.matcher.index.parameters, {word: at for at, word in enumerate(self.step_words)}

        def numbers(words: Sequence[str]) -> I32:
            return np.array([bit[word] for word in words], dtype=np.int32)

        return StepBits(
            flag=numbers(tuple(FLAG_STEPS.values())),
            adaptation=numbers([f"adaptation:{code}" for code in parameters.adaptable]),
            licence=numbers([f"licence:{code}" for code in licence_words(parameters)]),
        )

    @cached_property
    def work_of(self) -> I32:
        """The work place of each opening."""
        counts = np.diff(self.matcher.index.place_start)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


class Tools(NamedTuple):
    """What one thread needs for itself."""

    world: World
    space: Space
    of_opening: I32  # zeros, one per opening
    of_skill: I32  # zeros, one per skill


@dataclass(frozen=True)
class Block:
    """The bridges of some people on end, as columns."""

    listed: Listed
    tools: Tools
    rows: I32
    lists: I32

    @cached_property
    def counts(self) -> I32:
        """Bridges of each person."""
        counts: I32 = (self.lists >= 0).sum(axis=1, dtype=np.int32)
        return counts

    @cached_property
    def person(self) -> I32:
        """Each bridge's person, as a place in `rows`."""
        return np.repeat(np.arange(len(self.rows), dtype=np.int32), self.counts)

    @cached_property
    def position(self) -> I32:
        """Each bridge's place in the list, from 1."""
        return (np.nonzero(self.lists >= 0)[1] + 1).astype(np.int32)

    @cached_property
    def opening(self) -> I32:
        """Each bridge's row of the table of openings."""
        opening: I32 = self.listed.matcher.index.row_of[self.lists[self.lists >= 0]]
        return opening

    @cached_property
    def found(self) -> Found:
        """All numbers, steps and skills. RuntimeError for a pair in the lists that has no bridge."""
        tools, size = self.tools, len(self.person)
        missing, optional = room_for_skills(tools.world.openings, self.lists)
        found = Found(
            numbers=np.empty((BRIDGE_COLUMNS, size), dtype=np.int64),
            steps=np.zeros((step_columns(self.listed.matcher.index.parameters), size), dtype=np.int64),
            missing=np.empty(missing, dtype=np.int32),
            missing_start=np.empty(size, dtype=np.int64),
            missing_count=np.zeros(size, dtype=np.int32),
            optional=np.empty(optional, dtype=np.int32),
            optional_start=np.empty(size, dtype=np.int64),
            optional_count=np.zeros(size, dtype=np.int32),
        )
        first = np.cumsum(self.counts, dtype=np.int64) - self.counts
        order = np.argsort(tools.world.people["place"][self.rows], kind="stable").astype(np.int32)
        bridge = np.zeros(BRIDGE_COLUMNS, dtype=np.int64)
        bridges_of_lists(
            tools.world, self.rows, order, self.lists, first, self.listed.work_of, tools.space, self.listed.bits,
            bridge, found,
        )  # fmt: skip
        if (found.numbers[KEY] == NO_BRIDGE).any():
            raise RuntimeError("A list names an opening that is not within reach of its person.")
        return found

    def numbers(self, column: int) -> I64:
        """One of the numbers of each bridge."""
        numbers: I64 = self.found.numbers[column]
        return numbers

    def person_ids(self) -> Chunk:
        """Who."""
        return text_chunk(self.person, self.listed.person_ids, self.rows)

    def opening_ids(self) -> Chunk:
        """Which opening."""
        return _text(self.opening.copy(), self.listed.opening_ids, self.tools.of_opening)

    def text(self, name: str, column: int) -> Chunk:
        """A number of each bridge as the word it stands for."""
        words = self.listed.words[name]
        return _text(self.numbers(column).astype(np.int32), words, _zeros(words))

    def of_bits(self, name: str, sets: I64) -> Chunk:
        """Sets of bits as lists of the words they stand for; `sets` is [column, bridge]."""
        values = np.empty(int(np.bitwise_count(sets).sum()), dtype=np.int32)
        counts = np.empty(sets.shape[1], dtype=np.int32)
        bits_of(sets, values, counts)
        words = self.listed.words[name]
        return _texts(counts, values, words, _zeros(words))

    def of_skills(self, start: I64, counts: I32, values: I32) -> Chunk:
        """Lists of skills."""
        own = np.empty(int(counts.sum(dtype=np.int64)), dtype=np.int32)
        gathered(start, counts, values, own)
        return _texts(counts, own, self.listed.skills, self.tools.of_skill)


def step_columns(parameters: Parameters) -> int:
    """Columns of bits that hold all steps."""
    return max(1, -(-len(step_words(parameters)) // BITS))


def _zeros(words: Words) -> I32:
    return np.zeros(len(words.offsets) - 1, dtype=np.int32)


def _text(values: I32, words: Words, space: I32) -> Chunk:
    chosen = np.empty(min(len(values), len(space)), dtype=np.int32)
    return text_chunk(values, words, chosen[: renumbered(values, space, chosen)])


def _texts(counts: I32, values: I32, words: Words, space: I32) -> Chunk:
    chosen = np.empty(min(len(values), len(space)), dtype=np.int32)
    return texts_chunk(counts, values, words, chosen[: renumbered(values, space, chosen)])


class Contract:
    """The columns of the contract, in words."""

    columns = tuple(
        Column(name, kind)
        for name, kind in {
            "person_id": Kind.TEXT,
            "position": Kind.INT64,
            "opening_id": Kind.TEXT,
            "route": Kind.TEXT,
            "undescribed": Kind.FLAG,
            "weeks_to_start": Kind.INT64,
            "steps": Kind.INT64,
            "weeks_learning": Kind.INT64,
            "travel_minutes": Kind.INT64,
            "mode": Kind.TEXT,
            "step_codes": Kind.TEXTS,
            "agreed_hours": Kind.INT64,
            "missing": Kind.TEXTS,
            "optional_held": Kind.TEXTS,
            "to_ask": Kind.TEXTS,
        }.items()
    )

    def chunks(self, block: Block) -> Iterator[Chunk]:
        """The columns of a block, in order."""
        found = block.found
        yield block.person_ids()
        yield number_chunk(block.position, Kind.INT64)
        yield block.opening_ids()
        yield block.text("route", ROUTE)
        yield flag_chunk(block.numbers(UNDESCRIBED) == 1)
        for column in (WEEKS, STEPS, LEARNING, MINUTES):
            yield number_chunk(block.numbers(column), Kind.INT64)
        yield block.text("mode", MODE)
        yield block.of_bits("step_codes", found.steps)
        yield number_chunk(block.numbers(AGREED), Kind.INT64)
        yield block.of_skills(found.missing_start, found.missing_count, found.missing)
        yield block.of_skills(found.optional_start, found.optional_count, found.optional)
        yield block.of_bits("to_ask", found.numbers[ASK : ASK + 1])


class Compact:
    """Ids and numbers; words as their place in a list of words, sets of words as bits, skills left out."""

    def __init__(self, step_columns: int) -> None:
        more = {f"step_codes_{number}": Kind.INT64 for number in range(2, step_columns + 1)}
        kinds = {
            "person_id": Kind.TEXT,
            "position": Kind.INT32,
            "opening_id": Kind.TEXT,
            "route": Kind.INT8,
            "undescribed": Kind.FLAG,
            "weeks_to_start": Kind.INT64,
            "steps": Kind.INT64,
            "weeks_learning": Kind.INT64,
            "travel_minutes": Kind.INT16,
            "mode": Kind.INT8,
            "step_codes": Kind.INT64,
            **more,
            "agreed_hours": Kind.INT16,
            "to_ask": Kind.INT16,
        }
        self.columns = tuple(Column(name, kind) for name, kind in kinds.items())
        self.numbers = {
            "weeks_to_start": WEEKS, "steps": STEPS, "weeks_learning": LEARNING, "travel_minutes": MINUTES,
            "route": ROUTE, "mode": MODE, "agreed_hours": AGREED, "to_ask": ASK,
        }  # fmt: skip

    def chunks(self, block: Block) -> Iterator[Chunk]:
        """The columns of a block, in order."""
        steps = iter(block.found.steps)
        for name, kind in ((column.name, column.kind) for column in self.columns):
            if name == "person_id":
                yield block.person_ids()
            elif name == "opening_id":
                yield block.opening_ids()
            elif name == "position":
                yield number_chunk(block.position, kind)
            elif name == "undescribed":
                yield flag_chunk(block.numbers(UNDESCRIBED) == 1)
            else:
                yield number_chunk(block.numbers(self.numbers[name]) if name in self.numbers else next(steps), kind)


class Passed(NamedTuple):
    """What is counted of some people on end: up to which row, who has a bridge, and of each bridge where it leads."""

    until: int
    people: int
    opening: I32  # rows of the table of openings
    route: I64
    position: I32


class Made(NamedTuple):
    """A row group, and what is counted in it."""

    group: Group
    passed: Passed


def groups_of(
    matcher: Matcher, lists: I32, layout: Layout, forget: Callable[[], None] = lambda: None
) -> Iterator[Made]:
    """The bridges of all lists as row groups, people in the order of the input; as many at a time as there are threads.

    `forget` is called now and then, when lists that were used need not stay in memory.
    """
    listed, tools = Listed(matcher), SimpleQueue[Tools]()
    for world in matcher.worlds:
        spaces = np.zeros(len(matcher.index), dtype=np.int32), np.zeros(len(matcher.index.skills), dtype=np.int32)
        tools.put(Tools(world, space_for(world, len(MODES), step_columns(matcher.index.parameters)), *spaces))
    listed.words, listed.person_ids, listed.opening_ids, listed.skills, listed.bits, listed.work_of  # noqa: B018 - once

    def made(start: int, end: int) -> Made:
        own = tools.get()
        try:
            part = np.ascontiguousarray(lists[start:end])
            block = Block(listed, own, np.arange(start, end, dtype=np.int32), part)
            group = Group(len(block.person), tuple(layout.chunks(block)))
            people = int((block.counts > 0).sum())
            route = block.numbers(ROUTE).copy()  # the other numbers may go
            return Made(group, Passed(end, people, block.opening, route, block.position))
        finally:
            tools.put(own)

    with ThreadPoolExecutor(matcher.threads) as pool:
        under_way: deque[Future[Made]] = deque()
        try:
            for start, end in stretches(matcher.index, lists, ROWS_AT_A_TIME):
                under_way.append(pool.submit(made, start, end))
                if len(under_way) > matcher.threads:
                    yield under_way.popleft().result()
                    forget()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for waiting in under_way:
                waiting.cancel()
