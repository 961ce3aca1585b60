"""Steps that stop the clock or let it run: asking, completing, standing still, a later day. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, Suspension, term
from dichterbij.domains.schemes.rules.procedure.stages import StepNotPossibleError
from dichterbij.domains.schemes.rules.procedure.state import CaseState, Done
from dichterbij.shared.errors import InputError


def completion_asked(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """What is missing is asked; the term stands still from the day after."""
    if case.is_suspended:
        raise StepNotPossibleError("The term stands still already: let it run first.")
    until = done.until or term(Clock.COMPLETION, after=done.on, clocks=clocks).value.last_day
    if until <= done.on:
        raise InputError("The term to complete ends after the day on which it is asked.", field="until")
    # 4:15: from the day after the question until the day it is complete, or the term passed without use.
    still = Suspension(done.on + timedelta(days=1))
    return replace(case, completion_by=until, suspensions=(*case.suspensions, still))


def completed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """What was missing came; the term runs again."""
    return replace(
        runs_again(case, min(done.on, case.completion_by or done.on)), complete_on=done.on, completion_by=None
    )


def not_considered(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """The term to complete passed without use."""
    if case.completion_by is None or done.on <= case.completion_by:
        raise StepNotPossibleError(f"The applicant has until {case.completion_by} to complete it (Awb 4:5).")
    return replace(runs_again(case, case.completion_by), decided_on=done.on)


def suspended(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """The term stands still."""
    if case.is_suspended:
        raise StepNotPossibleError("The term stands still already.")
    return replace(case, suspensions=(*case.suspensions, Suspension(done.on, done.until)))


def resumed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """The term runs again."""
    if not case.is_suspended:
        raise StepNotPossibleError("The term is not standing still.")
    return runs_again(case, done.on)


def runs_again(case: CaseState, last: date) -> CaseState:
    """The term runs again from the day after `last`; one that ended before it began leaves nothing."""
    if not case.is_suspended:
        return case
    *before, open_one = case.suspensions
    kept = [Suspension(open_one.first, last)] if last >= open_one.first else []
    return replace(case, suspensions=(*before, *kept))


def postponed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """A later day for the decision was told."""
    if done.until is None or done.until <= done.on:
        raise InputError("Name the new last day, after today (Awb 4:14).", field="until")
    return replace(case, decision_by=done.until)


def default_told(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """The applicant says in writing that it is too late (Awb 4:17); the newest time is kept here."""
    return replace(case, default_told_on=done.on)
