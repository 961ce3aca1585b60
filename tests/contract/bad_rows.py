"""Rows that are bad, by the sentence of the contract that says so, and unusual rows that are good."""

from dataclasses import dataclass
from typing import Any

from contract.thresholds import FOUR, OPENING, PERSON, TWELVE, task


@dataclass(frozen=True)
class Bad:
    """A change to a good row, and the column that must be named."""

    name: str
    table: str
    change: dict[str, Any]
    column: str | None


WITHOUT = object()  # the key is not in the row at all


def row_of(table: str, row_id: str, change: dict[str, Any]) -> dict[str, Any]:
    """A good row of the table, changed."""
    id_column, base = ("person_id", PERSON) if table == "people" else ("opening_id", OPENING)
    row = {id_column: row_id, **base, **change}
    return {name: value for name, value in row.items() if value is not WITHOUT}


INTEGERS = {
    "people": {"max_travel_minutes": (0, 600), "max_distance_km": (0, 999), "hours_min": (1, 60),
               "hours_max": (1, 60), "dutch": (1, 4), "level": (1, 7), "learn_weeks_max": (0, 255)},
    "openings": {"hours_min": (1, 60), "hours_max": (1, 60), "dutch": (1, 4), "level_min": (1, 6),
                 "onboarding_weeks": (0, 52), "queue_weeks": (0, 255), "carve_min_hours": (1, 60),
                 "carve_max_share": (0, 1000)},
}  # fmt: skip
BOOLEANS = {
    "people": ["ebike_possible"],
    "openings": ["dutch_on_the_job", "open_hiring", "learning_company", "carvable"],
}
DATES = {"people": ["available_from"], "openings": ["latest_start"]}
LISTS = {
    "people": ["modes", "dayparts", "childcare_dayparts", "licences", "legal", "avoid", "skills", "agreements"],
    "openings": ["dayparts", "licences", "legal", "demands", "essential", "optional"],
}
CODED = {
    "people": ["modes", "dayparts", "childcare_dayparts", "avoid", "agreements"],
    "openings": ["dayparts", "demands"],
}
REQUIRED = {"people": ["person_id", "pc4"], "openings": ["opening_id", "pc4", "hours_min", "hours_max"]}
IDS = {"people": "person_id", "openings": "opening_id"}
BAD_DATES = [
    "2026-13-01", "2026-02-30", "2027-02-29", "2026-12-01T10:00:00", "2026-12-01T00:00:01", "2026-12-01T00:00:00Z",
    "2026-12-01T00:00:00+00:00", "2026-12-01T00:00", "2026-12-01 00:00:00", "01-12-2026", "20261201", "2026-W49-2",
    "2026-335", "2026-12-1", "2026-12-01 ", " 2026-12-01", "", "gisteren", "0000-01-01", "10000-01-01",
    "2026-12-01T00:00:00.000", "２０２６-12-01", 20261201, True, ["2026-12-01"],
]  # fmt: skip


def missing() -> list[Bad]:
    """Required values that are not there."""
    cases = []
    for table, columns in {
        "people": ["person_id", "pc4"],
        "openings": ["opening_id", "pc4", "hours_min", "hours_max"],
    }.items():
        for column in columns:
            for word, value in (("null", None), ("absent", WITHOUT)):
                cases.append(Bad(f"{table}: {column} {word}", table, {column: value}, column))
        cases.append(Bad(f"{table}: empty id", table, {IDS[table]: ""}, IDS[table]))
    return cases


def wrong_types() -> list[Bad]:
    """Values of a wrong type."""
    cases = []
    for table in IDS:
        wrong: dict[str, list[Any]] = {IDS[table]: [5, True, ["p"], {"id": "p"}]}
        wrong["pc4"] = ["1011", 1011.5, True, [1011], "1011 AB", ""]
        for column in INTEGERS[table]:
            wrong[column] = ["4", 4.5, True, False, [4], {"hours": 4}, "", "four"]
        for column in BOOLEANS[table]:
            wrong[column] = [0, 1, 1.0, "true", "false", "", [True]]
        for column in DATES[table]:
            wrong[column] = BAD_DATES
        for column in LISTS[table]:
            wrong[column] = ["bike", "", 5, True, {"a": "b"}, [5], [["bike"]], [True], ["bike", 5], [{"code": "bike"}]]
        if table == "openings":
            wrong["agreement"] = [1, True, ["job"], {"job": 1}]
            wrong["tasks"] = ["tasks", 5, {"hours": 5}, [5], ["task"], [[]], [True]]
        for column, values in wrong.items():
            for value in values:
                cases.append(Bad(f"{table}: {column} wrong type {value!r}", table, {column: value}, column))
    return cases


