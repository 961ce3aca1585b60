"""Stored lists of the nearest openings that follow every opening added, changed or closed, and stay what a full run
would give (docs/concepts/changes.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dichterbij.engine.arrays import I32, I64, NO_BRIDGE
from dichterbij.engine.changes.live import Live
from dichterbij.engine.changes.people import Crowd
from dichterbij.engine.changes.scan import enter, entry_places, leave, limits, nearest_again
from dichterbij.engine.index import Index
from dichterbij.engine.matching import Matcher
from dichterbij.engine.reading import openings_from_rows
from dichterbij.engine.scan import travel_space
from dichterbij.engine.tables import Openings, People
from dichterbij.shared.errors import InputError

TOP, SPARE = 50, 14  # openings of a list, and kept beyond it so that one that closes is seldom searched for

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Concerned:
    """Rows of the people whose lists an opening is on, or was: they have it among their nearest."""

    had: I32
    have: I32
    searched: int  # people whose list ran short and was searched for again

    @property
    def people(self) -> I32:
        """All of them, in the order of the input."""
        return np.union1d(self.had, self.have).astype(np.int32)


class StoredLists:
    """People, openings and each person's nearest openings, as they are now.

    `lists[row]` holds places of openings (`opening_ids` says which), nearest first, -1 after the last.
    """

    def __init__(self, people: People, index: Index, on: date, lists: I32, *, top: int = TOP) -> None:
        """`lists` is what `Matcher.nearest` gives, at least `top` wide and best a little wider; it is changed here."""
        if lists.ndim != 2 or len(lists) != len(people) or lists.shape[1] < top or top < 1:
            raise InputError(f"Lists of {len(people):,} people, at least {top} wide, are needed; not {lists.shape}.")
        self.live, self.top, self.lists = Live(people, index, on), top, lists
        self.depth = (lists >= 0).sum(axis=1).astype(np.int32)
        self._crowd = Crowd(self.live.world())
        self._limit = self._crowd.standing.limit
        self._set_limits(np.flatnonzero(self.depth[self.live.row_of] == lists.shape[1]).astype(np.int32))

    @classmethod
    def searched(
        cls, people: People, index: Index, on: date, *, top: int = TOP, spare: int = SPARE, threads: int = 1
    ) -> "StoredLists":
        """Lists of all people, searched for now."""
        lists = np.full((len(people), top + spare), -1, dtype=np.int32)
        Matcher(people, index, on, threads).nearest(top + spare, into=lists)
        return cls(people, index, on, lists, top=top)

    def opening_ids(self, row: int) -> list[str]:
        """The nearest openings of the person of this row, at most `top`."""
        return [self.live.names[place] for place in self.lists[row, : self.top].tolist() if place >= 0]

    def whom_it_concerns(self, place: int) -> tuple[I32, I64]:
        """Where everybody stands whose bridge to this opening belongs on the list, and the distances."""
        who, keys = self._crowd.within_limits(self.live.world(), place)
        kept = ~self._comes_after_the_last(who, keys, place)
        return who[kept], keys[kept]

    def _comes_after_the_last(self, who: I32, keys: I64, place: int) -> Any:
        """Whether an opening at the distance of the last entry of the list stands behind it."""
        equal = np.flatnonzero(keys == self._limit[who])
        rows = self.live.row_of[who[equal]]
        last = self.lists[rows, self.depth[rows] - 1]
        hashes, order = self.live.hashes.values, self.live.order.values
        own, other = hashes[place], hashes[last]
        after = np.zeros(len(who), dtype=np.bool_)
        after[equal] = (own > other) | ((own == other) & (order[place] > order[last]))
        return after

    def add(self, row: Row) -> Concerned:
        """An opening that is new; with the columns of the contract. InputError for a bad row or an id there is."""
        return self.add_opening(openings_from_rows([row], self.live.parameters))

    def change(self, opening_id: str, row: Row) -> Concerned:
        """An opening that is otherwise from now on; it keeps its id and its place in the file."""
        return self.change_opening(opening_id, openings_from_rows([row], self.live.parameters))

    def close(self, opening_id: str) -> Concerned:
        """An opening that is no longer there."""
        had, short = self._take_out(self.live.place(opening_id))
        return Concerned(had, np.zeros(0, dtype=np.int32), self._search_again(short))

    def add_opening(self, opening: Openings) -> Concerned:
        """As `add`, of a table with one opening."""
        have = self._put_in(self.live.add(opening))
        return Concerned(np.zeros(0, dtype=np.int32), have, 0)

    def change_opening(self, opening_id: str, opening: Openings) -> Concerned:
        """As `change`, of a table with one opening."""
        if opening.ids.to_pylist() != [opening_id]:
            raise InputError(f"The opening {opening_id!r} keeps its id when it changes.")
        place = self.live.place(opening_id)
        order = int(self.live.order.values[place])
        had, short = self._take_out(place)
        now = self.live.add(opening, order=order)
        have = self._put_in(now)
        searched = self._search_again(short)
        again = self.live.row_of[short]
        holds = (self.lists[again, : self.top] == now).any(axis=1)
        return Concerned(had, np.union1d(have, again[holds]).astype(np.int32), searched)

    def _take_out(self, place: int) -> tuple[I32, I32]:
        """Take the opening off all lists; rows of those who had it among their nearest, and who stands with too few."""
        who, _ = self.whom_it_concerns(place)
        self.live.close(place)
        rows, stood = self.live.row_of[who], np.zeros(len(who), dtype=np.int32)
        leave(self.lists, rows, self.depth, place, stood)
        if (stood < 0).any():
            raise InputError(
                f"The lists are not those of these people: {self.live.names[place]!r} is missing from some."
            )
        is_short = (self.depth[rows] < self.top) & (self._limit[who] != NO_BRIDGE)
        bounded = who[~is_short & (self._limit[who] != NO_BRIDGE)]
        self._set_limits(bounded)
        return np.sort(rows[stood < self.top]), who[is_short]

    def _put_in(self, place: int) -> I32:
        """Put the opening on the lists where it belongs; rows of those who have it among their nearest."""
        who, keys = self.whom_it_concerns(place)
        rows, places = self.live.row_of[who], np.zeros(len(who), dtype=np.int32)
        world, hashes, order = self.live.world(), self.live.hashes.values, self.live.order.values
        entry_places(world, who, keys, place, self.lists, rows, self.depth, hashes, order, places)
        enter(self.lists, rows, places, self.depth, place)
        is_full = self.depth[rows] == self.lists.shape[1]
        self._set_limits(who[is_full | (self._limit[who] != NO_BRIDGE)])
        return np.sort(rows[places < self.top])

    def _search_again(self, who: I32) -> int:
        """New lists for those who stand here; their number."""
        rows = self.live.row_of[who]
        lists, depth = np.full((len(who), self.lists.shape[1]), -1, dtype=np.int32), np.zeros(len(who), dtype=np.int32)
        world = self.live.world()
        metres, minutes = travel_space(len(world.work_place))
        hashes, order = self.live.hashes.values, self.live.order.values
        nearest_again(world, who, self.live.added(), metres, minutes, hashes, order, lists, depth)
        self.lists[rows], self.depth[rows] = lists, depth
        is_full = depth == lists.shape[1]
        self._crowd.set_limits(world, who[~is_full], np.full(int((~is_full).sum()), NO_BRIDGE))
        self._set_limits(who[is_full])
        return len(who)

    def _set_limits(self, who: I32) -> None:
        """The last entry is the limit of those who stand here: there may be openings beyond it."""
        world, rows, out = self.live.world(), self.live.row_of[who], np.full(len(who), NO_BRIDGE, dtype=np.int64)
        limits(world, who, self.lists, rows, self.depth, out)
        self._crowd.set_limits(world, who, out)
