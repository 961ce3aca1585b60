"""Values of one column for a run of rows, however the file wrote them: arrays, with null and unreadable rows marked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

IntArray = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Numbers:
    """Whole numbers, flags (0 and 1) or days since 1970. Null and bad rows hold 0."""

    values: IntArray
    null: BoolArray
    bad: BoolArray

    def filled(self, default: int) -> IntArray:
        """The values with `default` where there is none."""
        return np.where(self.null, default, self.values)

    def keep(self, rows: BoolArray) -> "Numbers":
        """Only these rows."""
        return Numbers(self.values[rows], self.null[rows], self.bad[rows])


@dataclass(frozen=True)
class Texts:
    """Texts; null and bad rows hold null."""

    values: pa.StringArray
    bad: BoolArray

    def keep(self, rows: BoolArray) -> "Texts":
        """Only these rows."""
        return Texts(self.values.filter(pa.array(rows)), self.bad[rows])


@dataclass(frozen=True)
class Lists:
    """Lists of texts, end to end, as places in `words`, which may hold a text twice; a null or bad row has none."""

    at: Places
    words: pa.StringArray
    lengths: IntArray
    null: BoolArray
    bad: BoolArray

    @property
    def owner(self) -> IntArray:
        """The row of each text."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def keep(self, rows: BoolArray) -> "Lists":
        """Only these rows."""
        at = self.at if rows.all() else self.at[np.repeat(rows, self.lengths)]
        return Lists(at, self.words, self.lengths[rows], self.null[rows], self.bad[rows])


@dataclass(frozen=True)
class Tasks:
    """Lists of tasks, end to end; a null or bad row has none. `hours` and `level_min` have a row per task."""

    lengths: IntArray
    null: BoolArray
    bad: BoolArray
    hours: Numbers
    essential: Lists
    demands: Lists
    dayparts: Lists
    level_min: Numbers

    @property
    def owner(self) -> IntArray:
        """The row of each task."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def keep(self, rows: BoolArray) -> "Tasks":
        """Only these rows."""
        tasks = np.repeat(rows, self.lengths)
        return Tasks(
            self.lengths[rows],
            self.null[rows],
            self.bad[rows],
            self.hours.keep(tasks),
            self.essential.keep(tasks),
            self.demands.keep(tasks),
            self.dayparts.keep(tasks),
            self.level_min.keep(tasks),
        )


Vector = Numbers | Texts | Lists | Tasks


class Vocabulary:
    """Texts to whole numbers from 0, in order of first appearance."""

    def __init__(self) -> None:
        self.number_of: dict[str, int] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """The texts by number."""
        return tuple(self.number_of)

    def encode(self, lists: Lists) -> Places:
        """The number of each text of the lists; new texts get the next one."""
        used = np.flatnonzero(np.bincount(lists.at, minlength=len(lists.words)))
        texts = (
            lists.words.take(pa.array(used)).to_pylist() if len(used) < len(lists.words) else lists.words.to_pylist()
        )
        known = np.array([self.number_of.get(text, -1) for text in texts], dtype=np.int32)
        number = np.full(len(lists.words) + 1, -1, dtype=np.int32)
        number[used] = known
        numbers: Places = number[lists.at]
        if (known < 0).any():
            self._learn(lists, number, numbers)
            numbers = number[lists.at]
        return numbers

    def _learn(self, lists: Lists, number: Places, numbers: Places) -> None:
        """Give the texts without a number the next ones."""
        new, first = np.unique(lists.at[numbers < 0], return_index=True)
        new = new[np.argsort(first)]
        for place, text in zip(new.tolist(), lists.words.take(pa.array(new)).to_pylist(), strict=True):
            number[place] = self.number_of.setdefault(text, len(self.number_of))


def code_numbers(values: pa.StringArray, codes: Sequence[str]) -> IntArray:
    """Place of each text among the codes, -1 for an unknown one."""
    found = pc.index_in(values, value_set=pa.array(codes, pa.string())).fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def masks(lists: Lists, codes: Sequence[str]) -> tuple[IntArray, BoolArray]:
    """Per row: the codes as bits, and whether one was unknown."""
    numbers = code_numbers(lists.words, codes)
    of_word = np.where(numbers < 0, 0, np.left_shift(1, np.maximum(numbers, 0)))
    bits, unknown = np.zeros(len(lists.lengths), dtype=np.int64), np.zeros(len(lists.lengths), dtype=np.bool_)
    rows = np.flatnonzero(lists.lengths)
    if len(rows):
        start = np.cumsum(lists.lengths[rows]) - lists.lengths[rows]
        bits[rows] = np.bitwise_or.reduceat(of_word[lists.at], start)
        if (numbers < 0).any():
            unknown[rows] = np.logical_or.reduceat((numbers < 0)[lists.at], start)
    return bits, unknown