def ranges() -> list[Bad]:
    """Numbers outside their range and postcodes outside the table."""
    cases = []
    for table in IDS:
        for column, (least, most) in INTEGERS[table].items():
            for value in (least - 1, most + 1, -(10**30), 10**30, 2**31, -(2**63), float(most + 1)):
                cases.append(Bad(f"{table}: {column} out of range {value}", table, {column: value}, column))
        for value in (1000, 0, -1, 1001, 99999, 10**30, 101100, 1010.0):
            cases.append(Bad(f"{table}: pc4 {value}", table, {"pc4": value}, "pc4"))
    return cases


def orders() -> list[Bad]:
    """hours_min above hours_max, after defaults, compared when both are in range."""
    return [
        Bad("people: hours 20-19", "people", {"hours_min": 20, "hours_max": 19}, "hours_min"),
        Bad("people: hours 41-default", "people", {"hours_min": 41, "hours_max": None}, "hours_min"),
        Bad("people: hours 41-absent", "people", {"hours_min": 41, "hours_max": WITHOUT}, "hours_min"),
        Bad("openings: hours 20-19", "openings", {"hours_min": 20, "hours_max": 19}, "hours_min"),
        Bad("people: hours 20-0", "people", {"hours_min": 20, "hours_max": 0}, "hours_max"),
        Bad("people: hours 61-61", "people", {"hours_min": 61, "hours_max": 61}, "hours_min"),
        Bad("people: hours 60-61", "people", {"hours_min": 60, "hours_max": 61}, "hours_max"),
        Bad("openings: hours 20-text", "openings", {"hours_min": 20, "hours_max": "10"}, "hours_max"),
        Bad("openings: hours 20-null", "openings", {"hours_min": 20, "hours_max": None}, "hours_max"),
        Bad("people: hours and available_from", "people",
            {"hours_min": 20, "hours_max": 19, "available_from": "x"}, "hours_min"),
        Bad("people: modes before hours", "people", {"hours_min": 20, "hours_max": 19, "modes": ["boat"]}, "modes"),
        Bad("people: pc4 before all", "people", {"pc4": None, "hours_min": 0, "modes": ["boat"]}, "pc4"),
        Bad("people: the last column", "people", {"agreements": ["x"]}, "agreements"),
        Bad("people: two in order", "people", {"agreements": ["x"], "learn_weeks_max": 256}, "learn_weeks_max"),
        Bad("openings: two in order", "openings", {"carve_max_share": 1001, "dutch": 5}, "dutch"),
        Bad("openings: demands before tasks", "openings", {"demands": ["x"], "tasks": [task(0)]}, "demands"),
    ]  # fmt: skip


def codes() -> list[Bad]:
    """Unknown codes and null inside a list."""
    cases = []
    for table in IDS:
        for column in CODED[table]:
            for value in (["nonsense"], [""], ["Bike"], ["BIKE"], ["bike "], ["weekday", "weekend"]):
                cases.append(Bad(f"{table}: {column} code {value}", table, {column: value}, column))
        for column in LISTS[table]:
            cases.append(Bad(f"{table}: {column} holds null", table, {column: [None]}, column))
    for value in ("jobs", "Job", "", "01"):
        cases.append(Bad(f"openings: agreement code {value!r}", "openings", {"agreement": value}, "agreement"))
    return cases


def with_tasks(name: str, *tasks: Any, **other: Any) -> Bad:
    """An opening with these tasks, bad at tasks."""
    opening = {"essential": [FOUR[0]], "demands": ["pace"], "dayparts": ["weekday"], **other}
    return Bad(f"openings: task {name}", "openings", {**opening, "tasks": list(tasks)}, "tasks")


