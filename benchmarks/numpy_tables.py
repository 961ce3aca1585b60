"""What the NumPy reference and the tables for SQL are made from: lists, travel, licences, tasks. Not the kernel's."""

import hashlib
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.engine.tables import Openings, Sets

Array = Any
FAR = 1 << 20  # minutes: cannot be reached
EARTH_RADIUS = 6_371_008.8


class Flat(NamedTuple):
    """Lists end to end."""

    start: Array
    ids: Array

    def taken(self, rows: Array) -> tuple[Array, Array]:
        """The ids of these rows end to end, and where each row ends."""
        at, ends = stretches(self.start[rows], self.start[rows + 1])
        return self.ids[at], ends


class Tasks(NamedTuple):
    """Tasks of the openings that can be carved; what no task names is added to each of them."""

    start: Array  # per opening
    hours: Array
    demands: Array
    dayparts: Array
    level_min: Array
    skills: Flat


def stretches(first: Array, last: Array) -> tuple[Array, Array]:
    """All numbers from `first` up to `last`, stretch after stretch, and where each stretch ends."""
    lengths = last - first
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(first - ends + lengths, lengths) + np.arange(total), ends


def sums(values: Array, ends: Array) -> Array:
    """The sum of each stretch; stretches may be empty."""
    total = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])
    return np.diff(total[np.concatenate([[0], ends])])


def flat_of(sets: Sets, rows: Array) -> Flat:
    """The lists of these rows, in this order."""
    at, ends = stretches(sets.start[rows], sets.start[rows + 1])
    return Flat(np.concatenate([[0], ends]), sets.ids[at])


def renumbering(sets: Sets, words: tuple[str, ...]) -> Array:
    """The place in `words` of each word of the sets, -1 where it is not among them."""
    number = {word: at for at, word in enumerate(words)}
    return np.array([number.get(word, -1) for word in sets.words], dtype=np.int64)


def ranks(openings: Openings, seed: int) -> Array:
    """Place of each opening in the order of the hash of its id."""
    texts = [f"{seed}|{identity}".encode() for identity in openings.ids.to_pylist()]
    hashes = np.array([int.from_bytes(hashlib.sha256(text).digest()[:8], "big") for text in texts], dtype=np.uint64)
    rank = np.empty(len(texts), dtype=np.int64)
    rank[np.argsort(hashes, kind="stable")] = np.arange(len(texts))
    return rank


def distinct(sets: Sets, rows: Array) -> tuple[list[frozenset[str]], Array]:
    """The different sets of texts that stand in these rows, and which one each row has."""
    number: dict[frozenset[str], int] = {}
    parts = [sets.ids[first:last].tolist() for first, last in pairwise(sets.start.tolist())]
    found = [
        number.setdefault(frozenset(sets.words[item] for item in parts[row]), len(number)) for row in rows.tolist()
    ]
    return list(number), np.array(found, dtype=np.int64)


