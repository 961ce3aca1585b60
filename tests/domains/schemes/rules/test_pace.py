"""When the money runs out: in whole cents, and no day where none can be said."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules.pace import FURTHEST, pace

TODAY = date(2026, 11, 22)


def test_what_is_left_lasts_as_many_days_as_the_last_week_says() -> None:
    found = pace(1_000, [700], on=TODAY)
    assert (found.per_day_cents, found.runs_out) == (100, TODAY + timedelta(days=10))


def test_a_cent_more_takes_a_day_more() -> None:
    assert pace(1_001, [700], on=TODAY).runs_out == TODAY + timedelta(days=11)


def test_nothing_left_is_today_and_nothing_went_is_no_day() -> None:
    assert pace(0, [700], on=TODAY).runs_out == TODAY
    assert pace(1_000, [], on=TODAY).runs_out is None
    assert pace(1_000, [-700], on=TODAY).runs_out is None
    assert pace(10**12, [7], on=TODAY).runs_out is None


@given(left=st.integers(1, 10**12), went=st.integers(1, 10**12), days=st.integers(1, 60))
def test_the_day_is_the_first_on_which_the_pace_covers_what_is_left(left: int, went: int, days: int) -> None:
    found = pace(left, [went], on=TODAY, days=days)
    if found.runs_out is None:
        assert went * FURTHEST < left * days
    else:
        lasts = (found.runs_out - TODAY).days
        assert went * lasts >= left * days > went * (lasts - 1)
