"""When the money of a round runs out, if it goes on as in the last days. Pure, in whole cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LOOKS_BACK: Final = 7  # days; our assumption: a whole week has its quiet days
FURTHEST: Final = 3650  # days; what lies further away says nothing


@dataclass(frozen=True, slots=True)
class Pace:
    """What is left, what went in the last days, and the day on which nothing is left: None when that cannot be said."""

    left_cents: int
    went_cents: int
    days: int
    runs_out: date | None

    @property
    def per_day_cents(self) -> int:
        """What went on a day, rounded down to a cent."""
        return self.went_cents // self.days


def pace(left_cents: int, granted: Iterable[int], *, on: date, days: int = LOOKS_BACK) -> Pace:
    """The pace of grants of the last `days` days, today included, held against what is left today.

    Nothing went, or it lasts longer than ten years: no day. Nothing left: today.
    """
    went = max(0, sum(granted))
    if left_cents <= 0:
        return Pace(0, went, days, on)
    lasts = -(-left_cents * days // went) if went else FURTHEST + 1
    return Pace(left_cents, went, days, on + timedelta(days=lasts) if lasts <= FURTHEST else None)
