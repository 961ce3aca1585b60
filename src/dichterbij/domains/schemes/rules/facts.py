"""The facts of one application, and the columns of whole numbers for many."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.moments import day_number, micros
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme
from dichterbij.shared.errors import InputError

I64 = npt.NDArray[np.int64]
Columns = Mapping[str, I64]

NO_KEY = -1  # no person, employer or group
NO_DAY = -(1 << 31)  # no start
COLUMNS = ("complete_at", "applicant", "category", "quantity", "cost_cents", "own_cents", "start", "met", "score",
           "person", "employer", "group")  # fmt: skip
APPLICANTS = tuple(Applicant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One application. `complete_at`: when it was complete, with time zone. `met`: the conditions that hold.

    `person`, `employer` and `group` are opaque: only whether they are the same counts. Who names no group is its own,
    so a parent counts with those that name it. `category`: its code, or none.
    """

    complete_at: datetime
    applicant: Applicant
    person: str | None = None
    employer: str | None = None
    group: str | None = None
    category: str | None = None
    quantity: int = 1
    cost_cents: int = 0
    own_cents: int = 0
    start: date | None = None
    met: frozenset[str] = frozenset()
    score: int = 0


def key_of(text: str) -> int:
    """A number from 0 up for an opaque text: 63 bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def columns_of(scheme: Scheme, facts: Sequence[Facts], *, key: Callable[[str], int] = key_of) -> dict[str, I64]:
    """The columns of these applications, in this order. InputError for a condition that the scheme does not know."""
    bits = {condition.code: 1 << place for place, condition in enumerate(scheme.conditions)}
    places = {category.code: place for place, category in enumerate(scheme.categories)}

    def identity(value: str | None) -> int:
        return NO_KEY if value is None else key(value)

    rows = [
        (
            micros(one.complete_at),
            APPLICANTS.index(one.applicant),
            places.get(one.category or "", -1),
            one.quantity,
            one.cost_cents,
            one.own_cents,
            NO_DAY if one.start is None else day_number(one.start),
            _met(one, bits),
            one.score,
            identity(one.person),
            identity(one.employer),
            identity(one.group or one.employer),
        )
        for one in facts
    ]
    table = np.array(rows, np.int64).reshape(len(rows), len(COLUMNS))
    return {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(COLUMNS)}


def _met(facts: Facts, bits: Mapping[str, int]) -> int:
    unknown = sorted(facts.met - set(bits))
    if unknown:
        raise InputError(f"{unknown[0]} is no condition of this scheme; the conditions are {', '.join(bits) or 'none'}")
    return sum(bits[code] for code in facts.met)


def completed(columns: Columns) -> dict[str, I64]:
    """All columns, with what was left out filled in: one unit, no costs, nobody, no conditions.

    `complete_at` and `applicant` are always needed. InputError for another column, or one of another type or length.
    """
    strays = sorted(set(columns) - set(COLUMNS))
    if strays or not {"complete_at", "applicant"} <= set(columns):
        raise InputError(f"columns are {', '.join(COLUMNS)}, with at least complete_at and applicant; not {strays}")
    size = len(columns["complete_at"])
    for name, column in columns.items():
        if column.dtype != np.int64 or column.shape != (size,):
            raise InputError(f"column {name}: {size} whole numbers of 64 bits, found {column.dtype} {column.shape}")
    empty = {"quantity": 1, "category": -1, "start": NO_DAY, "person": NO_KEY, "employer": NO_KEY, "group": NO_KEY}
    return {name: columns[name] if name in columns else np.full(size, empty.get(name, 0), np.int64) for name in COLUMNS}