class Travel:
    """From a home to the places of work."""

    def __init__(self, parameters: Parameters, work: Array) -> None:
        self.parameters, self.work, places = parameters, work, parameters.places
        self.latitude, self.longitude = np.radians(places.latitude), np.radians(places.longitude)
        gm_code = np.array(places.municipality)
        self.behind = [np.isin(gm_code, list(water.municipalities)) for water in parameters.water]

    def from_home(self, home: int) -> tuple[Array, Array]:
        """Metres to each place of work, and minutes by each of MODES (FAR where it cannot)."""
        metres = self._metres(home)
        minutes = np.full((len(MODES), len(self.work)), FAR, dtype=np.int64)
        for mode in self.parameters.modes:
            thousandths, passed = np.zeros(len(self.work), dtype=np.int64), 0
            for up_to, rate in mode.per_km:
                end = metres if up_to is None else np.minimum(metres, up_to)
                thousandths += np.maximum(end - passed, 0) * rate
                passed = up_to or passed
            minutes[MODES.index(mode.code)] = mode.fixed + -(-thousandths // 1_000_000)
        for water, behind in zip(self.parameters.water, self.behind, strict=True):
            crossed = behind[self.work] != behind[home]
            for at, code in enumerate(MODES):
                extra = water.extra.get(code, 0)
                minutes[at, crossed] += FAR if extra is None else extra
        return metres, np.minimum(minutes, FAR)

    def _metres(self, home: int) -> Array:
        latitude, longitude = self.latitude[self.work], self.longitude[self.work]
        half_latitude = np.sin((latitude - self.latitude[home]) / 2.0)
        half_longitude = np.sin((longitude - self.longitude[home]) / 2.0)
        across = np.cos(self.latitude[home]) * np.cos(latitude)
        h = half_latitude * half_latitude + across * half_longitude * half_longitude
        metres = np.floor(2.0 * EARTH_RADIUS * np.arcsin(np.sqrt(h)) + 0.5).astype(np.int64)
        metres[self.work == home] = self.parameters.intrazonal_metres
        return metres


def licence_cost(parameters: Parameters, needed: frozenset[str], held: frozenset[str]) -> tuple[int, int]:
    """Lead weeks (-1: cannot be had) and counted steps to hold these licences."""
    have = set().union(*(_with_included(parameters, code) for code in held))
    codes = [
        code for code in needed if not any(code in _with_included(parameters, other) - {other} for other in needed)
    ]
    missing: set[str] = set()
    while codes:
        code = codes.pop()
        if code in have or code in missing:
            continue
        if code not in parameters.licences:
            return -1, 0
        missing.add(code)
        codes += parameters.licences[code].needs

    def lead(code: str) -> int:
        licence = parameters.licences[code]
        return licence.weeks + max((lead(need) for need in licence.needs if need in missing), default=0)

    return max(map(lead, missing), default=0), sum(parameters.licences[code].weeks > 0 for code in missing)


def _with_included(parameters: Parameters, code: str) -> set[str]:
    licence = parameters.licences.get(code)
    return {code}.union(*(_with_included(parameters, item) for item in (licence.includes if licence else ())))


def tasks_of(openings: Openings, rows: Array) -> Tasks:
    """The tasks of the openings in these rows; none for those that cannot be carved."""
    table, get = openings.tasks, openings.numbers
    can = (get["carvable"] == 1) & (get["open_hiring"] == 0)
    counts = np.where(can, np.diff(table.start), 0)[rows]
    ends = np.cumsum(counts)
    parts: dict[str, list[Any]] = {name: [] for name in ("demands", "dayparts", "level_min", "skills")}
    chosen: list[int] = []
    for row in rows[counts > 0].tolist():
        own = range(int(table.start[row]), int(table.start[row + 1]))
        chosen += own
        skills = [set(_ids(table.essential, task)) for task in own]
        unnamed = set(_ids(openings.essential, row)).difference(*skills)
        parts["skills"] += [sorted(named | unnamed) for named in skills]
        for name in ("demands", "dayparts"):
            masks = [int(getattr(table, name)[task]) for task in own]
            left = int(get[name][row]) & ~int(np.bitwise_or.reduce(masks))
            parts[name] += [mask | left for mask in masks]
        parts["level_min"] += [int(table.level_min[task]) or int(get["level_min"][row]) for task in own]
    lengths = [0, *(len(skills) for skills in parts["skills"])]
    flat = Flat(np.cumsum(lengths), np.array([item for skills in parts["skills"] for item in skills], dtype=np.int64))
    masks_of = (np.array(parts[name], dtype=np.int64) for name in ("demands", "dayparts", "level_min"))
    return Tasks(np.concatenate([[0], ends]), table.hours[np.array(chosen, dtype=np.int64)], *masks_of, flat)


def _ids(sets: Sets, row: int) -> list[int]:
    ids: list[int] = sets.ids[sets.start[row] : sets.start[row + 1]].tolist()
    return ids
