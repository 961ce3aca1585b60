"""When a term ends: weeks, weekends, holidays, suspension, leap days, time zones, the night the clock goes back."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.data import RULES, read_yaml
from dichterbij.domains.schemes.rules.procedure.clock import (
    NETHERLANDS,
    Clock,
    Suspension,
    Term,
    clocks_of,
    day_of,
    read_clocks,
    term,
    years_later,
)
from dichterbij.rules.working_days import first_working_day, is_working_day

CLOCKS = read_clocks(on=date(2026, 11, 22))
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def ends(clock: Clock, after: str, **more: object) -> Term:
    return term(clock, after=date.fromisoformat(after), clocks=CLOCKS, **more).value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clock", "after", "last"),
    [
        (Clock.OBJECTION, "2026-11-23", "2027-01-04"),  # a Monday to a Monday
        (Clock.OBJECTION, "2026-11-20", "2027-01-04"),  # Friday 1 January: on to Monday
        (Clock.OBJECTION, "2027-02-14", "2027-03-30"),  # Easter Monday 29 March 2027: on to Tuesday (14 Feb a Sunday)
        (Clock.OBJECTION, "2027-02-12", "2027-03-30"),  # Good Friday 26 March counts as a holiday too
        (Clock.OBJECTION, "2026-03-24", "2026-05-06"),  # Liberation day 5 May
        (Clock.OBJECTION, "2025-03-15", "2025-04-28"),  # 26 April 2025, King's day as the 27th is a Sunday
        (Clock.PAYMENT, "2026-11-14", "2026-12-28"),  # second Christmas day, a Saturday
        (Clock.DECISION, "2026-10-30", "2026-12-28"),  # Christmas: Friday 25 to Monday 28
        (Clock.OBJECTION_COMMITTEE, "2026-09-19", "2026-12-14"),  # twelve weeks is not more than twelve
        (Clock.NOT_CONSIDERED, "2028-02-01", "2028-02-29"),  # ends on 29 February
        (Clock.NOT_CONSIDERED, "2028-02-29", "2028-03-28"),
    ],
)
def test_a_term_of_weeks_ends_on_the_same_weekday_or_the_next_working_day(clock: Clock, after: str, last: str) -> None:
    assert str(ends(clock, after).last_day) == last


@pytest.mark.parametrize(
    ("weeks", "last"), [(8, "2026-12-28"), (12, "2027-01-25"), (13, "2027-01-30"), (22, "2027-04-03")]
)
def test_a_scheme_says_its_own_weeks_and_more_than_twelve_do_not_move(weeks: int, last: str) -> None:
    """31 October 2026 is a Saturday; so is every day whole weeks after it."""
    found = term(Clock.DECISION, after=date(2026, 10, 31), clocks=CLOCKS, weeks=weeks)
    assert str(found.value.last_day) == last
    assert found.reasons[0].source.endswith("the scheme")
    moved = {8: "term.next_working_day", 12: "term.next_working_day"}.get(weeks, "term.does_not_move")
    assert found.reasons[-1].rule == moved
    assert "termijnenwet" in found.reasons[-1].source


def test_five_years_after_29_february_is_28_february_and_no_holiday_moves_it() -> None:
    assert years_later(date(2028, 2, 29), 5) == date(2033, 2, 28)
    assert years_later(date(2028, 2, 29), 4) == date(2032, 2, 29)
    assert years_later(date(2028, 2, 29), -3) == date(2025, 2, 28)
    assert ends(Clock.RECOVERY, "2028-02-29").last_day == date(2033, 2, 28)
    assert ends(Clock.WITHDRAWAL, "2021-12-25").last_day == date(2026, 12, 25)  # Christmas stays Christmas


@pytest.mark.parametrize(
    ("sent", "in_time"),
    [
        (datetime(2026, 12, 28, 23, 59, 59, tzinfo=NETHERLANDS), True),
        (datetime(2026, 12, 28, 22, 59, 59, 999_999, tzinfo=UTC), True),  # the same second, elsewhere
        (datetime(2026, 12, 28, 23, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 28, 23, 30, tzinfo=ZoneInfo("Atlantic/Azores")), False),  # still Monday there
        (datetime(2026, 12, 29, 7, 59, 59, tzinfo=ZoneInfo("Asia/Tokyo")), True),  # Tuesday already there
    ],
)
def test_the_last_second_is_a_dutch_second_wherever_it_was_sent_from(sent: datetime, in_time: bool) -> None:
    assert ends(Clock.DECISION, "2026-10-30").has_in_time(sent) is in_time


def test_the_night_the_clock_goes_back_has_one_midnight() -> None:
    """25 October 2026: half past two comes twice, midnight once, and the day lasts 25 hours."""
    closing = Term(Clock.COMPLETION, date(2026, 10, 11), date(2026, 10, 25), date(2026, 10, 25), date(2026, 10, 22))
    twice = [datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=NETHERLANDS) for fold in (0, 1)]
    assert twice[0].astimezone(UTC) + timedelta(hours=1) == twice[1].astimezone(UTC)
    assert all(closing.has_in_time(moment) for moment in twice)
    assert closing.has_in_time(datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC))
    assert not closing.has_in_time(datetime(2026, 10, 25, 23, 0, tzinfo=UTC))
    assert day_of(datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)) == date(2026, 10, 24)  # summer time until that night
    assert day_of(datetime(2026, 10, 24, 22, 0, tzinfo=UTC)) == date(2026, 10, 25)


def test_a_moment_without_a_time_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 10, 25, 2, 30))  # noqa: DTZ001
    assert day_of(datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=-8)))) == date(2026, 10, 25)


def test_a_term_stands_still_while_the_applicant_completes() -> None:
    still = [Suspension(date(2026, 11, 11), date(2026, 11, 20))]
    found = term(Clock.DECISION, after=date(2026, 11, 2), clocks=CLOCKS, suspended=still)
    assert found.value.last_day == date(2027, 1, 7)  # ten days after 28 December
    assert [reason.source for reason in found.reasons][1] == "Awb 4:15"


def test_days_that_stand_still_twice_count_once_and_after_the_end_they_do_not_count() -> None:
    day = date(2026, 11, 2)
    one = Suspension(date(2026, 11, 10), date(2026, 11, 19))
    inside = Suspension(date(2026, 11, 12), date(2026, 11, 15))
    longer = Suspension(date(2026, 11, 15), date(2026, 11, 21))
    later = Suspension(date(2027, 6, 1), date(2027, 6, 30))

    def counted(*still: Suspension) -> date:
        return term(Clock.DECISION, after=day, clocks=CLOCKS, suspended=still).value.counted_to

    assert counted(one, inside) == counted(one) == counted(later, one)
    assert counted(one, longer) == counted(one) + timedelta(days=2)


def test_a_term_that_stands_still_now_is_never_over() -> None:
    still = [Suspension(date(2026, 11, 10))]
    found = ends(Clock.DECISION, "2026-11-02", suspended=still, on=date(2027, 5, 1))
    assert found.stands_still
    assert not found.is_over(date(2027, 12, 31))
    assert not found.warns(date(2027, 12, 31))


def test_somebody_is_warned_before_a_term_ends() -> None:
    found = ends(Clock.DECISION, "2026-10-30")
    assert found.warn_on == date(2026, 12, 14)
    assert [found.warns(date(2026, 12, day)) for day in (13, 14, 28)] == [False, True, True]
    assert [found.is_over(date(2026, 12, day)) for day in (28, 29)] == [False, True]


@settings(deadline=None)
@given(DAYS, st.sampled_from(list(Clock)))
def test_a_short_term_of_the_law_never_ends_on_a_free_day_nor_early(after: date, clock: Clock) -> None:
    rule = CLOCKS.rules[clock]
    found = term(clock, after=after, clocks=CLOCKS)
    assert found.value.last_day >= found.value.counted_to > after
    if not rule.years and rule.weeks <= 12:
        assert is_working_day(found.value.last_day)
        assert found.value.last_day == first_working_day(found.value.counted_to)
    assert all(reason.source for reason in found.reasons)


@settings(deadline=None)
@given(DAYS, st.lists(st.tuples(st.integers(1, 80), st.integers(0, 30)), max_size=4))
def test_standing_still_adds_just_the_days_on_which_it_stood_still(after: date, spans: list[tuple[int, int]]) -> None:
    still = [Suspension(after + timedelta(days=a), after + timedelta(days=a + length)) for a, length in spans]
    end = term(Clock.DECISION, after=after, clocks=CLOCKS, suspended=still).value.counted_to
    days = [after + timedelta(days=number) for number in range(1, (end - after).days + 1)]
    stood = [day for day in days if any(one.first <= day <= (one.last or day) for one in still)]
    assert len(days) - len(stood) == 56


@settings(deadline=None)
@given(DAYS, st.lists(st.integers(1, 60), min_size=2, max_size=5))
def test_a_later_event_never_ends_earlier(after: date, gaps: list[int]) -> None:
    for one, other in pairwise(sorted(gaps)):
        first, second = (
            term(Clock.OBJECTION, after=after + timedelta(days=gap), clocks=CLOCKS) for gap in (one, other)
        )
        assert first.value.last_day <= second.value.last_day


@pytest.mark.parametrize(
    ("key", "value"),
    [("weeks", "6,5"), ("weeks", 6.5), ("weeks", 0), ("weeks", True), ("days", 3), ("law", "yes"), ("warn_days", -1)],
)
def test_a_file_with_a_wrong_value_is_refused(key: str, value: object) -> None:
    values = read_yaml(RULES / "procedure" / "2026-01-01" / "terms.yaml")
    values["terms"]["objection"][key] = value
    with pytest.raises((ValueError, TypeError)):
        clocks_of(values)


def test_the_first_period_also_speaks_for_the_days_before_it() -> None:
    assert read_clocks(on=date(2022, 6, 1)) == read_clocks(on=date(2026, 1, 1))
