"""Whether a desk is open now, and when it opens again."""

from datetime import datetime, time

import pytest
from django.utils.translation import override

from dichterbij.domains.regions.rules.desk_kinds import Day, Hours
from dichterbij.web.desks.opening import Opening, in_words, opening

# 23 November 2026 is a Monday.
MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001
HOURS = (
    Hours((Day.MON, Day.TUE), time(9), time(12, 30)),
    Hours((Day.MON,), time(13, 30), time(17)),
    Hours((Day.FRI,), time(8, 30), time(12)),
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY.replace(day=23 + day, hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(0, 8, 59), Opening(False, time(9))),
        (at(0, 9), Opening(True, time(12, 30))),
        (at(0, 12, 29), Opening(True, time(12, 30))),
        (at(0, 12, 30), Opening(False, time(13, 30))),
        (at(0, 17), Opening(False, time(9), Day.TUE)),
        (at(1, 13), Opening(False, time(8, 30), Day.FRI)),
        (at(4, 12), Opening(False, time(9), Day.MON)),
    ],
)
def test_both_sides_of_every_opening_and_closing_time(now: datetime, expected: Opening) -> None:
    assert opening(HOURS, now) == expected


def test_a_desk_open_on_one_day_opens_again_a_week_later() -> None:
    once = (Hours((Day.MON,), time(9), time(12)),)
    assert opening(once, at(0, 13)) == Opening(False, time(9), Day.MON)


def test_a_desk_without_hours_is_called_for_them() -> None:
    with override("en"):
        assert in_words(opening((), MONDAY)) == "Call for the opening hours"


def test_the_words_are_dutch_and_english() -> None:
    state = opening(HOURS, at(0, 17))
    with override("nl"):
        assert in_words(state) == "Nu dicht. Weer open op dinsdag om 9.00\u00a0uur"
    with override("en"):
        assert in_words(state) == "Closed now. Open again on Tuesday at 9:00"
