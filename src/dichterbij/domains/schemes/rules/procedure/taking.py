"""A case from receipt to the last euro: which step follows on which, and what a step leaves. Pure, replayable.

The stage says where the case is; sums say what happened to the money; objections run beside it (`objections`). A case
is the fold of its steps: the same steps give the same case, always.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from dichterbij.domains.schemes.rules.procedure import granting, money, running
from dichterbij.domains.schemes.rules.procedure.clock import Clocks
from dichterbij.domains.schemes.rules.procedure.stages import (
    BESIDE,
    ENDED,
    FROM,
    LOOKING,
    OPEN,
    REOPENING,
    TO,
    Step,
    StepNotPossibleError,
)
from dichterbij.domains.schemes.rules.procedure.state import CaseState, Done, receive
from dichterbij.shared.errors import InputError

HANDLERS: Final = {
    Step.COMPLETION_ASKED: running.completion_asked,
    Step.COMPLETED: running.completed,
    Step.NOT_CONSIDERED: running.not_considered,
    Step.SUSPENDED: running.suspended,
    Step.RESUMED: running.resumed,
    Step.POSTPONED: running.postponed,
    Step.DEFAULT_TOLD: running.default_told,
    Step.GRANTED: granting.granted,
    Step.REFUSED: granting.refused,
    Step.ADVANCE_SET: granting.advance_set,
    Step.SETTLED: granting.settled,
    Step.PAYMENT_HELD: money.held,
    Step.PAYMENT_RELEASED: money.released,
    Step.PAYMENT_ORDERED: money.ordered,
    Step.PAID: money.paid,
    Step.PAYMENT_FAILED: money.failed,
    Step.PAYMENT_RETURNED: money.returned,
    Step.LOWERED: granting.lowered,
    Step.WITHDRAWN: granting.withdrawn,
    Step.RECOVERY_CLAIMED: money.claimed,
    Step.REPAID: money.repaid,
    Step.CLOSED: money.closed,
}


def possible(case: CaseState) -> tuple[Step, ...]:
    """Every step that follows on the stage, in the order of the procedure. Sums and days may still stop one."""
    beside = LOOKING if case.stage in ENDED else BESIDE
    return tuple(step for step in Step if case.stage in FROM.get(step, ()) or step in beside)


def take(case: CaseState, done: Done, *, clocks: Clocks) -> CaseState:
    """The case after this step. StepNotPossibleError when it does not follow, InputError for a wrong sum or day."""
    _check_follows(case, done)
    handler = HANDLERS.get(done.step)
    after = handler(case, done, clocks) if handler else case
    return replace(after, stage=TO.get(done.step, after.stage), version=case.version + 1)


def replay(received_on: date, steps: Iterable[Done], *, clocks: Clocks, is_complete: bool = True) -> CaseState:
    """The case that these steps make, one after the other."""
    case = receive(received_on, is_complete=is_complete)
    for done in steps:
        case = take(case, done, clocks=clocks)
    return case


def _check_follows(case: CaseState, done: Done) -> None:
    if done.cents < 0:
        raise InputError("An amount is at least 0 cents.", field="cents")
    if done.step in (LOOKING if case.stage in ENDED else BESIDE):
        return
    if done.reopens and done.step in REOPENING and case.stage not in OPEN:
        return
    if case.stage not in FROM.get(done.step, ()):
        can = ", ".join(step.value for step in possible(case)) or "nothing"
        raise StepNotPossibleError(
            f"A case that is {case.stage.value} cannot be {done.step.value}. Possible now: {can}.",
            stage=case.stage.value, step=done.step.value,
        )  # fmt: skip
