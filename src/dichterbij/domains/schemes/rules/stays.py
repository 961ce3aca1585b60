"""A stay under the impulse for the jobs agreement: when it is reviewed and ends, and that it does not come again."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.schemes.rules.scheme import Limit
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.errors import InputError

REVIEW_MONTHS = 3
LAST_YEAR = 2099
REVIEWS = "letter, last resort: every three months"


@dataclass(frozen=True, slots=True)
class Stay:
    """From `start` up to `end` (not included). The last review of an exceptional stay decides on its extension."""

    start: date
    reviews: tuple[date, ...]
    end: date


def stay(start: date, limit: Limit, *, is_exceptional: bool) -> Outcome[Stay]:
    """The stay that begins on this day. A month without such a day ends on its last one: a choice of this project."""
    months = limit.then if is_exceptional else limit.most
    reviews = tuple(months_later(start, count) for count in range(REVIEW_MONTHS, months, REVIEW_MONTHS))
    end = months_later(start, months)
    reasons = [
        Reason("stay.months", limit.source, {"start": start, "months": months, "exceptional": is_exceptional}),
        Reason("stay.reviews", REVIEWS, {"every": REVIEW_MONTHS}),
    ]
    if end.day != start.day:
        reasons.append(Reason("stay.last_day_of_month", "assumption", {"day": start.day, "end": end}))
    return Outcome(Stay(start, reviews, end), tuple(reasons))


def may_begin(earlier: Sequence[Stay]) -> Outcome[bool]:
    """Whether somebody may begin a stay: only when there never was one; other instruments stay open."""
    inputs = {"earlier": tuple(one.start for one in earlier)}
    return Outcome(
        not earlier, (Reason("stay.once", "letter, last resort: after this period not open any more", inputs),)
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year > LAST_YEAR:
        raise InputError(f"{day}: this lies too far ahead")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
