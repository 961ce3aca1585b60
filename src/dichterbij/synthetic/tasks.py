"""Tasks of openings that can be carved: they divide the opening's hours, skills, demands and dayparts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from dichterbij.synthetic.arrays import Pairs, int_column, list_column
from dichterbij.synthetic.draw import Bools, Draw, Ints


@dataclass(frozen=True)
class Parts:
    """What an opening asks, to be divided."""

    essential: Pairs
    demands: Pairs
    dayparts: Pairs


@dataclass(frozen=True)
class _Division:
    """Tasks numbered through: those of opening `i` are `first[i]` to below `first[i] + count[i]`."""

    first: Ints
    count: Ints
    total: int

    def assign(self, draw: Draw, pairs: Pairs, named: int) -> Pairs:
        """Each element to one task of its opening, or (sometimes) to none: then it belongs to all of them."""
        pairs = pairs.where((self.count[pairs.rows] > 0) & draw.chance(named, len(pairs.rows)))
        task = self.first[pairs.rows] + draw.below(self.count[pairs.rows], len(pairs.rows))
        order = np.lexsort((pairs.codes, task))
        return Pairs(task[order], pairs.codes[order])


def _hours(draw: Draw, division: _Division, opening: Ints, hours_max: Ints, spread: int) -> Ints:
    """Tenths of an hour a week: one hour each, the rest by drawn shares; never above 10 x hours_max together."""
    share = 1 + draw.below(spread, division.total)
    shares = np.bincount(opening, share, len(hours_max)).astype(np.int64)
    rest = 10 * hours_max - 10 * division.count
    return 10 + rest[opening] * share // shares[opening]


def _several(pairs: Pairs, rows: int) -> Pairs:
    """Only elements of openings that ask more than one: a single daypart belongs to every task."""
    return pairs.where(np.bincount(pairs.rows, minlength=rows)[pairs.rows] > 1)


def task_column(
    draw: Draw,
    rules: Mapping[str, Any],
    carvable: Bools,
    hours_max: Ints,
    level: Ints,
    parts: Parts,
    words: tuple[pa.Array, pa.Array, pa.Array],
) -> pa.Array:
    """list<struct> per opening, empty when not carvable; `level` 0 is none, `words` name skills, demands, dayparts."""
    rows = len(carvable)
    choice = draw.choose([weight for weight, _ in rules["tasks"]], rows)
    wanted = np.array([number for _, number in rules["tasks"]], np.int64)[choice]
    count = np.where(carvable, np.minimum(wanted, hours_max // 2), 0)
    division = _Division(np.cumsum(count) - count, count, int(count.sum()))
    opening = np.repeat(np.arange(rows), count)
    columns = [
        list_column(division.assign(draw, pairs, rules["named"]), vocabulary, division.total)
        for pairs, vocabulary in zip(
            (parts.essential, parts.demands, _several(parts.dayparts, rows)), words, strict=True
        )
    ]
    lower = draw.chance(rules["level_lower"], division.total) & (level[opening] > 1)
    hours = int_column(_hours(draw, division, opening, hours_max, rules["share_spread"]))
    values = pa.StructArray.from_arrays(
        [hours, *columns, int_column(level[opening] - 1, null=~lower)],
        names=["hours", "essential", "demands", "dayparts", "level_min"],
    )
    return pa.ListArray.from_arrays(pa.array(np.concatenate([[0], np.cumsum(count)]), pa.int32()), values)
