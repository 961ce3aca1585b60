"""Pro rata and tender worked out in three ways: columns, by hand in fractions, and in SQL; equal to the cent."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from dichterbij.data import SCHEMES, read_yaml
from dichterbij.domains.schemes.rules import (
    REASONS,
    Decisions,
    Scheme,
    decide_all,
    judge_many,
    read_scheme,
    slugs,
    versions,
)
from support.schemes_rules.cases import cases
from support.schemes_rules.sharing import ranked_by_hand, ranked_in_sql, shared_by_hand, shared_in_sql

ALL = [(slug, day) for slug in slugs() for day in versions(slug)]
QUICK, LONG = 4_000, 100_000


def _made(slug: str, day: date, **distribution: Any) -> tuple[Mapping[str, Any], Scheme]:
    values = read_yaml(SCHEMES / slug / f"{day}.yaml")
    shared = {**values["distribution"], "lowest_score": 0, **distribution}
    values = {**values, "questions": [], "may_exercise": True, "distribution": shared}
    return values, read_scheme(values).as_exercise()


def _rows(columns: Mapping[str, Any]) -> list[dict[str, int]]:
    lists = {name: column.tolist() for name, column in columns.items()}
    return [dict(zip(lists, numbers, strict=True)) for numbers in zip(*lists.values(), strict=True)]


def _told(decided: Decisions) -> list[tuple[int, str]]:
    return [(int(cents), REASONS[int(code)]) for cents, code in zip(decided.cents, decided.reason, strict=True)]


def _cases(scheme: Scheme, size: int, seed: int) -> dict[str, Any]:
    columns = cases(scheme, size, seed)
    order = np.argsort(columns["complete_at"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _ceiling(scheme: Scheme, columns: Mapping[str, Any], seed: int) -> int:
    """Less than is asked, mostly."""
    return int(judge_many(scheme, columns)[0].sum()) * (seed % 4 + 1) // 4 + seed


def _is_plain(scheme: Scheme) -> bool:
    """Whether nothing but the ceiling of all is shared: that is what SQL works out."""
    parts = any(one.places or one.ceiling_cents for one in scheme.periods)
    return not (scheme.caps or scheme.ceiling.categories or parts)


def _share(size: int, *, in_sql: bool) -> None:
    for seed, (slug, day) in enumerate(ALL):
        values, scheme = _made(slug, day, method="pro_rata")
        columns = _cases(scheme, size // len(ALL), seed)
        ceiling = _ceiling(scheme, columns, seed)
        decided = decide_all(scheme, ceiling, columns)
        assert _told(decided) == shared_by_hand(values, _rows(columns), ceiling), slug
        assert int(decided.cents.sum()) <= ceiling
        cents = judge_many(scheme, columns)[0]
        if in_sql and _is_plain(scheme) and cents.sum() > ceiling:
            assert shared_in_sql(cents.tolist(), ceiling) == decided.cents.tolist(), slug


def _rank(size: int, *, in_sql: bool) -> None:
    for seed, (slug, day) in enumerate(ALL):
        values, scheme = _made(slug, day, method="tender", rest="next", lowest_score=20)
        columns = _cases(scheme, size // len(ALL), seed)
        keys = [f"AV-{place}" for place in range(len(columns["score"]))]
        ceiling = _ceiling(scheme, columns, seed)
        decided = decide_all(scheme, ceiling, columns, seed="7", keys=keys)
        assert _told(decided) == ranked_by_hand(values, _rows(columns), keys, "7", Decimal(ceiling) / 100), slug
        if in_sql and _is_plain(scheme):
            cents = judge_many(scheme, columns)[0].tolist()
            assert ranked_in_sql(cents, columns["score"].tolist(), keys, "7", ceiling) == decided.cents.tolist(), slug


def test_columns_and_fractions_share_out_alike_to_the_cent() -> None:
    _share(QUICK, in_sql=False)


def test_columns_and_a_tender_by_hand_rank_alike() -> None:
    _rank(QUICK, in_sql=False)


@pytest.mark.django_db
def test_columns_hand_and_sql_share_out_and_rank_alike() -> None:
    _share(QUICK // 2, in_sql=True)
    _rank(QUICK // 2, in_sql=True)


@pytest.mark.long  # many rows one after the other in Decimal, fractions and SQL
@pytest.mark.django_db
def test_columns_hand_and_sql_share_out_and_rank_alike_on_many_cases() -> None:
    _share(LONG, in_sql=True)
    _rank(LONG // 10, in_sql=True)  # in SQL a ranking takes time by its square
