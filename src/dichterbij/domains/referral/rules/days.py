"""Terms in working days: not on Saturday, Sunday and the days of the Algemene termijnenwet."""

from datetime import date, timedelta

from dichterbij.data import RULES
from dichterbij.rules.working_days import easter, holidays, is_working_day

__all__ = ["FOLDER", "after_working_days", "easter", "holidays", "is_working_day"]
FOLDER = RULES / "hand_over"


def after_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`; `day` itself does not count."""
    if count < 1:
        raise ValueError(f"a term is at least one working day, not {count}")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
