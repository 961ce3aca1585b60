"""Easy return to social assistance: the dates of R25 and D06, and what holds for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.support.rules.easy_return import EasyReturn, Option, add_months, easy_return, rule_on
from dichterbij.shared.errors import InputError

RULE = rule_on(date(2026, 11, 22))
DAYS = st.dates(date(2022, 6, 15), date(2098, 12, 31))


def until(option: Option, start: date, trial_end: date | None = None) -> EasyReturn:
    return easy_return(option=option, start=start, trial_end=trial_end, rule=RULE).value


def test_a_contract_from_1_march_gives_easy_return_until_1_september() -> None:
    found = until(Option.CONTRACT, date(2027, 3, 1))
    assert (found.counts_from, found.until, found.is_clamped) == (date(2027, 3, 1), date(2027, 9, 1), False)


def test_after_a_trial_placement_the_half_year_counts_from_its_end() -> None:
    found = until(Option.TRIAL, date(2027, 3, 1), date(2027, 4, 30))
    assert (found.counts_from, found.until) == (date(2027, 4, 30), date(2027, 10, 30))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2027, 8, 29), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_a_day_that_the_last_month_does_not_have_becomes_its_last_day(start: date, expected: date) -> None:
    assert until(Option.CONTRACT, start).until == expected


def test_a_clamped_day_is_said_among_the_reasons() -> None:
    reasons = easy_return(option=Option.CONTRACT, start=date(2026, 8, 31), trial_end=None, rule=RULE).reasons
    assert [reason.rule for reason in reasons] == [
        "easy_return.contract_start", "easy_return.months", "easy_return.last_day_of_month",
    ]  # fmt: skip


def test_a_trial_without_an_end_or_with_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(InputError, match="say when it ends"):
        until(Option.TRIAL, date(2027, 3, 1))
    with pytest.raises(InputError, match="before it starts"):
        until(Option.TRIAL, date(2027, 3, 1), date(2027, 2, 28))


def test_before_the_first_rule_there_is_none() -> None:
    with pytest.raises(InputError, match="the first period starts on 2022-06-15"):
        rule_on(date(2022, 6, 14))


def test_the_rule_names_its_source_and_its_assumptions() -> None:
    assert (RULE.months, RULE.checked_on) == (6, date(2026, 11, 22))
    assert "Menukaart" in RULE.source
    assert len(RULE.assumptions) >= 3


@settings(deadline=None)
@given(DAYS)
def test_half_a_year_is_between_181_and_184_days_and_never_skips_a_month(start: date) -> None:
    found = until(Option.CONTRACT, start)
    assert timedelta(181) <= found.until - start <= timedelta(184)
    assert (found.until.year * 12 + found.until.month) - (start.year * 12 + start.month) == 6
    assert found.is_clamped == (found.until.day != start.day)


@settings(deadline=None)
@given(DAYS, st.integers(0, 200))
def test_a_trial_placement_counts_as_a_contract_that_starts_when_it_ends(start: date, days: int) -> None:
    end = min(start + timedelta(days), date(2098, 12, 31))
    by_trial, by_contract = until(Option.TRIAL, start, end), until(Option.CONTRACT, end)
    assert (by_trial.counts_from, by_trial.until) == (by_contract.counts_from, by_contract.until)
    assert by_trial.until >= until(Option.CONTRACT, start).until


@settings(deadline=None)
@given(DAYS, DAYS)
def test_who_starts_later_keeps_it_at_least_as_long(one: date, other: date) -> None:
    first, second = sorted([one, other])
    assert until(Option.CONTRACT, first).until <= until(Option.CONTRACT, second).until


def test_a_year_too_far_ahead_is_refused() -> None:
    with pytest.raises(InputError, match="too far ahead"):
        add_months(date(2099, 12, 1), 6)
