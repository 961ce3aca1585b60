"""The national initiatives that got money: contract, amount, the three conditions, and what came of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from dichterbij.data import REFERENCE, read_yaml
from dichterbij.domains.budget.rules.books import programme
from dichterbij.domains.budget.rules.places import check_cents, euros
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

FILE = REFERENCE / "budget" / "partners.yaml"
CONDITIONS = ("proven", "scale", "fame")


class Contract(StrEnum):
    """How the money was given."""

    COMMISSION = "commission"
    GRANT = "grant"


class Mechanism(StrEnum):
    """What it works on: knowing, being able, wanting."""

    KNOW = "know"
    CAN = "can"
    WANT = "want"


@dataclass(frozen=True, slots=True)
class Partner:
    """One initiative. `cents` None: known only together with others. A condition of which nothing was told is None."""

    code: str
    name: str
    contract: Contract
    cents: int | None
    mechanism: Mechanism
    conditions: tuple[Words | None, ...]
    result: Words
    source: str


@dataclass(frozen=True, slots=True)
class Partners:
    """All of them, with what they got together and what is known only as a sum."""

    partners: tuple[Partner, ...]
    total_cents: int
    together_cents: int


@cache
def partners() -> Partners:
    """The published list. InputError when its amounts do not fit the programme's sum for national initiatives."""
    return read_partners(read_yaml(FILE), programme().plans["initiatives"].total_cents)


def read_partners(values: Mapping[str, Any], total_cents: int) -> Partners:
    """The list that a file holds, checked against what there was for all. InputError that says what is wrong."""
    try:
        found = tuple(_partner(row) for row in values["partners"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"partners: a value is missing or wrong: {type(error).__name__} {error}.") from error
    left = total_cents - sum(one.cents or 0 for one in found)
    if left < 0 or (left > 0) != any(one.cents is None for one in found):
        raise InputError(f"partners: {euros(left)} euros are left for who has no amount of their own.")
    return Partners(found, total_cents, left)


def _partner(row: Mapping[str, Any]) -> Partner:
    if row["cents"] is not None:
        check_cents(row["cents"])
    told = tuple(Words(**row[name]) if row[name] is not None else None for name in CONDITIONS)
    return Partner(
        row["code"], row["name"], Contract(row["contract"]), row["cents"], Mechanism(row["mechanism"]), told,
        Words(**row["result"]), row["source"],
    )  # fmt: skip
