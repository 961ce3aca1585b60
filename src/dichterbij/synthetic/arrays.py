"""From drawn numbers to Arrow columns."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from dichterbij.synthetic.draw import Bools, Ints

EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Pairs:
    """Row and code of every element of a list column, sorted by row, then code."""

    rows: Ints
    codes: Ints

    def where(self, keep: Bools) -> "Pairs":
        """Only the elements that `keep` names."""
        return Pairs(self.rows[keep], self.codes[keep])


@dataclass(frozen=True)
class Ragged:
    """Lists of codes, one after the other: those of list `i` are `codes[starts[i]:starts[i + 1]]`."""

    starts: Ints
    codes: Ints

    def take(self, lists: Ints) -> Pairs:
        """The elements of each of `lists`; -1 has none. Row is the position in `lists`."""
        known = np.where(lists < 0, 0, lists)
        counts = np.where(lists < 0, 0, self.starts[known + 1] - self.starts[known])
        rows = np.repeat(np.arange(len(lists)), counts)
        first = np.cumsum(counts) - counts
        return Pairs(rows, self.codes[np.repeat(self.starts[known] - first, counts) + np.arange(len(rows))])


def pairs_of(mask: Bools) -> Pairs:
    """The true cells of a rows x codes table."""
    rows, codes = np.nonzero(mask)
    return Pairs(rows.astype(np.int64), codes.astype(np.int64))


def distinct(pairs: Pairs, codes: int) -> Pairs:
    """Every element once, in order; `codes` is above the largest code."""
    keys = np.unique(pairs.rows * codes + pairs.codes)
    return Pairs(keys // codes, keys % codes)


def list_column(pairs: Pairs, vocabulary: pa.Array, rows: int, *, null: Bools | None = None) -> pa.ListArray:
    """A list of strings per row, dictionary-encoded; null where `null` says so."""
    if null is not None:
        pairs = pairs.where(~null[pairs.rows])
    offsets = np.concatenate([[0], np.cumsum(np.bincount(pairs.rows, minlength=rows))])
    values = pa.DictionaryArray.from_arrays(pa.array(pairs.codes, pa.int32()), vocabulary)
    mask = None if null is None else pa.array(null)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values, mask=mask)


def int_column(values: Ints, *, null: Bools | None = None) -> pa.Array:
    """Whole numbers of 32 bits, null where `null` says so."""
    return pa.array(values.astype(np.int32), pa.int32(), mask=null)


def date_column(days: Ints, *, null: Bools) -> pa.Array:
    """Dates from days since 1970."""
    return int_column(days, null=null).cast(pa.date32())


def word_column(codes: Ints, vocabulary: pa.Array) -> pa.Array:
    """A word per row, dictionary-encoded."""
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), vocabulary)


def optional_ints(values: list[int | None]) -> tuple[Ints, Bools]:
    """A parameter list that may hold null as numbers (0 where null) and a mask of the nulls."""
    return np.array([value or 0 for value in values], np.int64), np.array([value is None for value in values])
