"""What is within reach of one visitor, as arrays: filtered, in blocks and in order; objects only of what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from dichterbij.domains.matching.queries import Bridge, Reached
from dichterbij.engine.arrays import DIRECT, I8, I32, I64, LEARN_WORK, NO_BRIDGE, OPEN_HIRING, ROUTES, TO_ASK
from dichterbij.engine.parameters import AGREEMENTS
from dichterbij.engine.person.within import BETWEEN_BITS
from dichterbij.web.near import learning
from dichterbij.web.near.answers import Filters
from dichterbij.web.near.learning import LEARNING_PLACE
from dichterbij.web.near.reach import DECIDES, MAY_BE_A_STEP, Block, Near

Bools = npt.NDArray[np.bool_]
BLOCKS = tuple(Block)
NOW, MAYBE, ONE, MORE, ASK, UNDESCRIBED = range(len(BLOCKS))
ASKED_BITS = (1 << BETWEEN_BITS) - 1


def _bits(codes: frozenset[str]) -> int:
    return sum(1 << bit for bit, code in enumerate(TO_ASK) if code in codes)


DECIDES_BITS, MAY_BE_BITS = _bits(DECIDES), _bits(MAY_BE_A_STEP)


@dataclass(frozen=True)
class Kinds:
    """What kind of work each opening is, in the order of the index: a code of `words.SECTORS`, and of the group."""

    sector: I8
    group: I8


@dataclass(frozen=True)
class Found:
    """The openings within reach, a row each, with the distance over each route as the pages name them.

    `keys` and `told` are those of `Within`, but a learning place is learned in: see `learning`.
    """

    reached: Reached
    kinds: Kinds
    on: date
    keys: I64
    told: I32
    is_learning_place: Bools

    @classmethod
    def of(cls, reached: Reached, kinds: Kinds, on: date) -> "Found":
        """What was reached, in the routes of the pages."""
        within = reached.within
        is_place = reached.index.records["agreement"][within.place] == AGREEMENTS.index(LEARNING_PLACE)
        keys, told = _as_learning(within.keys, within.told, is_place) if is_place.any() else (within.keys, within.told)
        return cls(reached, kinds, on, keys, told, is_place)

    def __len__(self) -> int:
        return len(self.reached)

    def kept(self, filters: Filters) -> "Kept":
        """Those that the filters leave; the way of a chosen route comes first."""
        fits = self._fits(filters)
        if filters.route is None:
            rows = np.flatnonzero(fits).astype(np.int32)
            return Kept(self, rows, self.keys[:, rows].argmin(axis=0).astype(np.int8), None)
        number = ROUTES.index(filters.route)
        rows = np.flatnonzero(fits & (self.keys[number] != NO_BRIDGE)).astype(np.int32)
        return Kept(self, rows, np.full(len(rows), number, dtype=np.int8), filters.route)

    def counts(self, filters: Filters) -> tuple[int, dict[str, int]]:
        """How many the filters leave whatever the route, and over each route."""
        fits = self._fits(filters)
        over = {route: int((fits & (keys != NO_BRIDGE)).sum()) for route, keys in zip(ROUTES, self.keys, strict=True)}
        return int(fits.sum()), over

    def sides(self, filters: Filters, top: int) -> "tuple[Side, ...]":
        """The routes side by side: of each how many there are, exactly, and the nearest `top` over that route."""
        return tuple(self._side(replace(filters, route=route), number, top) for number, route in enumerate(ROUTES))

    def _side(self, filters: Filters, number: int, top: int) -> "Side":
        kept = self.kept(filters)
        rows = self.reached.nearest(self.keys[number][kept.rows], top, rows=kept.rows)
        return Side(ROUTES[number], len(kept), tuple(kept.nears(rows)))

    def _fits(self, filters: Filters) -> Bools:
        records, place, fits = self.reached.index.records, self.reached.within.place, np.ones(len(self), dtype=np.bool_)
        if filters.minutes is not None:
            fits &= self.reached.within.minutes <= filters.minutes
        if filters.hours_min is not None:
            fits &= records["hours_max"][place] >= filters.hours_min
        if filters.hours_max is not None:
            fits &= records["hours_min"][place] <= filters.hours_max
        for code, kinds in ((filters.sector, self.kinds.sector), (filters.group, self.kinds.group)):
            if code is not None:
                fits &= kinds[place] == ord(code)
        return fits


def _as_learning(keys: I64, told: I32, is_place: Bools) -> tuple[I64, I32]:
    """Of a learning place the shorter of the plain and the learning way is the way to learn; the other is left out."""
    keys, told = keys.copy(), told.copy()
    rows = np.flatnonzero(is_place & (keys[DIRECT] <= keys[LEARN_WORK]))
    keys[LEARN_WORK, rows], told[LEARN_WORK, rows] = keys[DIRECT, rows], told[DIRECT, rows]
    keys[DIRECT, is_place] = NO_BRIDGE
    return keys, told


@dataclass(frozen=True)
class Side:
    """One route: how many openings have it, and the nearest over it, the way of this route first."""

    route: str
    count: int
    nears: tuple[Near, ...]


@dataclass(frozen=True)
class Kept:
    """What filters left: rows of what was found, in the order of the index, and the route of the way shown of each."""

    found: Found
    rows: I32
    ways: I8
    route: str | None

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def pc4(self) -> I64:
        """The postcode area of each, in ascending runs."""
        index = self.found.reached.index
        place = index.records["place"][self.found.reached.within.place[self.rows]]
        return cast(I64, index.parameters.places.pc4[place])

    @cached_property
    def blocks(self) -> I8:
        """Where each stands in the list, as a place in BLOCKS: `reach.block_of` for all at once."""
        keys, told = self.found.keys[self.ways, self.rows], self.found.told[self.ways, self.rows]
        within, asked = self.found.reached.within, told & ASKED_BITS
        between = (told >> BETWEEN_BITS) + ((self.ways == OPEN_HIRING) & within.has_weeks(keys))
        blocks: I8 = (np.minimum(between, 2) + MAYBE).astype(np.int8)
        blocks[(between == 0) & (asked & MAY_BE_BITS == 0)] = NOW
        blocks[asked & DECIDES_BITS != 0] = ASK
        blocks[within.is_undescribed(keys)] = UNDESCRIBED
        return blocks

    def only(self, which: Bools) -> "Kept":
        """These of them."""
        return replace(self, rows=self.rows[which], ways=self.ways[which])

    def nearest(self, top: int, skip: int = 0, block: Block | None = None) -> list[Near]:
        """The nearest after the first `skip`, of one block or of all, by the shortest way there is."""
        return self.nears(self.nearest_rows(top, skip, block))

    def nearest_rows(self, top: int, skip: int = 0, block: Block | None = None) -> I32:
        """The same as rows."""
        rows = self.rows if block is None else self.rows[self.blocks == BLOCKS.index(block)]
        reached = self.found.reached
        return reached.nearest(reached.smallest[rows], top, skip, rows)

    def nears(self, rows: I32) -> list[Near]:
        """These rows as the pages show them."""
        found = zip(self.found.reached.bridges(rows), self.found.is_learning_place[rows].tolist(), strict=True)
        return [Near(ways[0].opening_id, _chosen(_named(ways, is_place), self.route)) for ways, is_place in found]

    def by_area(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The postcode areas, how many openings each has, and how many minutes it is to there."""
        first = np.flatnonzero(np.diff(self.pc4, prepend=-1))
        counts = np.diff(first, append=len(self))
        minutes = self.found.reached.within.minutes[self.rows[first]]
        return self.pc4[first].tolist(), counts.tolist(), minutes.tolist()


def _named(ways: tuple[Bridge, ...], is_learning_place: bool) -> tuple[Bridge, ...]:
    return learning.ways(ways) if is_learning_place else ways


def _chosen(ways: tuple[Bridge, ...], route: str | None) -> tuple[Bridge, ...]:
    """The ways with that of the chosen route first."""
    return tuple(sorted(ways, key=lambda way: way.route != route)) if route else ways
