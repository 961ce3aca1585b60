"""What a case waits for now, and until when. Pure."""

from dataclasses import replace
from datetime import date

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, Term, term
from dichterbij.domains.schemes.rules.procedure.regimes import regime_of
from dichterbij.domains.schemes.rules.procedure.stages import Stage
from dichterbij.domains.schemes.rules.procedure.state import CaseState, decision_term
from dichterbij.rules.outcome import Outcome, Reason


def waits_for(case: CaseState, *, clocks: Clocks, weeks: int, on: date) -> Outcome[Term | None]:
    """The term that runs now, with its reasons; None when nobody waits for anything."""
    found = _running(case, clocks, weeks, on)
    return Outcome(None) if found is None else Outcome(found.value, found.reasons)


def _running(case: CaseState, clocks: Clocks, weeks: int, on: date) -> Outcome[Term] | None:
    if case.stage is Stage.INCOMPLETE and case.completion_by is not None and on <= case.completion_by:
        rule = clocks.rules[Clock.COMPLETION]
        asked = case.suspensions[-1].first
        runs = term(Clock.COMPLETION, after=asked, clocks=clocks).value
        warn_on = max(asked, case.completion_by - (runs.last_day - runs.warn_on))
        reason = Reason("term.completion", rule.article, {"until": case.completion_by})
        return Outcome(replace(runs, last_day=case.completion_by, warn_on=warn_on), (reason,))
    if case.stage is Stage.INCOMPLETE and case.completion_by is not None:
        return term(Clock.NOT_CONSIDERED, after=case.completion_by, clocks=clocks)
    if case.stage is Stage.RECEIVED:
        return decision_term(case, clocks=clocks, weeks=weeks, on=on)
    if case.held_on is not None:
        return term(Clock.PAYMENT_HELD, after=case.held_on, clocks=clocks)
    if case.due_cents or case.ordered_cents:
        return term(Clock.PAYMENT, after=case.settled_on or case.decided_on or on, clocks=clocks)
    if case.stage is Stage.GRANTED and case.decided_on is not None:
        regime = regime_of(case.granted_cents, on=case.decided_on)
        found = term(Clock.SETTLEMENT, after=case.decided_on, clocks=clocks, weeks=regime.value.report_weeks)
        return Outcome(found.value, (*regime.reasons, *found.reasons))
    return None
