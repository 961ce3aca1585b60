"""Everything within reach of one person: arrays to count, filter and order, and bridges only of what is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.domains.matching.queries.near import Bridge, OpeningIndex, ids_of, over_all_routes, people_of, seeded
from dichterbij.engine.arrays import I32, I64, NO_BRIDGE, ROUTES
from dichterbij.engine.index import Index
from dichterbij.engine.matching import Matcher
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.person.within import Within, all_within, nearest_of

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Reached:
    """The openings with a bridge for one person, a row each; rows of several arrays belong together.

    `ranks` decide ties of distance. Keeps nothing of the person once it is let go.
    """

    matcher: Matcher
    within: Within

    def __len__(self) -> int:
        return len(self.within)

    @property
    def index(self) -> Index:
        """The openings."""
        return self.matcher.index

    @cached_property
    def ranks(self) -> I32:
        """Place of each row among openings at the same distance."""
        ranks: I32 = self.index.records["rank"][self.within.place]
        return ranks

    @cached_property
    def smallest(self) -> I64:
        """The packed distance of each opening's smallest bridge."""
        smallest: I64 = self.within.keys.min(axis=0, initial=NO_BRIDGE)
        return smallest

    def nearest(self, keys: I64, top: int, skip: int = 0, rows: I32 | None = None) -> I32:
        """The rows at the smallest of these distances, smallest first; `rows` when `keys` are only of those."""
        if rows is None:
            return nearest_of(keys, self.ranks, top, skip)
        found: I32 = rows[nearest_of(keys, self.ranks[rows], top, skip)]
        return found

    def bridges(self, rows: I32) -> list[tuple[Bridge, ...]]:
        """The bridges over all routes of each of these rows, in their order, the smallest first."""
        openings = self.within.place[rows]
        found: dict[str, list[Bridge]] = {opening_id: [] for opening_id in ids_of(self.index, openings)}
        for bridge in over_all_routes(self.matcher, openings):
            found[bridge.opening_id].append(bridge)
        return [tuple(sorted(bridges, key=lambda bridge: bridge.distance)) for bridges in found.values()]


@dataclass(frozen=True)
class OnRoute:
    """One route: how many openings have a bridge over it, exactly, and the nearest of them over that route."""

    route: str
    count: int
    bridges: tuple[Bridge, ...]


def reached(
    *, person: Mapping[str, object], index: OpeningIndex, parameters: Parameters, on: date, seed: int = 0
) -> Reached:
    """Everything within reach. Takes about a tenth of a millisecond for a thousand openings that can be travelled to.

    InputError names the column of a person that cannot be used.
    """
    matcher = Matcher(people_of(person, parameters), seeded(index, parameters, seed), on, 1)
    return Reached(matcher, all_within(matcher.worlds[0]))


def routes_side_by_side(
    *, person: Mapping[str, object], index: OpeningIndex, parameters: Parameters, on: date, top: int, seed: int = 0
) -> tuple[OnRoute, ...]:
    """Of every route how many openings it reaches and the nearest `top` over it; ties as `seed` decides."""
    found = reached(person=person, index=index, parameters=parameters, on=on, seed=seed)
    return tuple(_on_route(found, number, route, top) for number, route in enumerate(ROUTES))


def _on_route(found: Reached, number: int, route: str, top: int) -> OnRoute:
    keys = found.within.keys[number]
    rows = found.nearest(keys, top)
    ways: Iterable[tuple[Bridge, ...]] = found.bridges(rows)
    bridges: list[Any] = [next(way for way in all_ways if way.route == route) for all_ways in ways]
    return OnRoute(route, int((keys != NO_BRIDGE).sum()), tuple(bridges))
