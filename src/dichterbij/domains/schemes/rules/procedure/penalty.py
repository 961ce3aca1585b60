"""What is due when a decision comes too late: Awb 4:17 to 4:19. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, Term, term
from dichterbij.rules.outcome import Outcome, Reason


@dataclass(frozen=True, slots=True)
class Penalty:
    """From which day (None: none yet), over how many days and how much in cents."""

    first_day: date | None
    days: int
    cents: int


def penalty(
    decision_term: Term, *, told_default_on: date | None, decided_on: date | None, on: date, clocks: Clocks
) -> Outcome[Penalty]:
    """What is due on day `on`. Nothing runs before the applicant has said in writing that it is late.

    `told_default_on`: the day on which that notice was received; one that comes before the term ended does not count.
    """
    article = clocks.rules[Clock.NOTICE_OF_DEFAULT].article
    nothing = Penalty(None, 0, 0)
    if told_default_on is None or told_default_on <= decision_term.last_day or decision_term.stands_still:
        why = {"term_ended": decision_term.last_day, "told_on": told_default_on}
        return Outcome(nothing, (Reason("penalty.no_notice_of_default", article, why),))
    # Choice: these two weeks do not move to a working day, which is better for whoever waits.
    grace = term(Clock.NOTICE_OF_DEFAULT, after=told_default_on, clocks=clocks)
    first = grace.value.counted_to + timedelta(days=1)
    until = min(on, decided_on - timedelta(days=1)) if decided_on else on
    days = max(0, min((until - first).days + 1, sum(step.days for step in clocks.penalty_steps)))
    cents, left = 0, days
    for step in clocks.penalty_steps:
        cents += min(left, step.days) * step.cents
        left = max(0, left - step.days)
    reason = Reason("penalty.days_too_late", clocks.penalty_article, {"first_day": first, "days": days})
    return Outcome(Penalty(first if days else None, days, cents), (*grace.reasons, reason))
