"""Values of one column for a run of rows, however the file wrote them: arrays, with null and unreadable rows marked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

IntArray = npt.NDArray[np.int64]
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
    """Lists of texts, end to end; a null or bad row has no values."""

    values: pa.StringArray
    lengths: IntArray
    null: BoolArray
    bad: BoolArray

    @property
    def owner(self) -> IntArray:
        """The row of each value."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def keep(self, rows: BoolArray) -> "Lists":
        """Only these rows."""
        values = self.values if rows.all() else self.values.filter(pa.array(np.repeat(rows, self.lengths)))
        return Lists(values, self.lengths[rows], self.null[rows], self.bad[rows])


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

    def encode(self, values: pa.StringArray) -> npt.NDArray[np.int32]:
        """The number of each text; new texts get the next one."""
        encoded = values.dictionary_encode()
        number_of = self.number_of
        numbers = [number_of.setdefault(word, len(number_of)) for word in encoded.dictionary.to_pylist()]
        if not numbers:
            return np.zeros(0, dtype=np.int32)
        found: npt.NDArray[np.int32] = np.array(numbers, dtype=np.int32)[encoded.indices.to_numpy(zero_copy_only=False)]
        return found


def code_numbers(values: pa.StringArray, codes: Sequence[str]) -> IntArray:
    """Place of each text among the codes, -1 for an unknown one."""
    found = pc.index_in(values, value_set=pa.array(codes, pa.string())).fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def masks(lists: Lists, codes: Sequence[str]) -> tuple[IntArray, BoolArray]:
    """Per row: the codes as bits, and whether one was unknown."""
    numbers = code_numbers(lists.values, codes)
    owner = lists.owner
    unknown = np.zeros(len(lists.lengths), dtype=np.bool_)
    unknown[owner[numbers < 0]] = True
    bits = np.zeros(len(lists.lengths), dtype=np.int64)
    np.bitwise_or.at(bits, owner[numbers >= 0], np.left_shift(1, numbers[numbers >= 0]))
    return bits, unknown
