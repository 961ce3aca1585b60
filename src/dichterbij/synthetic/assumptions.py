"""What the invented people and openings rest on: dated YAML, each file with its source or marked as assumption."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dichterbij.data import RULES, read_yaml
from dichterbij.rules.dated import newest_folder

FOLDER = RULES / "synthetic"
DAYPARTS = ("weekday", "evening", "night", "saturday", "sunday")
AGREEMENTS = ("job", "learning_place", "volunteer", "work_experience")


@dataclass(frozen=True)
class Group:
    """An occupation group: what its openings ask, as weights and shares in 1000."""

    key: str
    nl: str
    en: str
    openings: int
    people: int
    isco: Mapping[str, int]
    common: frozenset[str]
    sectors: Mapping[str, int]
    dayparts: str
    hours: str
    onboarding: str
    dutch: tuple[int, ...]
    on_the_job: int
    demands: Mapping[str, int]
    licences: Mapping[str, int]
    open_hiring: int
    learning_company: int
    carvable: int
    volunteer: int
    work_experience: int


@dataclass(frozen=True)
class Assumptions:
    """One period's parameters; `openings`, `people`, `wages`, `places`, `names` as their YAML prints them."""

    valid_from: date
    groups: tuple[Group, ...]
    openings: Mapping[str, Any]
    people: Mapping[str, Any]
    wages: Mapping[str, Any]
    places: Mapping[str, Any]
    names: Mapping[str, Any]
    licences: tuple[str, ...]
    demands: tuple[str, ...]


def _group(row: Mapping[str, Any]) -> Group:
    isco = {str(code): weight for code, weight in row["isco"].items()}
    common = frozenset(str(code) for code in row["common"])
    return Group(**{**row, "isco": isco, "common": common, "dutch": tuple(row["dutch"])})


@cache
def load(on: date) -> Assumptions:
    """The assumptions of the newest period not after `on`; InputError before the first one."""
    folder = newest_folder(FOLDER, on=on)
    files = {path.stem: read_yaml(path) for path in folder.glob("*.yaml")}
    people = files["people"]
    return Assumptions(
        valid_from=date.fromisoformat(folder.name),
        groups=tuple(_group(row) for row in files["groups"]["groups"]),
        openings=files["openings"],
        people=people,
        wages=files["wages"],
        places=files["places"],
        names=files["names"],
        licences=tuple(people["licences"]),
        demands=tuple(people["avoid"]),
    )
