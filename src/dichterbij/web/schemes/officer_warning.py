"""A decision that comes late: what the officer is told, and until when the penalty can be kept away."""

from dataclasses import dataclass
from datetime import date

from dichterbij.domains.schemes.queries.cases import CaseView
from dichterbij.domains.schemes.rules.procedure import Clock, Step, read_clocks, term


@dataclass(frozen=True, slots=True)
class Late:
    """How late the decision is, or will be soon. `told_on`: the applicant said so; `grace`: the last day without a
    penalty. `cents`: the penalty until today. `can_tell`: the applicant can still be told a later day.
    """

    days_left: int
    told_on: date | None
    grace: date | None
    cents: int
    can_tell: bool

    @property
    def days_late(self) -> int:
        """How many days the term is over."""
        return max(0, -self.days_left)


def about(view: CaseView, today: date) -> Late | None:
    """What to warn of; None while the decision has time, is taken, or its term stands still."""
    runs = view.term
    if runs is None or runs.clock is not Clock.DECISION or not runs.warns(today):
        return None
    told = next((one.on for one in view.events if one.step == Step.DEFAULT_TOLD.value and one.on > runs.last_day), None)
    clocks = read_clocks(on=view.row.received_on)
    grace = term(Clock.NOTICE_OF_DEFAULT, after=told, clocks=clocks).value.counted_to if told else None
    left = (runs.last_day - today).days
    return Late(left, told, grace, view.penalty.cents, Step.POSTPONED in view.possible)


def completion_day(view: CaseView, today: date) -> date:
    """The last day to send what is missing, when it is asked today."""
    return term(Clock.COMPLETION, after=today, clocks=read_clocks(on=view.row.received_on)).value.last_day
