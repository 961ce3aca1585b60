"""From school to the next desk without a gap: the last day at school, and the first contact after it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dichterbij.domains.referral.rules.days import after_working_days, is_working_day
from dichterbij.shared.errors import InputError

WARN_DAYS = 10  # working days before the last day; an assumption: two weeks are enough to agree on a day
FARTHEST = timedelta(days=2 * 366)  # of a day that is filled in, before or after today
LONGEST = 400  # days without help that are counted; after that it is no more urgent


class Joining(StrEnum):
    """How the two days join."""

    JOINED = "joined"
    LATER = "later"  # nothing is agreed, and there is time
    SOON = "soon"  # nothing is agreed, and the last day is near
    GAP = "gap"  # what is agreed comes too late
    OPEN = "open"  # the last day has passed, and nothing is agreed


WARNINGS = (Joining.SOON, Joining.GAP, Joining.OPEN)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How it stands on a day; `days`: working days on which nobody helps, so far or as agreed."""

    joining: Joining
    days: int

    @property
    def is_warning(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.joining in WARNINGS


def check_days(last_day: date | None, contact_on: date | None, today: date) -> None:
    """InputError for a day more than two years away, or a contact without a last day."""
    if last_day is None and contact_on is not None:
        raise InputError("Fill in the last day at school.", field="last_day")
    for name, day in (("last_day", last_day), ("contact_on", contact_on)):
        if day is not None and abs(day - today) > FARTHEST:
            raise InputError("That day is more than two years away.", field=name)


def leaving(*, last_day: date, contact_on: date | None, today: date) -> Leaving:
    """Whether the first contact is on the first working day after the last day at school, or before."""
    if contact_on is not None:
        days = _between(last_day, contact_on)
        return Leaving(Joining.GAP if days else Joining.JOINED, days)
    days = _between(last_day, today)
    if days:
        return Leaving(Joining.OPEN, days)
    is_near = last_day <= after_working_days(today, WARN_DAYS)
    return Leaving(Joining.SOON if is_near else Joining.LATER, 0)


def _between(last_day: date, end: date) -> int:
    """Working days after the one and before the other; of a long time only the first days."""
    days = ((last_day + timedelta(days=number)) for number in range(1, min((end - last_day).days, LONGEST)))
    return sum(is_working_day(day) for day in days)
