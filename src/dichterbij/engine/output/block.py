"""The bridges of some people on end, worked out and handed out column by column."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from dichterbij.engine.arrays import (
    BRIDGE_COLUMNS,
    I32,
    I64,
    KEY,
    NO_BRIDGE,
    ROUTES,
    TO_ASK,
    World,
)
from dichterbij.engine.licences import licence_words
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.bridges import BITS, Found, Space, StepBits, bridges_of_lists, room_for_skills
from dichterbij.engine.output.gathering import bits_of, gathered, renumbered
from dichterbij.engine.output.results import FLAG_STEPS, step_words
from dichterbij.engine.parameters import MODES, Parameters


@dataclass(frozen=True)
class Listed:
    """People, openings and all that the columns are made of; shared by all threads."""

    matcher: Matcher

    @cached_property
    def skills(self) -> pa.StringArray:
        """Skills, in alphabetical order."""
        return pa.array(self.matcher.index.skills, pa.string())

    @cached_property
    def step_words(self) -> tuple[str, ...]:
        """Every step there can be, in alphabetical order."""
        return step_words(self.matcher.index.parameters)

    @cached_property
    def words(self) -> dict[str, pa.StringArray]:
        """The words of the columns that have few."""
        words = {"route": ROUTES, "mode": MODES, "step_codes": self.step_words, "to_ask": TO_ASK}
        return {name: pa.array(own, pa.string()) for name, own in words.items()}

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

    def person_ids(self) -> pa.DictionaryArray:
        """Who."""
        return _words(self.person, self.listed.matcher.people.ids, self.rows)

    def opening_ids(self) -> pa.DictionaryArray:
        """Which opening."""
        return _text(self.opening.copy(), self.listed.matcher.index.openings.ids, self.tools.of_opening)

    def text(self, name: str, column: int) -> pa.DictionaryArray:
        """A number of each bridge as the word it stands for."""
        words = self.listed.words[name]
        return _text(self.numbers(column).astype(np.int32), words, _zeros(words))

    def of_bits(self, name: str, sets: I64) -> pa.ListArray:
        """Sets of bits as lists of the words they stand for; `sets` is [column, bridge]."""
        values = np.empty(int(np.bitwise_count(sets).sum()), dtype=np.int32)
        counts = np.empty(sets.shape[1], dtype=np.int32)
        bits_of(sets, values, counts)
        words = self.listed.words[name]
        return _texts(counts, values, words, _zeros(words))

    def of_skills(self, start: I64, counts: I32, values: I32) -> pa.ListArray:
        """Lists of skills."""
        own = np.empty(int(counts.sum(dtype=np.int64)), dtype=np.int32)
        gathered(start, counts, values, own)
        return _texts(counts, own, self.listed.skills, self.tools.of_skill)


def step_columns(parameters: Parameters) -> int:
    """Columns of bits that hold all steps."""
    return max(1, -(-len(step_words(parameters)) // BITS))


def _zeros(words: pa.StringArray) -> I32:
    return np.zeros(len(words), dtype=np.int32)


def _text(values: I32, words: pa.StringArray, space: I32) -> pa.DictionaryArray:
    """The word of each value; the values are numbered anew in place, by the few that there are."""
    chosen = np.empty(min(len(values), len(space)), dtype=np.int32)
    return _words(values, words, chosen[: renumbered(values, space, chosen)])


def _texts(counts: I32, values: I32, words: pa.StringArray, space: I32) -> pa.ListArray:
    """Lists of words, so many a row."""
    ends = np.cumsum(np.concatenate([[0], counts]), dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), _text(values, words, space))


def _words(places: I32, words: pa.StringArray, chosen: I32) -> pa.DictionaryArray:
    """Texts: places in `chosen`, which are places in `words`."""
    return pa.DictionaryArray.from_arrays(pa.array(places), words.take(pa.array(chosen)))
