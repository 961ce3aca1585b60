"""Stored lists of the nearest openings that follow every opening added, changed or closed, and stay what a full run
would give (docs/concepts/changes.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dichterbij.engine.arrays import I32, I64, NO_BRIDGE
from dichterbij.engine.changes.journal import Entry, Journal, digest_of, read_array, read_state, write_state
from dichterbij.engine.changes.live import Live
from dichterbij.engine.changes.patching import enter, entry_places, leave, limits, nearest_again
from dichterbij.engine.changes.people import StandingCrowd
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

    def __init__(self, live: Live, lists: I32, *, top: int, limits: I64 | None = None) -> None:
        """Use `of`, `searched` or `load`."""
        self.live, self.top, self.lists = live, top, lists
        self.depth = (lists >= 0).sum(axis=1).astype(np.int32)
        self._crowd = StandingCrowd(live.world())
        self._limit = self._crowd.standing.traits["limit"]  # of who stands there
        self._journal: Journal | None = None
        self._made = 0  # changes
        if limits is None:
            self._set_limits(np.flatnonzero(self.depth[live.row_of] == lists.shape[1]).astype(np.int32))
        else:
            self._crowd.set_limits(live.world(), np.arange(len(lists), dtype=np.int32), limits[live.row_of])

    @classmethod
    def of(cls, people: People, index: Index, on: date, lists: I32, *, top: int = TOP) -> "StoredLists":
        """`lists` is what `Matcher.nearest` gives, `top` wide or best a little wider; it is changed here."""
        if lists.ndim != 2 or len(lists) != len(people) or lists.shape[1] < top or top < 1:
            raise InputError(f"Lists of {len(people):,} people, at least {top} wide, are needed; not {lists.shape}.")
        return cls(Live(people, index, on), lists, top=top)

    @classmethod
    def searched(
        cls, people: People, index: Index, on: date, *, top: int = TOP, spare: int = SPARE, threads: int = 1
    ) -> "StoredLists":
        """Lists of all people, searched for now."""
        lists = np.full((len(people), top + spare), -1, dtype=np.int32)
        Matcher(people, index, on, threads).nearest(top + spare, into=lists)
        return cls.of(people, index, on, lists, top=top)

    @classmethod
    def load(cls, folder: Path, people: People, index: Index, on: date) -> "StoredLists":
        """The lists of a folder and all changes confirmed since; each further change is written there first.

        `people` and `index` as they were when the folder was begun. InputError when they, or the files, are others.
        """
        state = read_state(folder)
        top = int(state.of.get("top", 0))
        if state.of != _identity(people, index, on, top):
            raise InputError(f"{folder} was begun with other people, openings, rules or another date.")
        lists, limits_kept = read_array(folder, state, "lists"), read_array(folder, state, "limits")
        journal, live = Journal(folder), Live(people, index, on)
        if len(journal.entries) < state.changes:
            journal.close()
            raise InputError(f"{folder} lacks changes: {len(journal.entries)} of {state.changes}.")
        for entry in journal.entries[: state.changes]:
            _follow(live, entry)
        stored = cls(live, lists, top=top, limits=limits_kept)
        for entry in journal.entries[state.changes :]:
            stored._make(entry)
        stored._journal = journal
        return stored

    def save(self, folder: Path) -> None:
        """Keep the lists as they are now; from here on each change is written to the folder before it is made."""
        if self._journal is None:
            journal = Journal(folder)
            if journal.entries or self._made:
                journal.close()
                raise InputError(f"{folder} holds other changes, or some were made before there was a folder.")
            self._journal = journal
        if folder.resolve() != self._journal.folder.resolve():
            raise InputError(f"These lists are kept in {self._journal.folder}.")
        identity = _identity(self.live.given, self.live.index, self.live.on, self.top)
        limits = np.empty_like(self._limit)
        limits[self.live.row_of] = self._limit
        write_state(folder, identity, len(self._journal.entries), {"lists": self.lists, "limits": limits})

    def close_folder(self) -> None:
        """Changes from here on are not kept."""
        if self._journal is not None:
            self._journal.close()
        self._journal = None

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
        return self._confirm({"do": "add", "row": dict(row)})

    def change(self, opening_id: str, row: Row) -> Concerned:
        """An opening that is otherwise from now on; it keeps its id and its place in the file."""
        return self._confirm({"do": "change", "id": opening_id, "row": dict(row)})

    def close(self, opening_id: str) -> Concerned:
        """An opening that is no longer there."""
        return self._confirm({"do": "close", "id": opening_id})

    def _confirm(self, entry: Entry) -> Concerned:
        """See that the change can be made, write it down, make it."""
        opening = _checked(self.live, entry)
        if self._journal is not None:
            self._journal.append(entry)
        return self._make(entry, opening)

    def _make(self, entry: Entry, opening: Openings | None = None) -> Concerned:
        self._made += 1
        opening = _checked(self.live, entry) if opening is None else opening
        nobody = np.zeros(0, dtype=np.int32)
        if opening is None:
            had, short = self._take_out(self.live.place(entry["id"]))
            return Concerned(had, nobody, self._search_again(short))
        if entry["do"] == "add":
            return Concerned(nobody, self._put_in(self.live.add(opening)), 0)
        return self._change(self.live.place(entry["id"]), opening)

    def _change(self, place: int, opening: Openings) -> Concerned:
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


def _checked(live: Live, entry: Entry) -> Openings | None:
    """The opening of a change, read; None for one that closes. InputError when the change cannot be made."""
    if entry["do"] != "add":
        live.place(entry["id"])
    if entry["do"] == "close":
        return None
    opening = openings_from_rows([entry["row"]], live.parameters)
    (name,) = opening.ids.to_pylist()
    if entry["do"] == "add" and name in live.place_of:
        raise InputError(f"There is an opening {name!r} already.")
    if entry["do"] == "change" and name != entry["id"]:
        raise InputError(f"The opening {entry['id']!r} keeps its id when it changes.")
    return opening


def _follow(live: Live, entry: Entry) -> None:
    """The openings after this change; the lists know of it."""
    opening = _checked(live, entry)
    order = None
    if entry["do"] != "add":
        place = live.place(entry["id"])
        order = int(live.order.values[place])
        live.close(place)
    if opening is not None:
        live.add(opening, order=order)


def _identity(people: People, index: Index, on: date, top: int) -> dict[str, Any]:
    """What lists are of, to be compared."""
    return {
        "people": digest_of(people),
        "openings": digest_of(index.openings),
        "parameters": index.parameters.digest,
        "seed": index.seed,
        "date": on.isoformat(),
        "top": top,
    }
