"""Facts as an application writes them down, in JSON, and back. Pure; every mistake is named."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.facts import APPLICANTS, COLUMNS, NO_DAY, NO_KEY, Facts, key_of
from dichterbij.domains.schemes.rules.formulas import PerUnit
from dichterbij.domains.schemes.rules.moments import day_number, day_of
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme, Whose
from dichterbij.shared.errors import InputError

I64 = npt.NDArray[np.int64]
NAMES = {field.name for field in fields(Facts)} - {"complete_at"}
TEXTS, NUMBERS = ("person", "employer", "group", "category"), ("quantity", "cost_cents", "own_cents", "score")
NOBODY = -1  # no kind of applicant
KINDS = {one.value: place for place, one in enumerate(APPLICANTS)}
DECODE = json.JSONDecoder().raw_decode  # `loads` looks for white space that is never there
A_DAY, OF_KVK = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"kvk:\d{8}", re.ASCII)
A_CODE = re.compile(r"person:[0-9a-f]{32}")
MOST = 1 << 53  # what every reader of JSON keeps whole


def read_facts(values: Mapping[str, Any], *, complete_at: datetime) -> Facts:
    """The facts of one application. InputError for a field that does not exist or has another type."""
    strays = sorted(set(values) - NAMES)
    if strays:
        raise InputError(f"{strays[0]} is no fact of an application; those are {', '.join(sorted(NAMES))}.")
    return Facts(
        complete_at=complete_at,
        applicant=_applicant(values.get("applicant")),
        start=_start(values.get("start")),
        met=_met(values.get("met", [])),
        person=_text("person", values),
        employer=_text("employer", values),
        group=_text("group", values),
        category=_text("category", values),
        quantity=_number("quantity", values, 1),
        cost_cents=_number("cost_cents", values, 0),
        own_cents=_number("own_cents", values, 0),
        score=_number("score", values, 0),
    )


def written(facts: Facts) -> dict[str, Any]:
    """The same facts as they go into JSON; what is as usual is left out."""
    told: dict[str, Any] = {"applicant": facts.applicant.value}
    told |= {name: getattr(facts, name) for name in TEXTS if getattr(facts, name) is not None}
    usual = {field.name: field.default for field in fields(Facts)}
    told |= {name: getattr(facts, name) for name in NUMBERS if getattr(facts, name) != usual[name]}
    if facts.start is not None:
        told["start"] = facts.start.isoformat()
    return told | ({"met": sorted(facts.met)} if facts.met else {})


def columns_from(scheme: Scheme, rows: Sequence[tuple[str, int]]) -> dict[str, I64]:
    """The columns of applications as they were kept: their JSON, and the microsecond in which each was complete.

    What nobody can read (which `receive` never keeps) is an application of nobody: refused, and in nobody's way.
    """
    read = _Reader(scheme)
    table = [read.row(text, complete_at) for text, complete_at in rows]
    columns = np.array(table, np.int64).reshape(len(rows), len(COLUMNS)).T
    return dict(zip(COLUMNS, np.ascontiguousarray(columns), strict=True))


class _Reader:
    """Reads the JSON of one application after the other, as the numbers of its columns."""

    def __init__(self, scheme: Scheme) -> None:
        self.bits = {condition.code: 1 << place for place, condition in enumerate(scheme.conditions)}
        self.categories = {category.code: place for place, category in enumerate(scheme.categories)}
        self.met: dict[tuple[str, ...], int] = {}

    def row(self, text: str, complete_at: int) -> tuple[int, ...]:
        """In the order of COLUMNS."""
        try:
            told = DECODE(text)[0]
            get = told.get
            start = get("start")
            row = (
                complete_at, KINDS.get(told["applicant"], NOBODY), self.categories.get(get("category"), -1),
                get("quantity", 1), get("cost_cents", 0), get("own_cents", 0), NO_DAY if start is None else _day(start),
                self._met(tuple(get("met", ()))), get("score", 0), _key(get("person")), _key(get("employer")),
                _key(get("group") or get("employer")),
            )  # fmt: skip
        except (ValueError, TypeError, KeyError, AttributeError):
            return self.nobody(complete_at)
        return row if all(type(one) is int and -MOST < one < MOST for one in row[3:6]) else self.nobody(complete_at)

    def nobody(self, complete_at: int) -> tuple[int, ...]:
        """What cannot be read."""
        return (complete_at, NOBODY, -1, 0, 0, 0, NO_DAY, 0, 0, NO_KEY, NO_KEY, NO_KEY)

    def _met(self, codes: tuple[str, ...]) -> int:
        found = self.met.get(codes)
        if found is None:
            found = self.met[codes] = sum(self.bits.get(code, 0) for code in set(codes))
        return found


def check_conditions(scheme: Scheme, facts: Facts) -> None:
    """InputError for a condition or category that this scheme does not know."""
    codes = [condition.code for condition in scheme.conditions]
    strays = sorted(facts.met - set(codes))
    if strays:
        raise InputError(f"{strays[0]} is no condition of {scheme.slug}; those are {', '.join(codes) or 'none'}.")
    categories = [category.code for category in scheme.categories]
    if facts.category is not None and facts.category not in categories:
        raise InputError(
            f"{facts.category} is no category of {scheme.slug}; those are {', '.join(categories) or 'none'}."
        )


def check_who(scheme: Scheme, facts: Facts) -> None:
    """InputError for an employer, group or person that is not written in the one way in which it counts once.

    Also for more than one unit where each person counts: that application would be about one person.
    """
    for name, value in (("employer", facts.employer), ("group", facts.group)):
        if value is not None and not OF_KVK.fullmatch(value):
            raise InputError(
                f"{name} is its KVK number, written as kvk:12345678, with nothing between; found {value!r}."
            )
    if facts.person is not None and not A_CODE.fullmatch(facts.person):
        raise InputError("person is a code, never a name: person: and 32 figures or letters from a to f.")
    of_persons = any(cap.whose is Whose.PERSON for cap in scheme.caps)
    if of_persons and isinstance(scheme.formula, PerUnit) and facts.quantity > 1:
        raise InputError(f"An application for {scheme.slug} is about one person: quantity is 1. Apply for each person.")


@lru_cache(maxsize=1 << 16)
def _key(text: str | None) -> int:
    return NO_KEY if text is None else key_of(text)


@lru_cache(maxsize=1 << 12)
def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def _applicant(value: object) -> Applicant:
    if value not in list(Applicant):
        raise InputError(f"applicant is one of {', '.join(Applicant)}; found {value!r}.")
    return Applicant(str(value))


def _text(name: str, values: Mapping[str, Any]) -> str | None:
    value = values.get(name)
    if value is None or (isinstance(value, str) and value.strip() and value.isprintable() and len(value) <= 200):
        return value
    raise InputError(f"{name} is a text of at most 200 characters in one line, or left out; found {value!r}.")


def _start(value: object) -> date | None:
    """Only a day: a moment, or another way of writing days, is read otherwise by who decides."""
    if value is None or type(value) is date or (isinstance(value, str) and A_DAY.fullmatch(value)):
        return None if value is None else day_of(value, "start")
    raise InputError(f"start is a day, written as 2022-05-01, or left out; found {value!r}.")


def _number(name: str, values: Mapping[str, Any], usual: int) -> int:
    value = values.get(name, usual)
    if type(value) is not int or not -MOST < value < MOST:
        raise InputError(f"{name} is a whole number, amounts in cents; found {value!r}.")
    return value


def _met(value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise InputError(f"met is a list of the conditions that hold; found {value!r}.")
    return frozenset(value)
