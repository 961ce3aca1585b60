"""Columns, Decimal row by row and SQL: three ways of working out the same answer, equal to the cent."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from dichterbij.data import SCHEMES, read_yaml
from dichterbij.domains.schemes.rules import REASONS, Facts, Scheme, judge, judge_many, slugs, versions
from dichterbij.domains.schemes.rules.facts import APPLICANTS, NO_DAY
from dichterbij.domains.schemes.rules.files import version
from dichterbij.domains.schemes.rules.moments import moment_of
from support.schemes_rules.cases import cases
from support.schemes_rules.decimals import Witness
from support.schemes_rules.sql import judge_in_sql

ALL = [(slug, day) for slug in slugs() for day in versions(slug)]
QUICK, LONG = 20_000, 1_000_000


def _values(slug: str, day: date) -> Mapping[str, Any]:
    values: Mapping[str, Any] = read_yaml(SCHEMES / slug / f"{day}.yaml")
    return values


def _rounds(size: int) -> Iterator[tuple[str, date, bool, int, int]]:
    """Every version, as it is and as an exercise, with its part of so many cases, and a seed."""
    part = -(-size // (2 * len(ALL)))
    for place, (slug, day) in enumerate(ALL):
        for is_exercise in (False, True):
            yield slug, day, is_exercise, part, 2 * place + is_exercise


def _compare(size: int, *, in_sql: bool) -> int:
    compared = 0
    for slug, day, is_exercise, part, seed in _rounds(size):
        read = version(slug, day)
        scheme = read.as_exercise() if is_exercise else read
        columns = cases(scheme, part, seed)
        cents, codes = judge_many(scheme, columns)
        ours = [(int(amount), REASONS[int(code)]) for amount, code in zip(cents, codes, strict=True)]
        assert _by_row(slug, day, columns, is_exercise) == ours, slug
        if in_sql:
            with transaction.atomic():
                assert judge_in_sql(_values(slug, day), columns, is_exercise=is_exercise) == ours, slug
        compared += part
    return compared


def _by_row(slug: str, day: date, columns: Mapping[str, Any], is_exercise: bool) -> list[tuple[int, str]]:
    witness = Witness(_values(slug, day), is_exercise=is_exercise)
    lists = {name: column.tolist() for name, column in columns.items()}
    rows = (dict(zip(lists, numbers, strict=True)) for numbers in zip(*lists.values(), strict=True))
    judged = (witness.judge(row) for row in rows)
    return [(int(amount * 100), reason) for amount, reason in judged]


def test_columns_and_decimals_agree_to_the_cent() -> None:
    assert _compare(QUICK // 4, in_sql=False) >= QUICK // 4


@pytest.mark.django_db
def test_columns_decimals_and_sql_agree_to_the_cent_on_twenty_thousand_cases() -> None:
    assert _compare(QUICK, in_sql=True) >= QUICK


@pytest.mark.long  # a million rows one after the other in Decimal, and in SQL
@pytest.mark.django_db
def test_columns_decimals_and_sql_agree_to_the_cent_on_a_million_cases() -> None:
    assert _compare(LONG, in_sql=True) >= LONG


@pytest.mark.parametrize(("slug", "day"), ALL)
def test_one_with_reasons_says_what_many_say(slug: str, day: date) -> None:
    for scheme in (version(slug, day), version(slug, day).as_exercise()):
        columns = cases(scheme, 150, 7)
        columns["applicant"] = np.clip(columns["applicant"], 0, len(APPLICANTS) - 1)  # facts name somebody
        cents, codes = judge_many(scheme, columns)
        for row in range(150):
            judged = judge(scheme, _facts(scheme, {name: int(column[row]) for name, column in columns.items()}))
            assert (judged.value.cents, judged.value.why) == (cents[row], codes[row])
            assert judged.reasons
            assert all(reason.rule and reason.source for reason in judged.reasons)


def _facts(scheme: Scheme, row: Mapping[str, int]) -> Facts:
    codes = [category.code for category in scheme.categories]
    names = {name: None if row[name] < 0 else str(row[name]) for name in ("person", "employer", "group")}
    return Facts(
        complete_at=moment_of(row["complete_at"]),
        applicant=APPLICANTS[row["applicant"]],
        category=codes[row["category"]] if 0 <= row["category"] < len(codes) else None,
        quantity=row["quantity"],
        cost_cents=row["cost_cents"],
        own_cents=row["own_cents"],
        start=None if row["start"] == NO_DAY else date.fromordinal(date(1970, 1, 1).toordinal() + row["start"]),
        met=frozenset(one.code for place, one in enumerate(scheme.conditions) if row["met"] >> place & 1),
        score=row["score"],
        person=names["person"],
        employer=names["employer"],
        group=names["group"],
    )