def tasks() -> list[Bad]:
    """Anything in a task is named at tasks."""
    cases = [
        with_tasks("skill not the opening's", task(10, essential=[FOUR[0], TWELVE[0]])),
        with_tasks("demand not the opening's", task(10, demands=["phone"])),
        with_tasks("daypart not the opening's", task(10, dayparts=["night"])),
        with_tasks("daypart not the default's", task(10, dayparts=["night"]), dayparts=None),
        with_tasks("unknown demand", task(10, demands=["nonsense"])),
        with_tasks("unknown daypart", task(10, dayparts=["nonsense"])),
        with_tasks("hours 0", task(0)),
        with_tasks("hours below 0", task(-5)),
        with_tasks("second hours 0", task(10), task(0)),
        with_tasks("hours too many", task(321)),
        with_tasks("hours too many together", task(160), task(161)),
        with_tasks("hours too many, not carvable", task(321), carvable=False),
        with_tasks("hours too many, carvable", task(321), carvable=True),
        with_tasks("hours huge", task(10**30)),
        with_tasks("null", None),
        with_tasks("beside null", task(10), None),
        with_tasks("level 0", task(10, level_min=0)),
        with_tasks("level 7", task(10, level_min=7)),
        with_tasks("hours null", task(10) | {"hours": None}),
        with_tasks("hours absent", {"essential": [], "demands": [], "dayparts": []}),
        with_tasks("empty", {}),
    ]
    for value in ("10", 10.5, True, [10]):
        cases.append(with_tasks(f"hours {value!r}", task(10) | {"hours": value}))
    for value in ("1", 1.5, True, [1]):
        cases.append(with_tasks(f"level {value!r}", task(10, level_min=value)))
    for name in ("essential", "demands", "dayparts"):
        for value in ("weekday", 5, [None], [5], {"a": 1}):
            cases.append(with_tasks(f"{name} {value!r}", task(10, **{name: value})))
    return cases


BAD = [*missing(), *wrong_types(), *ranges(), *orders(), *codes(), *tasks()]

# "a broken JSON line is a bad row with column null": lines as they stand.
BROKEN = [
    "{", "}", "[]", "[1]", "5", "null", "true", '"text"', "{'person_id': 'p'}", "person_id", '{"person_id": "p",}',
    '{"person_id": "p", "pc4": NaN}', '{"person_id": "p", "pc4": 1011, "dutch": Infinity}',
    '{"person_id": "p", "pc4": 1011, "level": -Infinity}', '{"person_id": "p", "pc4": 1011',
    '{"person_id": "p", "pc4": 1011} {"person_id": "q", "pc4": 1011}', '{"person_id": "p" "pc4": 1011}',
    '{"person_id": "p", "pc4": 01011}', '{"person_id": "p", "pc4": 1011, // comment',
]  # fmt: skip

# Unusual, and good.
GOOD_PEOPLE: list[dict[str, Any]] = [
    {"pc4": 1011.0, "hours_min": 12.0, "dutch": 4.0},
    {"available_from": "2026-12-01T00:00:00"},
    {"available_from": "0001-01-01"},
    {"available_from": "9999-12-31"},
    {"modes": ["walk"]},
    {"modes": ["bike", "bike", "walk"]},
    {"modes": []},
    {"licences": ["anything", ""], "legal": ["anything at all", ""]},
    {"skills": ["", "no concept"]},
    {"age": 44, "wishes": {"sector": None}, "employer": ["x"], "wage": 12.345},
    {"max_travel_minutes": 0, "max_distance_km": 0, "learn_weeks_max": 0, "hours_min": 1, "hours_max": 1},
    {"max_travel_minutes": 600, "max_distance_km": 999, "learn_weeks_max": 255, "hours_min": 60, "hours_max": 60},
    {"hours_min": WITHOUT, "hours_max": WITHOUT, "modes": WITHOUT, "skills": WITHOUT, "dayparts": WITHOUT},
    {"hours_min": 40, "hours_max": None},
    {name: WITHOUT for name in PERSON if name != "pc4"},
    {name: None for name in PERSON if name != "pc4"},
    {"level": 7, "dutch": 1},
]
GOOD_OPENINGS: list[dict[str, Any]] = [
    {"tasks": [{"hours": 10}]},
    {"tasks": [{"hours": 10.0, "level_min": 2.0, "title": "sorteren", "weight": 5}]},
    {"tasks": [task(1) | {"essential": None, "demands": None, "dayparts": None}]},
    {"tasks": [task(160, essential=[FOUR[0], FOUR[0]]), task(160)]},
    {"tasks": [task(160), task(160)], "carvable": True, "carve_max_share": 1000},
    {"tasks": [task(10, dayparts=["weekday"])], "dayparts": None},
    {"hours_max": 20.0, "tasks": [task(200)]},
    {"latest_start": "2026-12-01T00:00:00"},
    {"licences": ["anything"], "legal": ["anything"]},
    {"essential": ["", "no concept"], "optional": ["no concept"]},
    {"queue_weeks": 0, "onboarding_weeks": 0, "carve_min_hours": 1, "carve_max_share": 0},
    {"queue_weeks": 255, "onboarding_weeks": 52, "carve_min_hours": 60, "carve_max_share": 1000},
    {name: WITHOUT for name in OPENING if name not in ("pc4", "hours_min", "hours_max")},
    {name: None for name in OPENING if name not in ("pc4", "hours_min", "hours_max")},
    {"title": "Verkoper", "sector": 47, "wage": None, "employer": {"kvk": "0"}},
]
