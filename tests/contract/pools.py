"""Values to draw from, pulled so that every rule binds often: near places, few skills, many nulls, values on edges."""

import random
from typing import Any

from contract.thresholds import EIGHT, FOUR, NO_LEVEL, OWN, TWELVE, TWO

Row = dict[str, Any]

# Groups of real postcodes near each other: a town, a coast with an island, both banks of the Westerschelde, two
# islands without a crossing, and all together.
CLUSTERS = [
    [1011, 1012, 1017, 1018, 1026, 1059, 1024, 1035],
    [1781, 1782, 1783, 1786, 1791, 1797, 1795],
    [4381, 4382, 4388, 4531, 4501, 4541, 4551],
    [8899, 8881, 8897, 9166, 9161],
    [1011, 1095, 1441, 1018, 1031, 1473],
    [1011, 1791, 4531, 8899, 4381, 1441],
]
SKILLS = [*TWO, *FOUR, *EIGHT, *TWELVE, NO_LEVEL, OWN]
MODES = ["bike", "ebike", "moped", "public_transport", "car", "walk"]
DAYPARTS = ["weekday", "evening", "night", "saturday", "sunday"]
AGREEMENTS = ["job", "learning_place", "volunteer", "work_experience"]
LICENCES = ["AM", "A", "B", "BE", "C", "CE", "D", "DE", "T", "code95", "forklift", "vca", "vog"]
ADAPTABLE = ["lifting", "standing", "sitting_long", "screen", "fine_motor", "hearing", "phone"]
NOT_ADAPTABLE = ["heights", "outdoor", "pace", "sight_detail", "contact_public"]
DATES = ["2026-11-30", "2026-12-01", "2026-12-29", "2027-01-12", "2027-03-02", "2027-06-01"]


class Drawing:
    """Draws rows; `rng` may be Hypothesis's own, so that instances shrink."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def some(self, values: list[str], most: int) -> list[str]:
        """At most `most` of the values."""
        return self.rng.sample(values, self.rng.randint(0, min(most, len(values))))

    def maybe(self, share: float, value: Any) -> Any:
        """The value, or null with a share of the draws."""
        return None if self.rng.random() < share else value

    def one(self, *values: Any) -> Any:
        """One of the values."""
        return self.rng.choice(values)

    def thinned(self, row: Row, always: tuple[str, ...]) -> Row:
        """The row with some optional columns left out, as null is the same."""
        return {name: value for name, value in row.items() if name in always or self.rng.random() > 0.03}

    def person(self, number: int, places: list[int], skills: list[str]) -> Row:
        """A person whose every value is on some edge."""
        hours_min = self.one(1, 8, 12, 16, 20, 32, None)
        row = {
            "person_id": f"p{number}",
            "pc4": self.rng.choice(places),
            "modes": self.maybe(0.3, self.some(MODES, 3)),
            "ebike_possible": self.one(True, False, None),
            "max_travel_minutes": self.one(5, 6, 10, 11, 30, 45, 60, 100, 600, None),
            "max_distance_km": self.maybe(0.7, self.one(0, 1, 5, 10, 25, 999)),
            "hours_min": hours_min,
            "hours_max": self.one(*(h for h in (8, 12, 16, 20, 24, 32, 40, 60) if h >= (hours_min or 1)), None),
            "available_from": self.maybe(0.4, self.rng.choice(DATES)),
            "dayparts": self.maybe(0.3, self.one(["weekday"], self.some(DAYPARTS, 5), DAYPARTS)),
            "childcare_dayparts": self.maybe(0.5, self.some(DAYPARTS, 4)),
            "dutch": self.one(None, 1, 2, 3, 4),
            "level": self.one(None, 1, 2, 3, 4, 5, 6, 7),
            "licences": self.maybe(0.3, self.some([*LICENCES, "crane"], 4)),
            "legal": self.maybe(0.3, self.some(["big", "skj"], 2)),
            "avoid": self.maybe(0.3, self.some(ADAPTABLE, 3) + self.some(NOT_ADAPTABLE, 1)),
            "skills": self.maybe(0.2, self.some(skills, len(skills))),
            "learn_weeks_max": self.one(None, 0, 8, 20, 39, 255),
            "agreements": self.maybe(0.5, self.one(AGREEMENTS, ["job"], self.some(AGREEMENTS, 3))),
        }
        return self.thinned(row, ("person_id", "pc4", "hours_min", "hours_max"))

    def opening(self, number: int, places: list[int], skills: list[str]) -> Row:
        """An opening whose every value is on some edge; its tasks are its own."""
        hours_min = self.one(8, 12, 16, 20, 32)
        row = {
            "opening_id": f"o{number}",
            "pc4": self.rng.choice(places),
            "agreement": self.one("job", "job", None, *AGREEMENTS),
            "hours_min": hours_min,
            "hours_max": self.one(*(h for h in (16, 20, 24, 32, 40, 60) if h >= hours_min)),
            "latest_start": self.maybe(0.7, self.rng.choice(DATES)),
            "dayparts": self.maybe(0.4, self.some(DAYPARTS, 3)),
            "dutch": self.one(None, 1, 2, 3, 4),
            "dutch_on_the_job": self.one(True, False, None),
            "level_min": self.maybe(0.4, self.one(1, 2, 3, 4, 6)),
            "licences": self.maybe(0.4, self.some([*LICENCES, "vog"], 3) + self.one([], [], [], [], ["crane"])),
            "legal": self.maybe(0.7, self.some(["big", "skj"], 1)),
            "demands": self.maybe(0.3, self.some(ADAPTABLE, 3) + self.some(NOT_ADAPTABLE, 1)),
            "essential": self.maybe(0.1, self.some(skills, 9)),
            "optional": self.maybe(0.4, self.some(skills, 4)),
            "onboarding_weeks": self.one(None, 0, 2, 8, 16, 52),
            "open_hiring": self.one(None, False, False, False, True),
            "queue_weeks": self.one(None, 0, 4, 13, 255),
            "learning_company": self.one(None, True, False),
            "carvable": self.one(None, True, True, False),
            "carve_min_hours": self.one(None, 1, 8, 12, 20),
            "carve_max_share": self.one(None, 0, 200, 400, 1000),
        }
        row["tasks"] = self.maybe(0.2, self.tasks(row))
        return self.thinned(row, ("opening_id", "pc4", "hours_min", "hours_max", "essential", "demands", "dayparts"))

    def tasks(self, opening: Row) -> list[Row]:
        """Up to four tasks of the opening, within its hours."""
        tasks = []
        left = 10 * opening["hours_max"]
        dayparts = opening["dayparts"] if opening["dayparts"] is not None else ["weekday"]
        for _ in range(self.rng.randint(0, 4)):
            if left < 1:
                break
            hours = min(left, self.one(1, 40, 80, 119, 120, 160, 200, 320))
            left -= hours
            task = {
                "hours": hours,
                "essential": self.some(opening["essential"] or [], 3),
                "demands": self.some(opening["demands"] or [], 2),
                "dayparts": self.some(dayparts, 2),
                "level_min": self.maybe(0.6, self.one(1, 2, 3, 5)),
            }
            tasks.append(task)
        return tasks

    def instance(self, people: int, openings: int) -> tuple[list[Row], list[Row]]:
        """People and openings around the same places, with the same few skills."""
        places = self.rng.choice(CLUSTERS)
        skills = self.rng.sample(SKILLS, self.rng.randint(1, len(SKILLS)))
        return (
            [self.person(number, places, skills) for number in range(people)],
            [self.opening(number, places, skills) for number in range(openings)],
        )
