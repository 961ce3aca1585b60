"""How long somebody has to answer, and references that survive a phone call."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.referral.rules import Level, load_terms, read_reference, reference_of
from dichterbij.domains.referral.rules.references import NUMBERS
from dichterbij.shared.errors import InputError

TERMS = load_terms(on=date(2026, 11, 22))


def test_what_a_coordinator_set_goes_before_the_data() -> None:
    assert TERMS.days(Level.DESK, "AM05") == TERMS.answer_days
    assert TERMS.days(Level.DESK, "AM05", own=5) == 5
    assert TERMS.is_assumption("AM05")
    assert not TERMS.is_assumption("AM05", own=5)


@pytest.mark.parametrize("level", [Level.REGION, Level.COORDINATOR, Level.NATIONAL])
def test_above_the_desks_the_term_is_that_of_the_level(level: Level) -> None:
    assert TERMS.days(level, "AM05", own=9) == TERMS.level_days[level]


def test_before_the_first_period_there_are_no_terms() -> None:
    with pytest.raises(InputError, match="first period"):
        load_terms(on=date(2025, 12, 31))


@given(st.integers(0, NUMBERS - 1))
def test_a_reference_is_read_back_however_it_is_typed(number: int) -> None:
    reference = reference_of(number)
    assert reference.startswith("OV-")
    for typed in (reference, reference.lower(), reference.replace("-", " "), reference[3:], f" {reference} "):
        assert read_reference(typed) == reference
