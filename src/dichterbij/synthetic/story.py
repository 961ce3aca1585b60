"""The story set: thirty invented people, the openings around them, and what the bridge is expected to say of each.

`python -m dichterbij.synthetic.story` writes people.jsonl and openings.jsonl beside story.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from dichterbij.data import DEMO, read_yaml, reference_table
from dichterbij.domains.openings.rules import whole_table
from dichterbij.shared.errors import InputError
from dichterbij.synthetic.files import json_lines
from dichterbij.synthetic.schemas import OPENINGS, PEOPLE

FOLDER = DEMO / "story"
PREFIX = "story-"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the bridge says: nothing near at all, or the bridge to one opening. None: the story does not say."""

    nothing: bool = False
    opening: str | None = None
    route: str | None = None
    steps: tuple[str, ...] = ()
    counted: int | None = None
    mode: str | None = None
    weeks: int | None = None
    weeks_learning: int | None = None
    hours: int | None = None
    undescribed: bool = False
    to_ask: tuple[str, ...] = ()
    first: bool = False
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the story; `name` is made up."""

    person_id: str
    name: str
    nl: str
    en: str
    reason: str
    expects: Expected


@cache
def _story() -> Any:
    return read_yaml(FOLDER / "story.yaml")


def story_date() -> date:
    """The day for which the story's expectations hold."""
    day: date = _story()["date"]
    return day


def people() -> tuple[Person, ...]:
    """The thirty, in the order in which they are told."""
    return tuple(_person(row) for row in _story()["people"])


def _person(row: Mapping[str, Any]) -> Person:
    told: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row["expects"].items()
    }
    if "opening" in told:
        told["opening"] = PREFIX + told["opening"]
    told["never"] = tuple(PREFIX + name for name in told.get("never", ()))
    expected = Expected(**told)
    return Person(PREFIX + row["id"], row["name"], row["nl"], row["en"], row["reason"], expected)


@dataclass(frozen=True)
class _Esco:
    occupations: Mapping[str, str]
    essential: Mapping[str, tuple[str, ...]]
    skills: Mapping[str, str]


@cache
def _esco() -> _Esco:
    occupations = reference_table("esco", "occupations.parquet")
    skills = reference_table("esco", "skills.parquet")
    essential: dict[str, list[str]] = {}
    for row in reference_table("esco", "occupation_skills.parquet").to_pylist():
        if row["relation"] == "essential":
            essential.setdefault(row["occupation_uri"], []).append(row["skill_uri"])
    return _Esco(
        dict(zip(occupations["code"].to_pylist(), occupations["uri"].to_pylist(), strict=True)),
        {uri: tuple(sorted(uris)) for uri, uris in essential.items()},
        dict(zip(skills["label_en"].to_pylist(), skills["uri"].to_pylist(), strict=True)),
    )


def _skill(label: str) -> str:
    uri = _esco().skills.get(label)
    if uri is None:
        raise InputError(f"The story names a skill that ESCO does not have: {label}.")
    return uri


def _skills(codes: list[str], without: list[str]) -> list[str]:
    esco = _esco()
    left_out = {_skill(label) for label in without}
    found = {uri for code in codes for uri in esco.essential[esco.occupations[code]]}
    if left_out - found:
        raise InputError(f"The story leaves out skills that {', '.join(codes)} does not ask.")
    return sorted(found - left_out)


def _person_row(row: Mapping[str, Any]) -> dict[str, Any]:
    worked = row.get("worked", [])
    skills = _skills(worked, row.get("missing", [])) if worked else row.get("skills")
    return {
        "person_id": PREFIX + row["id"],
        **row["columns"],
        "skills": skills,
        "occupation_uris": [_esco().occupations[code] for code in worked],
        "invented": True,
    }


def people_table() -> pa.Table:
    """The people in the columns of the bridge."""
    rows = [_person_row(row) for row in _story()["people"]]
    return pa.Table.from_pylist([{name: row.get(name) for name in PEOPLE.names} for row in rows], PEOPLE)


def _task(task: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "hours": task["hours"],
        "essential": sorted(_skill(label) for label in task["skills"]),
        "demands": task.get("demands", []),
        "dayparts": task.get("dayparts", []),
        "level_min": task.get("level_min"),
    }


def _opening_row(row: Mapping[str, Any], on: date) -> dict[str, Any]:
    code, wage = row.get("occupation"), row.get("wage", [None, None])
    weeks = row.get("latest_start_weeks")
    return {
        "opening_id": PREFIX + row["id"],
        **row["columns"],
        "latest_start": on + timedelta(weeks=weeks) if weeks else None,
        "essential": _skills([code], row.get("without", [])) if code else [],
        "tasks": [_task(task) for task in row.get("tasks", [])],
        "title_nl": row["nl"],
        "title_en": row["en"],
        "occupation_uri": _esco().occupations[code] if code else None,
        "employer_name": f"{row['employer']} (verzonnen)",
        "sector": row["sector"],
        "wage_cents_per_hour_min": wage[0],
        "wage_cents_per_hour_max": wage[1],
        "invented": True,
    }


def openings_table(on: date) -> pa.Table:
    """The openings in the columns of the bridge; `latest_start` counts from `on`."""
    rows = [_opening_row(row, on) for row in _story()["openings"]]
    return whole_table(
        pa.Table.from_pylist([{name: row.get(name) for name in OPENINGS.names} for row in rows], OPENINGS)
    )


def files() -> dict[Path, str]:
    """The files that are made from story.yaml, with what must stand in them."""
    return {
        FOLDER / "people.jsonl": json_lines(people_table()),
        FOLDER / "openings.jsonl": json_lines(openings_table(story_date())),
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
