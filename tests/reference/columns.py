"""The two tables of columns, in the contract's order: type, range, default, codes."""

from dataclasses import dataclass
from typing import Any

MODES = ("bike", "ebike", "moped", "public_transport", "car", "walk")  # "(walk may be named, it is always available)"
DAYPARTS = ("weekday", "evening", "night", "saturday", "sunday")
AGREEMENTS = ("job", "learning_place", "volunteer", "work_experience")


@dataclass(frozen=True)
class Column:
    """One row of a table of columns; a default None is "unknown" or "none"."""

    name: str
    kind: str
    default: Any = None
    range: tuple[int, int] | None = None
    codes: Any = None
    required: bool = False
    is_id: bool = False


@dataclass(frozen=True)
class Table:
    """People or openings."""

    name: str
    columns: tuple[Column, ...]


PEOPLE = Table(
    "people",
    (
        Column("person_id", "string", required=True, is_id=True),
        Column("pc4", "int", required=True),
        Column("modes", "list", codes=MODES),
        Column("ebike_possible", "bool", default=True),
        Column("max_travel_minutes", "int", default=60, range=(0, 600)),
        Column("max_distance_km", "int", range=(0, 999)),
        Column("hours_min", "int", default=1, range=(1, 60)),
        Column("hours_max", "int", default=40, range=(1, 60)),
        Column("available_from", "date"),
        Column("dayparts", "list", default=list(DAYPARTS), codes=DAYPARTS),
        Column("childcare_dayparts", "list", default=[], codes=DAYPARTS),
        Column("dutch", "int", range=(1, 4)),
        Column("level", "int", range=(1, 7)),
        Column("licences", "list"),
        Column("legal", "list"),
        Column("avoid", "list", default=[], codes="demands"),
        Column("skills", "list"),
        Column("learn_weeks_max", "int", default=39, range=(0, 255)),
        Column("agreements", "list", default=list(AGREEMENTS), codes=AGREEMENTS),
    ),
)

OPENINGS = Table(
    "openings",
    (
        Column("opening_id", "string", required=True, is_id=True),
        Column("pc4", "int", required=True),
        Column("agreement", "string", default="job", codes=AGREEMENTS),
        Column("hours_min", "int", range=(1, 60), required=True),
        Column("hours_max", "int", range=(1, 60), required=True),
        Column("latest_start", "date"),
        Column("dayparts", "list", default=["weekday"], codes=DAYPARTS),
        Column("dutch", "int", default=1, range=(1, 4)),
        Column("dutch_on_the_job", "bool", default=False),
        Column("level_min", "int", range=(1, 6)),
        Column("licences", "list", default=[]),
        Column("legal", "list", default=[]),
        Column("demands", "list", default=[], codes="demands"),
        Column("essential", "list", default=[]),
        Column("optional", "list", default=[]),
        Column("onboarding_weeks", "int", default=8, range=(0, 52)),
        Column("open_hiring", "bool", default=False),
        Column("queue_weeks", "int", range=(0, 255)),
        Column("learning_company", "bool", default=False),
        Column("carvable", "bool", default=False),
        Column("carve_min_hours", "int", default=12, range=(1, 60)),
        Column("carve_max_share", "int", default=400, range=(0, 1000)),
        Column("tasks", "tasks", default=[]),
    ),
)

# "`{hours int (tenths of an hour a week), essential, demands, dayparts list[string], level_min int or null}`"
TASK = (
    Column("hours", "int", required=True),
    Column("essential", "list", default=[]),
    Column("demands", "list", default=[], codes="demands"),
    Column("dayparts", "list", default=[], codes=DAYPARTS),
    Column("level_min", "int", range=(1, 6)),
)
