"""People, openings and parameters at the edges of what a search decides without working a pair out."""

import random
from typing import Any

from contract.parameter_sets import Sets, lead_weeks, learning, travel
from contract.pools import CLUSTERS, LICENCES, Drawing, Row

SKILLS = [f"https://example.org/skill/{number}" for number in range(420)]
WEEKS = [0, 0, 1, 2, 4, 8, 12, 30, 51, 52, 53, 127, 254, 255, 256, 4095, 4096, 4097, 5000, 40000]
DAYS = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-28", "2026-12-29", "2027-01-04", "2027-01-05", "9999-12-31"]
LEGAL = [f"legal{number}" for number in range(7)]
HOMES = [*CLUSTERS, [1791, 1781, 4531, 8899], [1011, 1012]]
OTHER_LEADS: list[dict[str, int]] = [
    {},
    {"onboarding": 5, "learn_work": 4},
    {"onboarding": 9, "learn_work": 0, "carving": 0},
    {"onboarding": 4, "learn_work": 4, "carving": 4},
    {"ebike": 0, "childcare": 0, "adaptation": 0, "carving": 0, "learn_work": 0, "onboarding": 0},
    {"ebike": 40, "childcare": 255, "adaptation": 1, "carving": 1, "learn_work": 90, "onboarding": 2},
]


class Edges(Drawing):
    """Small worlds in which many pairs are decided by bits and sums, and many are just past what these can hold."""

    def parameters(self) -> Sets:
        """Weeks of the skills and leads, pulled to where they change what is nearest."""
        own = {skill: self.one(*WEEKS) for skill in SKILLS if self.rng.random() < 0.7}
        if self.rng.random() < 0.5:  # nothing that cannot be weighed exactly
            own = {skill: self.one(1, 2, 3, 4, 8, 13, 39, 120, 255) for skill in own}
        return {
            **learning(own=own, unknown=self.one(0, 1, 8, 8, 255), list_counts_as=self.one(0, 1, 6, 6, 6, 20, 1000),
                       cap=self.one(0, 8, 39, 39, 200, 5000)),
            **lead_weeks(self.one(0, 13, 300, 1000, 33000, 70000), self.one(0, 1, 12), **self.one(*OTHER_LEADS)),
            **travel(self.one(0, 700, 1001)),
        }  # fmt: skip

    def near(self, row: Row) -> Row:
        """The row with most of what could end every route left out, so that skills decide."""
        if self.rng.random() < 0.6:
            for name in ("max_distance_km", "licences", "legal", "avoid", "available_from", "agreements"):
                if self.rng.random() < 0.8:
                    row.pop(name, None)
            row |= {"max_travel_minutes": self.one(10, 45, 120, 600), "hours_min": 1, "hours_max": 60}
        return row

    def known(self, pool: list[str]) -> list[str] | None:
        """Skills held: none, a few, nearly all of the pool, far more than there are; or unknown."""
        count = self.one(0, 1, 3, len(pool) // 2, len(pool) - 1, len(pool))
        held = self.rng.sample(pool, max(0, min(count, len(pool))))
        if self.rng.random() < 0.15:
            held += self.rng.sample(SKILLS, 300)
        return self.maybe(0.2, held)

    def somebody(self, number: int, places: list[int], pool: list[str]) -> Row:
        """A person; sometimes nothing but a home is known."""
        if self.rng.random() < 0.06:
            return {"person_id": f"p{number}", "pc4": self.one(*places)}
        row = self.person(number, places, pool) | {"skills": self.known(pool)}
        row["legal"] = self.maybe(0.3, self.some(LEGAL, 6))
        row["level"], row["dutch"] = self.one(None, 1, 2, 3, 4, 5, 6, 7), self.one(None, 1, 2, 2, 3, 4)
        row["learn_weeks_max"] = self.one(None, 0, 1, 8, 39, 254, 255)
        if self.rng.random() < 0.2:
            row |= {"modes": self.some(["bike", "walk"], 1), "ebike_possible": True}
        return self.near(row)

    def work(self, number: int, places: list[int], pool: list[str]) -> Row:
        """An opening of any kind; hours that only touch, a latest start on the very day, sets of many codes."""
        row = self.opening(number, places, pool)
        row["essential"] = self.essential(pool)
        row["legal"] = self.one([], [], self.some(LEGAL, 3))
        row["licences"] = self.one([], [], self.some(["vca", "vog"], 2), self.some(LICENCES, 4))
        row["latest_start"] = self.maybe(0.4, self.one(*DAYS))
        row |= {"onboarding_weeks": self.one(0, 0, 1, 2, 8, 52), "level_min": self.one(None, None, 1, 2, 3, 4, 5, 6)}
        row |= {"dutch": self.one(1, 1, 2, 3, 4), "demands": self.maybe(0.5, row["demands"])}
        if self.rng.random() < 0.7:
            row |= {"tasks": None, "carvable": False}
        elif self.rng.random() < 0.7:
            row |= {
                "carvable": True,
                "carve_min_hours": 1,
                "carve_max_share": 1000,
                "open_hiring": self.rng.random() < 0.1,
            }
            row["tasks"] = self.own_tasks(row)
        else:
            row["tasks"] = self.own_tasks(row)
        if self.rng.random() < 0.5:
            row["agreement"] = "job"
        return row

    def own_tasks(self, row: Row) -> list[Row]:
        """Tasks with and without skills; in half of the openings each needs one."""
        skills = row["essential"] or []
        tasks = self.tasks(row | {"essential": skills, "dayparts": row["dayparts"]})
        if skills and self.rng.random() < 0.5:
            for task in tasks:
                task["essential"] = task["essential"] or [self.one(*skills)]
        return tasks

    def essential(self, pool: list[str]) -> list[str] | None:
        """Skills asked: none, one, a usual list, all of the pool, two hundred."""
        if self.rng.random() < 0.15:
            return self.one(None, [])
        if self.rng.random() < 0.08:
            return self.rng.sample(SKILLS, 200)
        return self.rng.sample(pool, self.rng.randint(1, min(len(pool), self.one(1, 3, 9, 25))))

    def world(self, people: int, openings: int) -> tuple[list[Row], list[Row]]:
        """People and openings around the same places, with the same skills."""
        places, pool = self.one(*HOMES), self.rng.sample(SKILLS, self.one(1, 4, 12, 40))
        return (
            [self.somebody(number, places, pool) for number in range(people)],
            [self.work(number, places, pool) for number in range(openings)],
        )


def one_set_each(openings: list[Row], rng: random.Random) -> list[Row]:
    """The openings, each with a set of licences and of legal codes of its own: far more sets than there are bits."""
    licences = rng.sample(["A", "B", "T", "forklift", "vca", "vog"], 6)  # none includes another
    for number, row in enumerate(openings):
        row["licences"] = [code for at, code in enumerate(licences) if number >> at & 1]
        row["legal"] = [code for at, code in enumerate(LEGAL) if number + 1 >> at & 1] if rng.random() < 0.5 else []
    rng.shuffle(openings)
    return openings


def with_unusual_values(row: Row, rng: random.Random) -> Row:
    """The row with a value named twice, in lists that may say so."""
    for name in ("skills", "essential", "legal", "licences"):
        values: Any = row.get(name)
        if values and rng.random() < 0.3:
            row[name] = [*values, values[0]]
    return row
