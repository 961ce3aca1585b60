"""From the last day at school to the first contact: the first working day after it is no gap, a day later is."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.referral.rules.days import is_working_day
from dichterbij.domains.referral.rules.leaving import WARN_DAYS, Joining, leaving

FRIDAY = date(2026, 7, 10)
MONDAY = date(2026, 7, 13)


@pytest.mark.parametrize(
    ("contact_on", "joining", "days"),
    [
        (FRIDAY - timedelta(days=90), Joining.JOINED, 0),  # begun in the last year at school
        (FRIDAY, Joining.JOINED, 0),
        (MONDAY, Joining.JOINED, 0),
        (MONDAY + timedelta(days=1), Joining.GAP, 1),
        (MONDAY + timedelta(days=7), Joining.GAP, 5),
    ],
)
def test_a_contact_that_was_agreed_joins_or_leaves_a_gap(contact_on: date, joining: Joining, days: int) -> None:
    found = leaving(last_day=FRIDAY, contact_on=contact_on, today=date(2026, 6, 1))
    assert (found.joining, found.days) == (joining, days)
    assert found.is_warning == (joining is Joining.GAP)


@pytest.mark.parametrize(
    ("today", "joining", "days"),
    [
        (date(2026, 6, 25), Joining.LATER, 0),  # eleven working days before
        (date(2026, 6, 26), Joining.SOON, 0),  # ten
        (FRIDAY, Joining.SOON, 0),
        (MONDAY, Joining.SOON, 0),  # today is still in time
        (MONDAY + timedelta(days=1), Joining.OPEN, 1),
        (MONDAY + timedelta(days=8), Joining.OPEN, 6),
    ],
)
def test_without_a_contact_it_warns_in_time_and_counts_the_days(today: date, joining: Joining, days: int) -> None:
    found = leaving(last_day=FRIDAY, contact_on=None, today=today)
    assert (found.joining, found.days) == (joining, days)
    assert WARN_DAYS == 10


def test_of_a_year_that_was_typed_wrong_only_the_first_days_are_counted() -> None:
    """Else one list looks at 730,000 days, for every row, on every visit."""
    assert leaving(last_day=date(26, 7, 10), contact_on=None, today=MONDAY).days < 400


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(-9, 9))
@settings(max_examples=20)
def test_no_gap_exactly_when_no_working_day_lies_between(last_day: date, number: int) -> None:
    contact_on = last_day + timedelta(days=number)
    between = [last_day + timedelta(days=one) for one in range(1, number)]
    found = leaving(last_day=last_day, contact_on=contact_on, today=last_day)
    assert found.days == sum(map(is_working_day, between))
    assert (found.joining is Joining.JOINED) == (found.days == 0)
