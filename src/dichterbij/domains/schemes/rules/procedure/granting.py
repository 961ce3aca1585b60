"""Steps that say what somebody gets: granted, refused, advanced, settled, lowered, withdrawn. Pure."""

from dataclasses import replace

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, term
from dichterbij.domains.schemes.rules.procedure.running import runs_again
from dichterbij.domains.schemes.rules.procedure.stages import StepNotPossibleError
from dichterbij.domains.schemes.rules.procedure.state import CaseState, Done
from dichterbij.shared.errors import InputError


def granted(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """What was applied for is given; nobody is worse off by an objection."""
    if not done.cents:
        raise InputError("A grant of 0 euros is a refusal: say why.", field="cents")
    _check_not_worse(done.cents, case.right_cents)
    # What was claimed back and did not come is not owed any more; what came back is due again.
    return replace(
        case, granted_cents=done.cents, decided_on=done.on, complete_on=case.complete_on or done.on,
        claimed_cents=case.repaid_cents, settled_cents=None, settled_on=None,
    )  # fmt: skip


def _check_not_worse(cents: int, before: int) -> None:
    """Nobody is worse off by objecting (Awb 7:11)."""
    if cents < before:
        raise InputError(f"After an objection it is at least the {before} cents of before.", field="cents")


def refused(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """Nothing is given; a term that stood still runs again."""
    return replace(runs_again(case, done.on), decided_on=done.on)


def advance_set(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much may be paid before the settlement."""
    if case.settled_cents is not None:
        raise StepNotPossibleError("It is settled: what is due is paid, without an advance.")
    if not 0 < done.cents <= case.granted_cents:
        raise InputError("An advance is more than 0 and at most what was granted.", field="cents")
    return replace(case, advanced_cents=done.cents)


def settled(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """So much is due in all, at most what was granted."""
    if done.cents > case.granted_cents:
        raise InputError("A settlement is at most what was granted (Awb 4:46).", field="cents")
    if done.reopens:
        _check_not_worse(done.cents, case.settled_cents or 0)
    return replace(case, settled_cents=done.cents, settled_on=done.on, claimed_cents=case.repaid_cents)


def lowered(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """To the receiver's disadvantage, by the same articles as a withdrawal. `cents`: what is left of it."""
    now = case.granted_cents if case.settled_cents is None else case.settled_cents
    if not 0 < done.cents < now:
        raise InputError(f"What is left is more than 0 and less than {now} cents.", field="cents")
    after = withdrawn(case, done, clocks)
    settled = None if case.settled_cents is None else done.cents
    return replace(
        after, granted_cents=done.cents, settled_cents=settled, advanced_cents=min(case.advanced_cents, done.cents)
    )


def withdrawn(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """4:48 before settlement at any time, 4:49 after it until five years have passed."""
    if case.settled_on is not None:
        limit = term(Clock.WITHDRAWAL, after=case.settled_on, clocks=clocks).value.last_day
        if done.on > limit:
            raise StepNotPossibleError(f"Five years after the settlement have passed on {limit} (Awb 4:49).")
    return replace(case, decided_on=done.on)
