"""Working days and the Dutch holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.referral.rules import after_working_days, holidays, is_working_day
from dichterbij.domains.referral.rules.days import easter

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 1))


@pytest.mark.parametrize(
    "day", ["2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05",
            "2027-03-28", "2038-04-25"],
)  # fmt: skip
def test_easter_falls_on_the_days_of_the_calendar(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "Nieuwjaarsdag"), ("2026-04-03", "Goede Vrijdag"), ("2026-04-06", "Tweede paasdag"),
        ("2026-04-27", "Koningsdag"), ("2026-05-05", "Bevrijdingsdag"), ("2026-05-14", "Hemelvaartsdag"),
        ("2026-05-25", "Tweede pinksterdag"), ("2026-12-25", "Eerste kerstdag"), ("2026-12-26", "Tweede kerstdag"),
        ("2025-04-26", "Koningsdag"),
    ],
)  # fmt: skip
def test_nobody_has_to_answer_on_a_holiday(day: str, name: str) -> None:
    assert holidays(int(day[:4]))[date.fromisoformat(day)] == name


def test_the_day_before_a_kings_day_on_sunday_takes_its_place() -> None:
    assert date(2025, 4, 27) not in holidays(2025)


def test_a_term_over_christmas_skips_it_and_the_weekend() -> None:
    assert after_working_days(date(2026, 12, 24), 3) == date(2026, 12, 30)


@settings(deadline=None)
@given(DAYS, st.integers(1, 20))
def test_a_term_ends_on_a_working_day_and_holds_as_many_as_it_says(start: date, count: int) -> None:
    end = after_working_days(start, count)
    assert is_working_day(end)
    between = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    assert sum(map(is_working_day, between)) == count


@settings(deadline=None)
@given(DAYS, st.integers(1, 15))
def test_who_gets_it_later_never_has_to_answer_earlier(start: date, count: int) -> None:
    assert after_working_days(start, count) <= after_working_days(start + timedelta(days=1), count)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_no_weekend_is_a_working_day(day: date) -> None:
    assert not (is_working_day(day) and day.weekday() >= 5)


def test_a_term_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        after_working_days(date(2026, 1, 5), 0)
