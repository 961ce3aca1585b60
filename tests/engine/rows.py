"""Small people and openings for the engine's tests, and invented ones at random; nobody in them exists."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Parameters, match, openings_from_rows, people_from_rows
from dichterbij.engine.facts import opening_at_row, person_at
from dichterbij.engine.parameters import AGREEMENTS, DAYPARTS, MODES
from dichterbij.engine.trace import PairTrace, explain_pair

Row = dict[str, Any]
TODAY = date(2026, 12, 1)
LICENCES = ("AM", "A", "B", "BE", "C", "CE", "D", "DE", "T", "code95", "forklift", "vca", "vog", "crane")


@lru_cache
def packaged() -> Parameters:
    """The packaged parameters of the day of the tests."""
    return load_parameters(on=TODAY)


def person(person_id: str = "p", **values: Any) -> Row:
    """Somebody in the centre of Utrecht about whom little is known."""
    return {"person_id": person_id, "pc4": 3511, **values}


def opening(opening_id: str = "o", **values: Any) -> Row:
    """Work in the same postcode, described by one skill that nobody misses unless a test says so."""
    return {"opening_id": opening_id, "pc4": 3511, "hours_min": 8, "hours_max": 32, "essential": ["skill:a"], **values}


def bridges(
    people: list[Row], openings: list[Row], parameters: Parameters | None = None, **options: Any
) -> list[Mapping[str, Any]]:
    """What `match` gives for these rows."""
    parameters = parameters or packaged()
    options = {"on": TODAY, "top": 1000, **options}
    found = match(people_from_rows(people, parameters), openings_from_rows(openings, parameters), parameters, **options)
    return [row for block in found for row in block.rows()]


def bridge(one: Row, other: Row, parameters: Parameters | None = None) -> Mapping[str, Any] | None:
    """The bridge between one person and one opening; None when there is none."""
    return next(iter(bridges([one], [other], parameters)), None)


def trace_of(one: Row, other: Row, parameters: Parameters | None = None) -> PairTrace:
    """Every rule of every route for one person and one opening."""
    parameters = parameters or packaged()
    people, openings = people_from_rows([one], parameters), openings_from_rows([other], parameters)
    facts = person_at(people, 0, parameters), opening_at_row(openings, 0, parameters)
    return explain_pair(*facts, parameters, on=TODAY)


class Invented:
    """People and openings at random, near each other and full of every rule; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pc4 = [*self.random.sample(packaged().places.pc4.tolist(), 8), 1791, 1781, 4501, 4381]
        known = sorted(packaged().reuse_levels)
        self.skills = [*self.random.sample(known, 25), "skill:unknown"]

    def some(self, values: Any, most: int = 4) -> list[Any]:
        """A few of these."""
        return self.random.sample(list(values), self.random.randint(0, min(most, len(values))))

    def maybe(self, value: Any, share: float = 0.3) -> Any:
        """The value, or null."""
        return None if self.random.random() < share else value

    def person(self, person_id: str) -> Row:
        """One person."""
        pick = self.random
        low = pick.randint(1, 40)
        return {
            "person_id": person_id,
            "pc4": pick.choice(self.pc4),
            "modes": self.maybe(self.some(MODES)),
            "ebike_possible": self.maybe(pick.random() < 0.7),
            "max_travel_minutes": self.maybe(pick.choice([0, 15, 30, 60, 120, 600])),
            "max_distance_km": self.maybe(pick.choice([0, 5, 50, 200, 999]), 0.7),
            "hours_min": low,
            "hours_max": pick.randint(low, 60),
            "available_from": self.maybe((TODAY + timedelta(pick.randint(-50, 200))).isoformat(), 0.5),
            "dayparts": self.maybe(self.some(DAYPARTS, 5)),
            "childcare_dayparts": self.some(DAYPARTS),
            "dutch": self.maybe(pick.randint(1, 4)),
            "level": self.maybe(pick.randint(1, 7)),
            "licences": self.maybe(self.some(LICENCES)),
            "legal": self.maybe(self.some(["nurse", "driver"])),
            "avoid": self.some(packaged().demands),
            "skills": self.maybe(self.some(self.skills, 20), 0.2),
            "learn_weeks_max": pick.choice([0, 4, 12, 39, 255]),
            "agreements": self.maybe(self.some(AGREEMENTS, 3), 0.7),
        }

    def opening(self, opening_id: str) -> Row:
        """One opening."""
        pick = self.random
        low = pick.randint(1, 40)
        high = pick.randint(low, 60)
        essential, demands = self.some(self.skills, 9), self.some(packaged().demands, 3)
        dayparts = self.some(DAYPARTS, 2)
        tasks = [
            {
                "hours": pick.randint(1, max(1, 10 * high // 5)),
                "essential": self.some(essential, 2),
                "demands": self.some(demands, 1),
                "dayparts": self.some(dayparts, 1),
                "level_min": self.maybe(pick.randint(1, 6)),
            }
            for _ in range(pick.randint(0, 5))
        ]
        return {
            "opening_id": opening_id,
            "pc4": pick.choice(self.pc4),
            "agreement": self.maybe(pick.choice(AGREEMENTS), 0.8),
            "hours_min": low,
            "hours_max": high,
            "latest_start": self.maybe((TODAY + timedelta(pick.randint(0, 300))).isoformat(), 0.6),
            "dayparts": dayparts,
            "dutch": pick.randint(1, 4),
            "dutch_on_the_job": pick.random() < 0.5,
            "level_min": self.maybe(pick.randint(1, 6)),
            "licences": self.some(LICENCES, 2),
            "legal": self.some(["nurse", "driver"], 1),
            "demands": demands,
            "essential": essential,
            "optional": self.some(self.skills),
            "onboarding_weeks": pick.choice([0, 2, 8, 52]),
            "open_hiring": pick.random() < 0.2,
            "queue_weeks": self.maybe(pick.randint(0, 30)),
            "learning_company": pick.random() < 0.4,
            "carvable": pick.random() < 0.6,
            "carve_min_hours": pick.choice([1, 8, 12]),
            "carve_max_share": pick.choice([0, 400, 1000]),
            "tasks": tasks,
        }

    def people(self, count: int) -> list[Row]:
        """So many people."""
        return [self.person(f"p{number}") for number in range(count)]

    def openings(self, count: int) -> list[Row]:
        """So many openings."""
        return [self.opening(f"o{number}") for number in range(count)]
