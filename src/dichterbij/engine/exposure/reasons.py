"""Why nobody sees an opening: nobody lives within reach, a rule says no to everybody, or the lists were full.

For a sample of the unseen openings, because it looks at every person within reach of each.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from dichterbij.engine.arrays import I32, I64, KEY, NO_BRIDGE
from dichterbij.engine.exposure.counting import DISTANCE, NO_LAST, Exposure
from dichterbij.engine.facts import opening_at_row, person_at
from dichterbij.engine.matching import Matcher, matcher_of, numbers_of_pairs
from dichterbij.engine.parameters import AGREEMENTS, DAYPARTS
from dichterbij.engine.places import places_within
from dichterbij.engine.reading import openings_from_rows
from dichterbij.engine.tables import Openings, People, Sets
from dichterbij.engine.trace import Outcome, explain_pair

SAMPLE = 200  # unseen openings looked at
CHUNK = 2_000  # people looked at together; more only while nobody among them has a bridge
TRACED = 50  # people whose every rule is looked at, where no one has a bridge
NOBODY, RULE, CROWDED_OUT = "nobody_within_reach", "rule", "crowded_out"
# Names of the parts of a distance; "draw": as near as the last one of the list, the seed decided.
UNITS = ("undescribed", "weeks_to_start", "steps", "weeks_learning", "travel_minutes")
DRAW = "draw"


@dataclass(frozen=True)
class Reason:
    """Why an opening is on no list.

    `within_reach`: people looked at who can travel there; `with_bridge`: those of them with a bridge. `rule` is the
    rule that alone keeps most of those traced out. For one that was crowded out `unit` and `by` say how much farther
    it is than the last opening on the list it came closest to.
    """

    row: int
    reason: str
    within_reach: int
    with_bridge: int = 0
    rule: str = ""
    unit: str = ""
    by: int = 0


@dataclass(frozen=True)
class Searcher:
    """The people of a run, made ready for asking about one opening after another."""

    matcher: Matcher
    exposure: Exposure
    seed: int

    @cached_property
    def _world(self) -> Any:
        return self.matcher.worlds[0]

    @cached_property
    def _travel(self) -> tuple[Matcher, Any]:
        """The same people with nothing but their travel, and in every place of work an opening that asks nothing."""
        index, people = self.matcher.index, self.matcher.people
        pc4 = np.unique(index.openings.numbers["pc4"]).tolist()
        rows = [{"opening_id": str(area), "pc4": area, "hours_min": 1, "hours_max": 60} for area in pc4]
        blank = openings_from_rows(rows, index.parameters)
        matcher = matcher_of(travellers(people), blank, index.parameters, on=self.matcher.on, seed=self.seed, threads=1)
        return matcher, matcher.worlds[0]

    def reason(self, row: int) -> Reason:
        """Why the opening of this row is on no list."""
        at, within, found = int(self.matcher.index.at_row[row]), 0, 0
        some: I32 = np.zeros(0, dtype=np.int32)
        for chunk in self._near(row):
            people = self._who_can_travel(chunk, row)
            within += len(people)
            some = np.concatenate([some, people])[:TRACED]
            numbers = numbers_of_pairs(self._world, people, np.full(len(people), at, dtype=np.int32))
            has = numbers[:, KEY] != NO_BRIDGE
            found = int(has.sum())
            if found:
                unit, by = nearest_miss(numbers[has][:, list(DISTANCE)], self.exposure.last[people[has]])
                return Reason(row, CROWDED_OUT, within, found, unit=unit, by=by)
        if not within:
            return Reason(row, NOBODY, 0)
        return Reason(row, RULE, within, rule=self._rule(row, some))

    def _near(self, row: int) -> Iterator[I32]:
        """People whose longest journey could end there, in an order drawn with the seed."""
        index, people = self.matcher.index, self.matcher.people
        is_near = places_within(index.parameters, int(index.openings.numbers["place"][row]), self._longest)
        near = np.flatnonzero(is_near[people.numbers["place"]]).astype(np.int32)
        near = np.random.default_rng((self.seed, row)).permutation(near).astype(np.int32)
        start, size = 0, CHUNK
        while start < len(near):
            yield np.sort(near[start : start + size])
            start, size = start + size, size * 4

    @cached_property
    def _longest(self) -> int:
        """Minutes: the longest travel that somebody has time for."""
        minutes = self.matcher.people.numbers["max_travel_minutes"]
        return int(minutes.max()) if len(minutes) else 0

    def _who_can_travel(self, people: I32, row: int) -> I32:
        matcher, world = self._travel
        pc4 = str(int(self.matcher.index.openings.numbers["pc4"][row]))
        at = int(matcher.index.at_row[matcher.index.openings.ids.index(pc4).as_py()])
        numbers = numbers_of_pairs(world, people, np.full(len(people), at, dtype=np.int32))
        able: I32 = people[numbers[:, KEY] != NO_BRIDGE]
        return able

    def _rule(self, row: int, people: I32) -> str:
        """The rule that alone keeps most of these people out; where only several do so together, the most frequent.

        `start` is looked at only where all else fits, so counting every no would hardly ever find it.
        """
        matcher, alone, together = self.matcher, Counter[str](), Counter[str]()
        parameters = matcher.index.parameters
        opening = opening_at_row(matcher.index.openings, row, parameters)
        for person in people.tolist():
            traced = explain_pair(person_at(matcher.people, person, parameters), opening, parameters, on=matcher.on)
            offered = [route.rules for route in traced.routes if route.rules[0].outcome is not Outcome.NO]
            said = [{rule.rule for rule in rules if rule.outcome is Outcome.NO} for rules in offered]
            together.update(set().union(*said))
            alone.update(set().union(*(rules for rules in said if len(rules) == 1)))
        counted = alone or together
        return min(counted, key=lambda rule: (-counted[rule], rule), default="")


def travellers(people: People) -> People:
    """The same people of whom nothing is known or wanted but how they travel: no other rule says no to them."""
    everything = {"dayparts": (1 << len(DAYPARTS)) - 1, "agreements": (1 << len(AGREEMENTS)) - 1, "hours_max": 60}
    nothing = ("avoid", "dutch", "level", "licences_known", "legal_known", "skills_known")
    numbers = dict(people.numbers)
    numbers |= {name: np.full(len(people), value) for name, value in (everything | {"hours_min": 1}).items()}
    numbers |= {name: np.zeros(len(people), dtype=np.int64) for name in nothing}
    empty = Sets(np.zeros(len(people) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32), ())
    return dataclasses.replace(people, numbers=numbers, licences=empty, legal=empty, skills=empty)


def nearest_miss(distances: I64, last: I32) -> tuple[str, int]:
    """Where a distance comes closest to the last one of a full list: in which part they differ, and by how much."""
    is_full = last[:, 0] != NO_LAST
    gaps = (distances[is_full] - last[is_full]).tolist()
    misses = [next(((at, by) for at, by in enumerate(gap) if by), (len(UNITS), 0)) for gap in gaps]
    if not misses:
        return "", 0
    part, by = min(misses, key=lambda miss: (-miss[0], miss[1]))
    return (DRAW, 0) if part == len(UNITS) else (UNITS[part], int(by))


def reasons(matcher: Matcher, exposure: Exposure, *, seed: int, sample: int = SAMPLE) -> list[Reason]:
    """Why openings are on no list, for at most `sample` of them, drawn with the seed; in the order of the input."""
    unseen = exposure.unseen
    drawn = np.sort(np.random.default_rng(seed).permutation(unseen)[:sample])
    searcher = Searcher(matcher, exposure, seed)
    return [searcher.reason(int(row)) for row in drawn]


def columns_of(found: list[Reason], openings: Openings) -> dict[str, pa.Array]:
    """Columns beside the counts; null for openings that were not looked at."""
    by_row = {reason.row: reason for reason in found}
    rows = [by_row.get(row) for row in range(len(openings))]
    texts = {name: [getattr(row, name) or None if row else None for row in rows] for name in ("reason", "rule", "unit")}
    numbers = {
        name: [getattr(row, name) if row else None for row in rows] for name in ("within_reach", "with_bridge", "by")
    }
    return {name: pa.array(values, pa.string()) for name, values in texts.items()} | {
        name: pa.array(values, pa.int64()) for name, values in numbers.items()
    }


def counted(found: list[Reason]) -> dict[str, Any]:
    """How many of those looked at have each reason, which rules say no, and by how much others were crowded out.

    `crowded_out_in` gives, per part of the distance, how many openings and the median of how much farther they were.
    """
    units = Counter(reason.unit for reason in found if reason.unit).most_common()
    median = {unit: int(np.median([reason.by for reason in found if reason.unit == unit])) for unit, _ in units}
    return {
        "looked_at": len(found),
        "per_reason": dict(Counter(reason.reason for reason in found)),
        "per_rule": dict(Counter(reason.rule for reason in found if reason.rule).most_common()),
        "crowded_out_in": {unit: {"openings": count, "median": median[unit]} for unit, count in units},
    }
