"""Why data of people may be used: purposes with their ground and law, and which purpose covers another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dichterbij.data import RULES
from dichterbij.domains.people.rules.values import Ground
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words


@dataclass(frozen=True, slots=True)
class Purpose:
    """What data are used for, in plain words, with ground and law."""

    name: str
    words: Words
    ground: Ground
    law: str
    activity: str  # the URI of this processing in the register, with the day from which it holds


@dataclass(frozen=True, slots=True)
class Grounds:
    """Per purpose: why, and which access covers it. `consent_text` is the version of the words somebody agrees to."""

    purposes: Mapping[str, Purpose]
    covered_by: Mapping[str, frozenset[str]]
    public_task_of: frozenset[str]
    consent_text: str
    grounds: Mapping[Ground, Words]

    def purpose(self, name: str) -> Purpose:
        """The purpose of this name; InputError."""
        if name not in self.purposes:
            raise InputError(f"{name!r} is no purpose; they are {', '.join(self.purposes)}.")
        return self.purposes[name]

    def covering(self, name: str) -> frozenset[str]:
        """The purposes of an access that is enough for this purpose: itself, and those that hold it."""
        return frozenset({name}) | self.covered_by.get(name, frozenset())

    def ground_of(self, organisation_kind: str) -> Ground:
        """On which ground an organisation of this kind guides somebody."""
        return Ground.PUBLIC_TASK if organisation_kind in self.public_task_of else Ground.CONSENT


@cache
def read_grounds(on: date) -> Grounds:
    """The grounds of this day. InputError with the place of a mistake."""
    permissions = read_rule_folder(newest_folder(RULES / "permissions", on=on), names=("permissions",), own=None)
    values = read_rule_folder(newest_folder(RULES / "grounds", on=on), names=("grounds",), own=None)["grounds"].values
    table = permissions["permissions"].values
    purposes = {name: _purpose(name, row, table["valid_from"]) for name, row in table["purposes"].items()}
    unknown = {*values["covered_by"], *(name for row in values["covered_by"].values() for name in row)} - set(purposes)
    if unknown:
        raise InputError(f"grounds, covered_by: {', '.join(sorted(unknown))} is no purpose of the permissions.")
    words = {Ground(name): _words(f"grounds, {name}", row) for name, row in values["grounds"].items()}
    covered = {name: frozenset(row) for name, row in values["covered_by"].items()}
    return Grounds(purposes, covered, frozenset(values["public_task_of"]), str(values["consent_text"]), words)


def _purpose(name: str, row: Any, valid_from: date) -> Purpose:
    activity = f"urn:dichterbij:processing:{name}:{valid_from.isoformat()}"
    return Purpose(name, _words(f"purpose {name}", row), Ground(row["ground"]), str(row["law"]), activity)


def _words(at: str, row: Mapping[str, Any]) -> Words:
    return Record({"words": {"nl": row["nl"], "en": row["en"]}}, at).words("words")
