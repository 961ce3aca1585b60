"""The openings of this process: read once, read again when they change in the database."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.utils import timezone

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings import queries as openings
from dichterbij.engine.arrays import KEY, NO_BRIDGE, ROUTES
from dichterbij.engine.index import Index, build_index
from dichterbij.engine.matching import matcher_of, numbers_of_pairs, opening_at, with_lists
from dichterbij.engine.reading import openings_from_rows, people_from_rows
from dichterbij.web.near import esco
from dichterbij.web.near.answers import Answers, Filters, person_row
from dichterbij.web.near.facts import group_of, sector_of
from dichterbij.web.near.reach import Near, StepWeeks, Way


@dataclass(frozen=True)
class Traits:
    """What the filters look at."""

    hours_min: int
    hours_max: int
    sector: str
    group: str


@dataclass(frozen=True)
class Explained:
    """Every route to one opening: those that can be walked, and why the others cannot."""

    near: Near | None
    weeks: dict[str, StepWeeks]

    def in_words(self):
        return []

    def closed_routes(self):
        return []


@dataclass(frozen=True)
class Market:
    """The openings of one delivery, ready to be asked about."""

    version: int | None
    index: Index
    traits: dict[str, Traits]

    def _ways(self, answers: Answers, ids: Iterable[int] | None = None):
        row = person_row(answers, esco.held(answers))
        people = people_from_rows([row], self.index.parameters)
        matcher = matcher_of(people, self.index, self.index.parameters, on=timezone.localdate(), seed=0, threads=1)
        world = matcher.worlds[0]
        opening = np.arange(len(self.index), dtype=np.int32) if ids is None else np.array(list(ids), dtype=np.int32)
        found = {}
        for route in range(len(ROUTES)):
            person = np.zeros(len(opening), dtype=np.int32)
            numbers = numbers_of_pairs(world, person, opening, route)
            ok = numbers[:, KEY] != NO_BRIDGE
            b = with_lists(matcher, world, person[ok], opening[ok], numbers[ok], None)
            keys = numbers[ok][:, KEY]
            for r, key in zip(b.rows(), keys.tolist(), strict=True):
                found.setdefault(r["opening_id"], []).append((key, route, way_of(r)))
        return found

    def near(self, answers: Answers) -> tuple[Near, ...]:
        found = self._ways(answers)
        nears = []
        for oid, ways in found.items():
            ways.sort(key=lambda w: w[:2])
            nears.append((ways[0][0], oid, Near(oid, tuple(w[2] for w in ways))))
        return tuple(n[2] for n in sorted(nears, key=lambda n: n[:2]))

    def explain(self, answers: Answers, opening_id: str) -> Explained:
        found = self._ways(answers, [opening_at(self.index, opening_id)]).get(opening_id, [])
        found.sort(key=lambda w: w[:2])
        near = Near(opening_id, tuple(w[2] for w in found)) if found else None
        return Explained(near, {})

    def what_brings_more(self, answers: Answers):
        return None

    def filtered(self, near: Near, filters: Filters) -> Near | None:
        """The opening with only the ways that the filters leave; None when they leave none."""
        traits = self.traits[near.opening_id]
        if filters.sector and traits.sector != filters.sector:
            return None
        if filters.group and traits.group != filters.group:
            return None
        if filters.hours_min and traits.hours_max < filters.hours_min:
            return None
        if filters.hours_max and traits.hours_min > filters.hours_max:
            return None
        if filters.minutes and near.way.travel_minutes > filters.minutes:
            return None
        if filters.route:
            chosen = [way for way in near.ways if way.route == filters.route]
            others = [way for way in near.ways if way.route != filters.route]
            return replace(near, ways=tuple(chosen + others)) if chosen else None
        return near


def way_of(r) -> Way:
    return Way(
        route=r["route"],
        undescribed=r["undescribed"],
        weeks_to_start=r["weeks_to_start"],
        steps=r["steps"],
        weeks_learning=r["weeks_learning"],
        travel_minutes=r["travel_minutes"],
        mode=r["mode"],
        step_codes=tuple(r["step_codes"]),
        agreed_hours=r["agreed_hours"],
        missing=tuple(r["missing"]),
        to_ask=tuple(r["to_ask"]),
    )


_lock = threading.Lock()
_kept: Market | None = None


def market() -> Market:
    """The market of the latest delivery."""
    global _kept
    version = openings.latest_delivery()
    with _lock:
        if _kept is None or _kept.version != version:
            _kept = _load(version)
        return _kept


def _load(version: int | None) -> Market:
    table = openings.openings_table()
    parameters = load_parameters(on=timezone.localdate())
    index = build_index(openings_from_rows(table, parameters), parameters, seed=0)
    columns = ("opening_id", "hours_min", "hours_max", "sector", "occupation_uri")
    rows = zip(*(table[name].to_pylist() for name in columns), strict=True)
    traits = {oid: Traits(low, high, sector_of(sector), group_of(uri)) for oid, low, high, sector, uri in rows}
    return Market(version, index, traits)
