"""Draws that are the same everywhere: whole numbers from PCG64's raw stream, which NumPy promises never to change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Choices:
    """One weighted choice per row: `cumulative[row]` rises to the row's total, padded with it."""

    cumulative: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Choices":
        """From weights per row, rows of any length; a total is at least 1 and below 2^32."""
        width = max(len(row) for row in rows)
        padded = [[*row, *[0] * (width - len(row))] for row in rows]
        return cls(np.cumsum(np.array(padded, np.int64), axis=1))


class Draw:
    """A stream of draws named by whole numbers >= 0: the same key gives the same draws."""

    def __init__(self, *key: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(key))

    def below(self, limit: int | Ints, count: int) -> Ints:
        """`count` whole numbers from 0 to below `limit` (one for all, or one each; at most 2^31)."""
        high = (self._bits.random_raw(count) >> np.uint64(32)).astype(np.int64)
        drawn: Ints = (high * np.asarray(limit, np.int64)) >> 32
        return drawn

    def chance(self, permille: int | Ints, count: int) -> Bools:
        """True with `permille` in 1000."""
        return self.below(1000, count) < permille

    def choose(self, weights: Sequence[int], count: int) -> Ints:
        """Positions in `weights`."""
        cumulative = np.cumsum(np.array(weights, np.int64))
        drawn = self.below(int(cumulative[-1]), count)
        return np.searchsorted(cumulative, drawn, side="right").astype(np.int64)

    def among(self, choices: Choices, rows: Ints) -> Ints:
        """For each of `rows` a position in that row's weights."""
        cumulative = choices.cumulative[rows]
        drawn = self.below(cumulative[:, -1], len(rows))
        found: Ints = (cumulative <= drawn[:, None]).sum(axis=1).astype(np.int64)
        return found

    def chances(self, permille: Ints, rows: Ints) -> Bools:
        """For each of `rows` one yes or no per column of `permille` (rows x columns, in 1000)."""
        columns = permille.shape[1]
        return self.below(1000, len(rows) * columns).reshape(len(rows), columns) < permille[rows]
