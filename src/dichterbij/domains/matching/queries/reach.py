"""How many people are within reach of an opening, exactly as `people-for` counts them, for several forms of it at once.

Only numbers leave this module: who they are does not. What a page shows of them goes through `rules.shown_count`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from dichterbij.engine.arrays import I32, KEY, NO_BRIDGE, STEPS, WEEKS, World
from dichterbij.engine.index import build_index
from dichterbij.engine.matching import Matcher, numbers_of_pairs, opening_at
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.places import places_within
from dichterbij.engine.reading import openings_from_rows, people_from_rows
from dichterbij.engine.tables import People
from dichterbij.shared.errors import InputError

WITHIN_WEEKS, WITHIN_STEPS = 4, 2


@dataclass(frozen=True)
class Crowd:
    """People made ready for counting; safe to share between threads."""

    people: People
    longest_travel: int

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]] | pa.Table, parameters: Parameters) -> "Crowd":
        """From rows or an Arrow table with the columns of the contract. InputError for a bad row."""
        people = people_from_rows(rows, parameters)
        minutes = people.numbers["max_travel_minutes"]
        return cls(people, int(minutes.max()) if len(minutes) else 0)

    def __len__(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Reach:
    """`near`: people who live so close that travel could fit; `within`: per opening those within the limits."""

    near: int
    within: Mapping[str, int]


def reach(
    *,
    openings: Sequence[Mapping[str, Any]],
    crowd: Crowd,
    parameters: Parameters,
    on: date,
    within_weeks: int = WITHIN_WEEKS,
    within_steps: int = WITHIN_STEPS,
) -> Reach:
    """Exact counts for these forms of one opening (rows of the contract, one place of work).

    InputError for a bad row.
    """
    index = build_index(openings_from_rows(openings, parameters), parameters, seed=0)
    places = set(index.openings.numbers["place"].tolist())
    if len(places) != 1:
        raise InputError("Forms of one opening are at one place of work.")
    person = _near(crowd, parameters, places.pop())
    world = Matcher(crowd.people, index, on, 1).worlds[0]
    ids = index.openings.ids.to_pylist()
    counts = {key: _count(world, person, opening_at(index, key), within_weeks, within_steps) for key in ids}
    return Reach(len(person), counts)


def _count(world: World, person: I32, opening: int, within_weeks: int, within_steps: int) -> int:
    numbers = numbers_of_pairs(world, person, np.full(len(person), opening, dtype=np.int32))
    is_within = (numbers[:, WEEKS] <= within_weeks) & (numbers[:, STEPS] <= within_steps)
    return int(((numbers[:, KEY] != NO_BRIDGE) & is_within).sum())


def _near(crowd: Crowd, parameters: Parameters, place: int) -> I32:
    """Everybody whose longest travel could reach this place as the crow flies: nobody else has a bridge to it."""
    is_near = places_within(parameters, place, crowd.longest_travel)
    return np.flatnonzero(is_near[crowd.people.numbers["place"]]).astype(np.int32)
