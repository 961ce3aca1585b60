"""The facts of an application become columns of whole numbers, and nothing that is not a fact slips in."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from dichterbij.domains.schemes.rules import (
    COLUMNS,
    NO_DAY,
    NO_KEY,
    Applicant,
    Facts,
    columns_of,
    judge_many,
    key_of,
    scheme,
)
from dichterbij.domains.schemes.rules.facts import APPLICANTS, completed
from dichterbij.shared.errors import InputError
from domains.schemes.rules.made import asked, made

MOMENT = datetime(2022, 9, 1, 12, tzinfo=UTC)


def test_facts_become_columns_in_their_order() -> None:
    read = scheme("employer_subsidy", date(2022, 9, 1))
    full = Facts(
        complete_at=MOMENT, applicant=Applicant.LEARNING_COMPANY, person="p", employer="e", group="g",
        category="learn_work", quantity=2, cost_cents=3, own_cents=4, start=date(1970, 1, 11),
        met=frozenset({"interview", "own_employee"}), score=5,
    )  # fmt: skip
    columns = columns_of(read, [full, Facts(complete_at=MOMENT, applicant=Applicant.EMPLOYER)])
    assert tuple(columns) == COLUMNS
    assert {name: column.tolist() for name, column in columns.items()} == {
        "complete_at": [1_662_033_600_000_000] * 2, "applicant": [1, 0], "category": [2, -1], "quantity": [2, 1],
        "cost_cents": [3, 0], "own_cents": [4, 0], "start": [10, NO_DAY], "met": [0b10010, 0], "score": [5, 0],
        "person": [key_of("p"), NO_KEY], "employer": [key_of("e"), NO_KEY], "group": [key_of("g"), NO_KEY],
    }  # fmt: skip
    assert all(column.dtype == np.int64 and column.flags.c_contiguous for column in columns.values())
    assert {name: len(column) for name, column in columns_of(read, []).items()} == dict.fromkeys(COLUMNS, 0)
    assert NO_DAY == -(1 << 31)


def test_keys_are_from_zero_up_and_may_be_given() -> None:
    assert key_of("p") == key_of("p") != key_of("q")
    assert all(0 <= key_of(str(number)) < 1 << 63 for number in range(200))
    facts = Facts(complete_at=MOMENT, applicant=Applicant.EMPLOYER, person="77")
    assert columns_of(made(), [facts], key=int)["person"].tolist() == [77]


def test_a_condition_that_the_scheme_does_not_know_is_named() -> None:
    facts = Facts(complete_at=MOMENT, applicant=Applicant.EMPLOYER, met=frozenset({"rich"}))
    with pytest.raises(InputError, match="rich is no condition of this scheme; the conditions are none"):
        columns_of(made(), [facts])
    with pytest.raises(InputError, match="the conditions are unused_potential, interview"):
        columns_of(scheme("employer_subsidy", date(2022, 9, 1)), [facts])


def test_columns_that_are_left_out_are_filled_in() -> None:
    full = completed(asked(2))
    assert tuple(full) == COLUMNS
    assert {name: full[name].tolist() for name in COLUMNS[2:]} == {
        "category": [-1, -1], "quantity": [1, 1], "cost_cents": [0, 0], "own_cents": [0, 0], "start": [NO_DAY] * 2,
        "met": [0, 0], "score": [0, 0], "person": [-1, -1], "employer": [-1, -1], "group": [-1, -1],
    }  # fmt: skip


@pytest.mark.parametrize(
    "columns",
    [
        {**asked(2), "colour": np.zeros(2, np.int64)},
        {"complete_at": np.zeros(2, np.int64)},
        {**asked(2), "person": np.zeros(3, np.int64)},
        {**asked(2), "person": np.zeros(2, np.int32)},
        {**asked(2), "cost_cents": np.zeros(2)},
    ],
    ids=["a stray one", "no applicant", "another length", "narrower", "floats"],
)
def test_columns_that_cannot_be_used_are_named(columns: dict[str, np.ndarray]) -> None:
    with pytest.raises(InputError, match="column"):
        judge_many(made(), columns)


def test_the_places_of_applicants_never_change() -> None:
    assert APPLICANTS.index(Applicant.EMPLOYER) == 0
    assert APPLICANTS[-1] is Applicant.WORKER
    assert len(APPLICANTS) == 17
