"""The openings near one person, from an index of openings that is made once and kept."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.engine.arrays import I32, KEY, NO_BRIDGE, ROUTES
from dichterbij.engine.facts import opening_at_row, person_at
from dichterbij.engine.index import Index, build_index
from dichterbij.engine.matching import Matcher, match, numbers_of_pairs, with_lists
from dichterbij.engine.output.results import Bridges
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.reading import openings_from_rows, people_from_rows
from dichterbij.engine.tables import People
from dichterbij.engine.trace import PairTrace, explain_pair
from dichterbij.shared.errors import InputError

NOBODY = "-"


@dataclass(frozen=True)
class OpeningIndex:
    """Openings made ready for asking what is near; safe to share between threads."""

    index: Index
    ordered: I32 | None = None  # rows of the table in the order of their ids, when that is known

    @classmethod
    def of(
        cls, rows: Sequence[Mapping[str, Any]] | pa.Table, parameters: Parameters, *, seed: int = 0
    ) -> "OpeningIndex":
        """From rows or an Arrow table with the columns of the contract. InputError for a bad row."""
        return cls(build_index(openings_from_rows(rows, parameters), parameters, seed=seed))

    def __len__(self) -> int:
        return len(self.index)

    def __contains__(self, opening_id: object) -> bool:
        return isinstance(opening_id, str) and self._row(opening_id) is not None

    def place_of(self, opening_id: str) -> int:
        """Where this opening stands in the index. InputError when there is no such opening."""
        row = self._row(opening_id)
        if row is None:
            raise InputError(f"There is no opening {opening_id!r} among the openings.")
        return int(self.index.at_row[row])

    @cached_property
    def by_id(self) -> I32:
        """The rows of the table in the order of their ids."""
        if self.ordered is not None:
            return self.ordered
        rows: I32 = pc.sort_indices(self.index.openings.ids).to_numpy().astype(np.int32)
        return rows

    def _row(self, opening_id: str) -> int | None:
        """By halving: looking through 450,000 ids took four milliseconds."""
        ids, wanted = self.index.openings.ids, opening_id.encode(errors="replace")
        at = bisect_left(self.by_id, wanted, key=lambda row: ids[row].as_py().encode())
        row = int(self.by_id[at]) if at < len(self.by_id) else -1
        return row if row >= 0 and ids[row].as_py() == opening_id else None


@dataclass(frozen=True)
class Bridge:
    """How one opening is reached; the columns of the contract. `agreed_hours` in tenths of an hour a week."""

    opening_id: str
    route: str
    undescribed: bool
    weeks_to_start: int
    steps: int
    weeks_learning: int
    travel_minutes: int
    mode: str
    step_codes: tuple[str, ...]
    agreed_hours: int
    missing: tuple[str, ...]
    optional_held: tuple[str, ...]
    to_ask: tuple[str, ...]

    @property
    def distance(self) -> tuple[bool, int, int, int, int]:
        """What is compared: smaller is closer."""
        return (self.undescribed, self.weeks_to_start, self.steps, self.weeks_learning, self.travel_minutes)


@dataclass(frozen=True)
class StepWeeks:
    """How long one step takes: weeks before the start, and weeks of learning once started."""

    lead: int
    learning: int


def people_of(person: Mapping[str, object], parameters: Parameters) -> People:
    """One person as a table; a person without id gets one. InputError names the column that cannot be used."""
    return people_from_rows([{**person, "person_id": person.get("person_id") or NOBODY}], parameters)


def openings_near(
    *,
    person: Mapping[str, object],
    index: OpeningIndex,
    parameters: Parameters,
    on: date,
    top: int = 200,
    seed: int = 0,
) -> list[Bridge]:
    """The nearest openings, each with its smallest bridge, nearest first; ties as `seed` decides."""
    prepared = seeded(index, parameters, seed)
    found = match(people_of(person, parameters), prepared, parameters, on=on, top=top, seed=seed, threads=1)
    return [bridge for block in found for bridge in _bridges(block)]


def seeded(index: OpeningIndex, parameters: Parameters, seed: int) -> Index:
    """The index itself when it was made with this seed and these parameters, otherwise one made again."""
    kept = index.index
    if kept.seed == seed and (kept.parameters is parameters or kept.parameters == parameters):
        return kept
    return build_index(kept.openings, parameters, seed=seed)


def _bridges(block: Bridges) -> Iterator[Bridge]:
    return (Bridge(**values) for values in block.records())


def routes_near(
    *,
    person: Mapping[str, object],
    index: OpeningIndex,
    parameters: Parameters,
    on: date,
    top: int = 200,
    seed: int = 0,
) -> list[tuple[Bridge, ...]]:
    """As openings_near, each opening with the bridges of all its routes, the smallest first."""
    prepared = seeded(index, parameters, seed)
    people = people_of(person, parameters)
    places = [block.opening for block in match(people, prepared, parameters, on=on, top=top, seed=seed, threads=1)]
    openings = np.concatenate(places) if places else np.zeros(0, dtype=np.int32)
    found: dict[str, list[Bridge]] = {opening_id: [] for opening_id in ids_of(prepared, openings)}
    for bridge in over_all_routes(Matcher(people, prepared, on, 1), openings):
        found[bridge.opening_id].append(bridge)
    return [tuple(sorted(bridges, key=lambda bridge: bridge.distance)) for bridges in found.values()]


def ids_of(index: Index, openings: Any) -> list[str]:
    """The ids of the openings at these places of the index."""
    ids: list[str] = index.openings.ids.take(pa.array(index.row_of[openings])).to_pylist()
    return ids


def over_all_routes(matcher: Matcher, openings: I32) -> Iterator[Bridge]:
    """Every bridge over any route to these openings, route after route."""
    world = matcher.worlds[0]
    person = np.zeros(len(openings), dtype=np.int32)
    numbers = np.concatenate([numbers_of_pairs(world, person, openings, route) for route in range(len(ROUTES))])
    is_there = numbers[:, KEY] != NO_BRIDGE
    chosen = np.tile(openings, len(ROUTES))[is_there]
    person = np.zeros(len(chosen), dtype=np.int32)
    return _bridges(with_lists(matcher, world, person, chosen, numbers[is_there], None))


def bridges_per_route(
    *, person: Mapping[str, object], opening_id: str, index: OpeningIndex, parameters: Parameters, on: date
) -> dict[str, Bridge | None]:
    """Each route's bridge to this opening, None where there is none. InputError for an unknown opening."""
    prepared = seeded(index, parameters, index.index.seed)
    opening = np.array([index.place_of(opening_id)], dtype=np.int32)
    found = over_all_routes(Matcher(people_of(person, parameters), prepared, on, 1), opening)
    return dict.fromkeys(ROUTES) | {bridge.route: bridge for bridge in found}


def trace(
    *, person: Mapping[str, object], opening_id: str, index: OpeningIndex, parameters: Parameters, on: date
) -> PairTrace:
    """Every rule of every route for this person and opening. InputError for an unknown opening."""
    row = int(index.index.row_of[index.place_of(opening_id)])
    people = people_of(person, parameters)
    opening = opening_at_row(index.index.openings, row, parameters)
    return explain_pair(person_at(people, 0, parameters), opening, parameters, on=on)


def step_weeks(traced: PairTrace, route: str) -> dict[str, StepWeeks]:
    """How long each step of this route takes, by step code."""
    chosen = next(found for found in traced.routes if found.route == route)
    return {step.code: StepWeeks(step.lead, step.learning) for step in chosen.steps}
