"""How often each opening of a run stands on somebody's list: counted while bridges pass, then told per group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import I32, LEARNING, MINUTES, ROUTE, ROUTES, STEPS, UNDESCRIBED, WEEKS
from dichterbij.engine.matching import BRIDGES_AT_A_TIME, Matcher, numbers_of_pairs
from dichterbij.engine.tables import Openings

FIRST = 10  # what a page or a letter shows before somebody has to ask for more
UNKNOWN = "unknown"
ENDING = "exposure"
# A distance, in the order in which its parts compare.
DISTANCE = (UNDESCRIBED, WEEKS, STEPS, LEARNING, MINUTES)
NO_LAST = -1

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[Any]


class Exposure:
    """Counts of a run, a row an opening in the order of the input.

    `times` [openings, routes]: lists it stands on, by the route of its bridge there; `first` those that have it among
    the first ten; `best` its best position (0: on no list). `last` [people, 5]: the distance of the last bridge of a
    list that is full, -1 for others: what another opening would have had to be nearer than. Without people (0) it is
    not kept; only looking for reasons needs it.
    """

    def __init__(self, openings: int, people: int, *, top: int) -> None:
        self.top = top
        self.times = np.zeros((openings, len(ROUTES)), dtype=np.int32)
        self.first = np.zeros(openings, dtype=np.int32)
        self.last = np.full((people, len(DISTANCE)), NO_LAST, dtype=np.int32)
        self._best = np.full(openings, np.iinfo(np.int32).max, dtype=np.int32)

    def count_lists(self, matcher: Matcher, rows: I32, lists: I32) -> None:
        """Count the lists of these people (a row of `lists` each, places in the index), without more of a bridge."""
        row, column = np.nonzero(lists >= 0)
        place, person = lists[row, column], rows[row]
        numbers = numbers_of_pairs(matcher.worlds[0], person, place)
        self.add(matcher.index.row_of[place], numbers[:, ROUTE], (column + 1).astype(np.int32))
        is_last = column + 1 == self.top
        if len(self.last):
            self.add_last(person[is_last], numbers[is_last][:, list(DISTANCE)])

    def add(self, rows: Ints, routes: Ints, positions: Ints) -> None:
        """Count bridges: the opening's row of the input, the route's place in ROUTES, the position from 1."""
        np.add.at(self.times.reshape(-1), rows.astype(np.int64) * len(ROUTES) + routes, np.int32(1))
        np.add.at(self.first, rows[positions <= FIRST], np.int32(1))
        np.minimum.at(self._best, rows, positions.astype(np.int32))

    def add_last(self, people: Ints, distances: Ints) -> None:
        """Keep the distances of the last bridges of full lists."""
        self.last[people] = distances

    @property
    def slots(self) -> I32:
        """Lists that each opening stands on."""
        slots: I32 = self.times.sum(axis=1, dtype=np.int32)
        return slots

    @property
    def best(self) -> I32:
        """Best position of each opening; 0 when it is on no list."""
        return np.where(self.slots > 0, self._best, 0).astype(np.int32)

    @property
    def unseen(self) -> I32:
        """Rows of the openings that are on no list."""
        return np.flatnonzero(self.slots == 0).astype(np.int32)

    def table(self, ids: pa.Array, labels: Mapping[str, pa.Array]) -> pa.Table:
        """A row an opening in the order of the input; `labels` are columns such as the sector and the region."""
        by_route = {route: self.times[:, at] for at, route in enumerate(ROUTES)}
        counts = {"times": self.slots, **by_route, "best_position": self.best, "in_first_10": self.first}
        return pa.table({"opening_id": ids, **labels, **{name: pa.array(values) for name, values in counts.items()}})


def exposure_of(matcher: Matcher, *, top: int, progress: Callable[[int], None] | None = None) -> Exposure:
    """The exposure of a run that is made for it and not kept: four bytes a place on a list, no file of bridges.

    `progress` gets the number of people whose list is made.
    """
    people, width = len(matcher.people), min(top, len(matcher.index))
    exposure, lists = Exposure(len(matcher.index), people, top=top), np.full((people, width), -1, dtype=np.int32)
    done = 0

    def finished(task: int) -> None:
        nonlocal done
        done += len(matcher.tasks[task])
        if progress:
            progress(done)

    if width:
        matcher.nearest(width, into=lists, finished=finished)
    size = max(1, BRIDGES_AT_A_TIME // max(1, width))
    for start in range(0, people, size):
        rows = np.arange(start, min(start + size, people), dtype=np.int32)
        exposure.count_lists(matcher, rows, lists[start : start + size])
    return exposure


@dataclass(frozen=True)
class Slice:
    """Some openings of a run: how many, the places on lists they take, and how many nobody sees."""

    name: str
    openings: int
    slots: int
    share_of_openings: float
    share_of_slots: float
    nobody_sees: int


@dataclass(frozen=True)
class Summary:
    """How the places on all lists are divided over openings.

    `top_percent`: the share of the places that the 1% of openings shown most take. `half`: the smallest share of the
    openings that takes half of the places. Were every opening shown equally often they would be 1% and 50%.
    """

    openings: int
    slots: int
    nobody_sees: int
    never_in_first_10: int
    top_percent: float
    half: float
    parts: Mapping[str, tuple[Slice, ...]]

    def record(self) -> dict[str, Any]:
        """What the record of a run keeps."""
        whole = {
            "openings": self.openings,
            "slots": self.slots,
            "nobody_sees": self.nobody_sees,
            "never_in_first_10": self.never_in_first_10,
            "share_of_slots_of_most_shown_1_percent": self.top_percent,
            "share_of_openings_with_half_of_slots": self.half,
        }
        rows = {kind: {part.name: _without_name(part) for part in parts} for kind, parts in self.parts.items()}
        return whole | {f"per_{kind}": parts for kind, parts in rows.items()}


def _without_name(part: Slice) -> dict[str, Any]:
    return {name: value for name, value in vars(part).items() if name != "name"}


def summary(exposure: Exposure, openings: Openings, labels: Mapping[str, pa.Array]) -> Summary:
    """The division over routes, and over each kind of label."""
    slots = exposure.slots
    sorted_slots = np.sort(slots)[::-1].astype(np.int64)
    parts = {"route": _per_route(exposure, openings)}
    parts |= {kind: _per_label(slots, values) for kind, values in labels.items()}
    return Summary(
        openings=len(slots),
        slots=int(sorted_slots.sum()),
        nobody_sees=int((slots == 0).sum()),
        never_in_first_10=int((exposure.first == 0).sum()),
        top_percent=_top_percent(sorted_slots),
        half=_half(sorted_slots),
        parts=parts,
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 5) if whole else 0.0


def _top_percent(slots: Ints) -> float:
    return _share(int(slots[: -(-len(slots) // 100)].sum()), int(slots.sum()))


def _half(slots: Ints) -> float:
    total = int(slots.sum())
    needed = int(np.searchsorted(2 * np.cumsum(slots), total)) + 1 if total else 0
    return _share(needed, len(slots))


def routes_offered(openings: Openings) -> dict[str, Bools]:
    """Per route which openings say that somebody may come in over it."""
    numbers = openings.numbers
    is_open, has_tasks = numbers["open_hiring"] == 1, np.diff(openings.tasks.start) > 0
    return {
        "direct": ~is_open,
        "open_hiring": is_open,
        "learn_work": (numbers["learning_company"] == 1) & ~is_open,
        "carving": (numbers["carvable"] == 1) & has_tasks & ~is_open,
    }


def _per_route(exposure: Exposure, openings: Openings) -> tuple[Slice, ...]:
    """An opening counts at every route that it offers; a place on a list at the route of the bridge."""
    slots, taken = exposure.slots, exposure.times.sum(axis=0, dtype=np.int64).tolist()
    offered = routes_offered(openings)
    return tuple(
        _slice(route, int(offered[route].sum()), taken[at], int((offered[route] & (slots == 0)).sum()), slots)
        for at, route in enumerate(ROUTES)
    )


def _per_label(slots: I32, values: pa.Array) -> tuple[Slice, ...]:
    encoded = values.fill_null(UNKNOWN).dictionary_encode()
    number, names = np.asarray(encoded.indices, dtype=np.int64), encoded.dictionary.to_pylist()
    size = len(names)
    taken = np.bincount(number, weights=slots, minlength=size).astype(np.int64).tolist()
    counts = np.bincount(number, minlength=size).tolist()
    unseen = np.bincount(number[slots == 0], minlength=size).tolist()
    rows = zip(names, counts, taken, unseen, strict=True)
    return tuple(_slice(*row, slots) for row in sorted(rows, key=lambda row: (row[0] == UNKNOWN, row[0])))


def _slice(name: str, openings: int, taken: int, unseen: int, slots: I32) -> Slice:
    total = int(slots.sum(dtype=np.int64))
    return Slice(name, openings, taken, _share(openings, len(slots)), _share(taken, total), unseen)


def labelled(words: Sequence[str | None]) -> pa.Array:
    """Labels as an array; null becomes "unknown"."""
    return pa.array(words, pa.string()).fill_null(UNKNOWN)
