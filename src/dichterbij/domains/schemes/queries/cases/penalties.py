"""The penalty for a decision that came too late: how much it is by now, and when it can be set (Awb 4:17 to 4:19)."""

from datetime import date

from dichterbij.domains.schemes.case_models import Case, CaseEvent
from dichterbij.domains.schemes.rules.procedure import CaseState, Clocks, Penalty, Step, Term, decision_term, penalty

DECIDED = [Step.GRANTED.value, Step.REFUSED.value, Step.NOT_CONSIDERED.value, Step.TAKEN_BACK.value]


def penalty_of(row: Case, state: CaseState, *, clocks: Clocks, on: date) -> Penalty:
    """The penalty on this day; it runs until the first decision, whatever came after that."""
    ends = decision_term(state, clocks=clocks, weeks=row.weeks, on=on).value
    return penalty(ends, told_default_on=_told_late(row, ends), decided_on=_decided(row), on=on, clocks=clocks).value


def penalty_to_set(row: Case, state: CaseState, *, clocks: Clocks, on: date) -> Penalty | None:
    """What must be set now: it runs no longer, and nobody set it. None for no penalty, or one that runs still."""
    due = penalty_of(row, state, clocks=clocks, on=on)
    runs = _decided(row) is None and due.days < sum(step.days for step in clocks.penalty_steps)
    if not due.cents or runs or CaseEvent.objects.filter(case=row, step=Step.PENALTY_SET.value).exists():
        return None
    return due


def _decided(row: Case) -> date | None:
    first = CaseEvent.objects.filter(case=row, step__in=DECIDED).order_by("number")
    return first.values_list("on", flat=True).first()


def _told_late(row: Case, ends: Term) -> date | None:
    """The first day after the term on which the applicant said that it was late: earlier ones do not count."""
    told = CaseEvent.objects.filter(case=row, step=Step.DEFAULT_TOLD.value, on__gt=ends.last_day)
    return told.order_by("number").values_list("on", flat=True).first()
