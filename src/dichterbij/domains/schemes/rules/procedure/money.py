"""Steps that move money: held, at the bank, paid, come back, claimed and repaid. Pure."""

from dataclasses import replace

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, term
from dichterbij.domains.schemes.rules.procedure.stages import Stage, StepNotPossibleError
from dichterbij.domains.schemes.rules.procedure.state import CaseState, Done
from dichterbij.shared.errors import InputError


def held(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """Nothing is paid for now."""
    if case.held_on is not None:
        raise StepNotPossibleError("Payment is held already.")
    return replace(case, held_on=done.on)


def released(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """Payment goes on."""
    if case.held_on is None:
        raise StepNotPossibleError("Payment is not held.")
    return replace(case, held_on=None)


def ordered(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much went into a payment file."""
    if not 0 < done.cents <= case.due_cents:
        raise StepNotPossibleError(f"At most {case.due_cents} cents can be ordered now.", due_cents=case.due_cents)
    return replace(case, ordered_cents=case.ordered_cents + done.cents)


def paid(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much reached the receiver."""
    _check_ordered(case, done)
    return replace(case, ordered_cents=case.ordered_cents - done.cents, paid_cents=case.paid_cents + done.cents)


def failed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much stayed where it was."""
    _check_ordered(case, done)
    return replace(case, ordered_cents=case.ordered_cents - done.cents)


def returned(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """Money that the bank had carried over came back: a closed case has something to pay again."""
    if not 0 < done.cents <= case.paid_cents - case.repaid_cents:
        raise StepNotPossibleError(f"{case.paid_cents - case.repaid_cents} cents are with the receiver.")
    stage = case.stage
    if stage is Stage.CLOSED:
        stage = Stage.WITHDRAWN if case.settled_cents is None else Stage.SETTLED
    after = replace(case, paid_cents=case.paid_cents - done.cents, stage=stage)
    return replace(after, claimed_cents=min(after.claimed_cents, after.repaid_cents + after.undue_cents))


def _check_ordered(case: CaseState, done: Done) -> None:
    if not 0 < done.cents <= case.ordered_cents:
        raise StepNotPossibleError(f"{case.ordered_cents} cents are at the bank, not {done.cents}.")


def claimed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much must come back: at most what was paid without a right to it."""
    undue = case.undue_cents - case.claimed_cents + case.repaid_cents
    if not 0 < done.cents <= undue:
        raise InputError(f"At most {max(0, undue)} cents can be claimed back.", field="cents")
    if case.settled_on is not None:
        limit = term(Clock.RECOVERY, after=case.settled_on, clocks=clocks).value.last_day
        if done.on > limit:
            raise StepNotPossibleError(f"Five years after the settlement have passed on {limit} (Awb 4:57).")
    return replace(case, claimed_cents=case.claimed_cents + done.cents)


def repaid(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much came back, at most what was claimed."""
    if not 0 < done.cents <= case.claimed_cents - case.repaid_cents:
        raise InputError("More than is claimed back: the rest belongs to whoever paid it.", field="cents")
    return replace(case, repaid_cents=case.repaid_cents + done.cents)


def closed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """Done: nothing to pay, at the bank, or to come back."""
    if case.due_cents or case.ordered_cents or case.undue_cents:
        raise StepNotPossibleError("There is money to pay, at the bank, or to come back.")
    return case
