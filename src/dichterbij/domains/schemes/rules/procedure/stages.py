"""A case from receipt to the last euro: which step follows on which, and what a step leaves. Pure, replayable.

The stage says where the case is; sums say what happened to the money; objections run beside it (`objections`). A case
is the fold of its steps: the same steps give the same case, always.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, Suspension, Term, term
from dichterbij.rules.outcome import Outcome
from dichterbij.shared.errors import DichterbijError, InputError


class StepNotPossibleError(DichterbijError):
    """This step does not follow on the stage the case is in; the text says which ones do."""

    code = "case_step_not_possible"


class Stage(StrEnum):
    """Where a case is. After REFUSED, NOT_CONSIDERED, TAKEN_BACK and CLOSED only an objection opens it again."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    GRANTED = "granted"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    NOT_CONSIDERED = "not_considered"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"


class Step(StrEnum):
    """What was done, and what the calendar or the bank did."""

    RECEIVED = "received"
    COMPLETION_ASKED = "completion_asked"
    COMPLETED = "completed"
    EVIDENCE_ADDED = "evidence_added"
    ACCOUNT_CHANGED = "account_changed"
    FLAGGED = "flagged"
    FLAG_ANSWERED = "flag_answered"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    POSTPONED = "postponed"
    DEFAULT_TOLD = "default_told"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_CONSIDERED = "not_considered"
    TAKEN_BACK = "taken_back"
    ADVANCE_SET = "advance_set"
    SETTLED = "settled"
    PAYMENT_HELD = "payment_held"
    PAYMENT_RELEASED = "payment_released"
    PAYMENT_ORDERED = "payment_ordered"
    PAID = "paid"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_RETURNED = "payment_returned"
    LOWERED = "lowered"
    WITHDRAWN = "withdrawn"
    RECOVERY_CLAIMED = "recovery_claimed"
    REPAID = "repaid"
    CLOSED = "closed"


DECISIONS: Final = frozenset(
    {
        Step.GRANTED,
        Step.REFUSED,
        Step.NOT_CONSIDERED,
        Step.ADVANCE_SET,
        Step.SETTLED,
        Step.LOWERED,
        Step.WITHDRAWN,
        Step.RECOVERY_CLAIMED,
    }
)
"""Steps that need two people: one who assessed, another one who approved."""
OPEN: Final = frozenset({Stage.RECEIVED, Stage.INCOMPLETE})
ENDED: Final = frozenset({Stage.REFUSED, Stage.NOT_CONSIDERED, Stage.TAKEN_BACK, Stage.CLOSED})
WITH_MONEY: Final = frozenset({Stage.GRANTED, Stage.SETTLED})
REOPENING: Final = frozenset({Step.GRANTED, Step.SETTLED})
BESIDE: Final = frozenset(
    {Step.EVIDENCE_ADDED, Step.ACCOUNT_CHANGED, Step.FLAGGED, Step.FLAG_ANSWERED, Step.PROPOSED, Step.SENT_BACK}
)
"""Steps that change no stage and no sum: always possible while the case is not ended."""

FROM: Final[dict[Step, frozenset[Stage]]] = {
    Step.COMPLETION_ASKED: frozenset({Stage.RECEIVED}),
    Step.COMPLETED: frozenset({Stage.INCOMPLETE}),
    Step.SUSPENDED: frozenset({Stage.RECEIVED}),
    Step.RESUMED: frozenset({Stage.RECEIVED}),
    Step.POSTPONED: OPEN,
    Step.DEFAULT_TOLD: OPEN,
    Step.GRANTED: frozenset({Stage.RECEIVED}),
    Step.REFUSED: frozenset({Stage.RECEIVED}),
    Step.NOT_CONSIDERED: frozenset({Stage.INCOMPLETE}),
    Step.TAKEN_BACK: OPEN,
    Step.ADVANCE_SET: frozenset({Stage.GRANTED}),
    Step.SETTLED: frozenset({Stage.GRANTED}),
    Step.PAYMENT_HELD: WITH_MONEY,
    Step.PAYMENT_RELEASED: WITH_MONEY,
    Step.PAYMENT_ORDERED: WITH_MONEY,
    Step.PAID: WITH_MONEY | {Stage.WITHDRAWN},
    Step.PAYMENT_FAILED: WITH_MONEY | {Stage.WITHDRAWN},
    Step.PAYMENT_RETURNED: WITH_MONEY | {Stage.WITHDRAWN, Stage.CLOSED},
    Step.LOWERED: WITH_MONEY,
    Step.WITHDRAWN: WITH_MONEY,
    Step.RECOVERY_CLAIMED: WITH_MONEY | {Stage.WITHDRAWN},
    Step.REPAID: WITH_MONEY | {Stage.WITHDRAWN},
    Step.CLOSED: frozenset({Stage.SETTLED, Stage.WITHDRAWN}),
}
TO: Final[dict[Step, Stage]] = {
    Step.COMPLETION_ASKED: Stage.INCOMPLETE,
    Step.COMPLETED: Stage.RECEIVED,
    Step.GRANTED: Stage.GRANTED,
    Step.REFUSED: Stage.REFUSED,
    Step.NOT_CONSIDERED: Stage.NOT_CONSIDERED,
    Step.TAKEN_BACK: Stage.TAKEN_BACK,
    Step.SETTLED: Stage.SETTLED,
    Step.WITHDRAWN: Stage.WITHDRAWN,
    Step.CLOSED: Stage.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Done:
    """A step with what it needs: its Dutch day, an amount where money is decided or moved, a day it names.

    `until`: the end of a completion term, a new decision term (4:14) or a postponement. `reopens`: an objection was
    won, so a case that ended takes this decision all the same.
    """

    step: Step
    on: date
    cents: int = 0
    until: date | None = None
    reopens: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case after its steps. All sums in cents: what was granted (at most), advanced (may be paid before
    settlement), settled (None: not yet), ordered (at the bank), paid (reached the receiver), claimed back and repaid.
    """

    stage: Stage
    received_on: date
    version: int = 1
    complete_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    decision_by: date | None = None
    completion_by: date | None = None
    default_told_on: date | None = None
    decided_on: date | None = None
    settled_on: date | None = None
    granted_cents: int = 0
    advanced_cents: int = 0
    settled_cents: int | None = None
    ordered_cents: int = 0
    paid_cents: int = 0
    claimed_cents: int = 0
    repaid_cents: int = 0
    held_on: date | None = None

    @property
    def due_cents(self) -> int:
        """What is still to be ordered: up to the settlement, before that up to the advance."""
        if self.stage not in WITH_MONEY or self.held_on is not None:
            return 0
        up_to = self.advanced_cents if self.settled_cents is None else self.settled_cents
        return max(0, up_to - self.ordered_cents - self.paid_cents + self.repaid_cents)

    @property
    def right_cents(self) -> int:
        """What the receiver has a right to, by the newest decision: up to the settlement, before that the grant."""
        if self.stage is Stage.CLOSED:  # with nothing to pay or to come back: what there is, is right
            return self.paid_cents - self.repaid_cents
        if self.stage not in WITH_MONEY:
            return 0
        return self.granted_cents if self.settled_cents is None else self.settled_cents

    @property
    def undue_cents(self) -> int:
        """What was paid without a right to it, and is not repaid."""
        return max(0, self.paid_cents - self.repaid_cents - self.right_cents)

    @property
    def committed_cents(self) -> int:
        """What stands committed for it: what the receiver may still get, and at least what is at the bank."""
        return max(self.ordered_cents, self.right_cents - self.paid_cents + self.repaid_cents)

    @property
    def in_excess_cents(self) -> int:
        """What is ordered beyond what may be paid now: since then it was withdrawn, lowered or held."""
        up_to = self.advanced_cents if self.settled_cents is None else self.settled_cents
        may = up_to if self.stage in WITH_MONEY and self.held_on is None else 0
        return min(self.ordered_cents, max(0, self.ordered_cents + self.paid_cents - self.repaid_cents - may))

    @property
    def is_suspended(self) -> bool:
        """Whether its decision term stands still."""
        return bool(self.suspensions) and self.suspensions[-1].last is None


def receive(on: date, *, is_complete: bool = True) -> CaseState:
    """A new case: received on this day."""
    return CaseState(Stage.RECEIVED, on, complete_on=on if is_complete else None)


def possible(case: CaseState) -> tuple[Step, ...]:
    """Every step that follows on the stage, in the order of the procedure. Sums and days may still stop one."""
    beside = () if case.stage in ENDED else tuple(step for step in Step if step in BESIDE)
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


def decision_term(case: CaseState, *, clocks: Clocks, weeks: int, on: date | None = None) -> Outcome[Term]:
    """When the decision must be there: counted from receipt, standing still while the applicant completes.

    A later day that was told before the end (4:14), or agreed in writing, stands in its place.
    """
    still = case.suspensions
    if case.is_suspended and case.completion_by is not None and on is not None and on > case.completion_by:
        still = (*still[:-1], replace(still[-1], last=case.completion_by))
    found = term(Clock.DECISION, after=case.received_on, clocks=clocks, weeks=weeks, suspended=still, on=on)
    if case.decision_by is None or case.decision_by <= found.value.last_day:
        return found
    return Outcome(replace(found.value, last_day=case.decision_by), found.reasons)


def _check_follows(case: CaseState, done: Done) -> None:
    if done.cents < 0:
        raise InputError("An amount is at least 0 cents.", field="cents")
    if done.step in BESIDE and case.stage not in ENDED:
        return
    if done.reopens and done.step in REOPENING and case.stage not in OPEN:
        return
    if case.stage not in FROM.get(done.step, ()):
        can = ", ".join(step.value for step in possible(case)) or "nothing"
        raise StepNotPossibleError(
            f"A case that is {case.stage.value} cannot be {done.step.value}. Possible now: {can}.",
            stage=case.stage.value, step=done.step.value,
        )  # fmt: skip


def _completion_asked(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.is_suspended:
        raise StepNotPossibleError("The term stands still already: let it run first.")
    until = done.until or term(Clock.COMPLETION, after=done.on, clocks=clocks).value.last_day
    if until <= done.on:
        raise InputError("The term to complete ends after the day on which it is asked.", field="until")
    # 4:15: from the day after the question until the day it is complete, or the term passed without use.
    still = Suspension(done.on + timedelta(days=1))
    return replace(case, completion_by=until, suspensions=(*case.suspensions, still))


def _completed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    return replace(_running(case, min(done.on, case.completion_by or done.on)), complete_on=done.on, completion_by=None)


def _not_considered(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.completion_by is None or done.on <= case.completion_by:
        raise StepNotPossibleError(f"The applicant has until {case.completion_by} to complete it (Awb 4:5).")
    return replace(_running(case, case.completion_by), decided_on=done.on)


def _suspended(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.is_suspended:
        raise StepNotPossibleError("The term stands still already.")
    return replace(case, suspensions=(*case.suspensions, Suspension(done.on, done.until)))


def _resumed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if not case.is_suspended:
        raise StepNotPossibleError("The term is not standing still.")
    return _running(case, done.on)


def _running(case: CaseState, last: date) -> CaseState:
    """The term runs again from the day after `last`; one that ended before it began leaves nothing."""
    if not case.is_suspended:
        return case
    *before, open_one = case.suspensions
    kept = [Suspension(open_one.first, last)] if last >= open_one.first else []
    return replace(case, suspensions=(*before, *kept))


def _postponed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if done.until is None or done.until <= done.on:
        raise InputError("Name the new last day, after today (Awb 4:14).", field="until")
    return replace(case, decision_by=done.until)


def _default_told(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """The applicant says in writing that it is too late (Awb 4:17); the newest time is kept here."""
    return replace(case, default_told_on=done.on)


def _granted(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
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


def _refused(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    return replace(_running(case, done.on), decided_on=done.on)


def _advance_set(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.settled_cents is not None:
        raise StepNotPossibleError("It is settled: what is due is paid, without an advance.")
    if not 0 < done.cents <= case.granted_cents:
        raise InputError("An advance is more than 0 and at most what was granted.", field="cents")
    return replace(case, advanced_cents=done.cents)


def _settled(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if done.cents > case.granted_cents:
        raise InputError("A settlement is at most what was granted (Awb 4:46).", field="cents")
    if done.reopens:
        _check_not_worse(done.cents, case.settled_cents or 0)
    return replace(case, settled_cents=done.cents, settled_on=done.on, claimed_cents=case.repaid_cents)


def _held(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.held_on is not None:
        raise StepNotPossibleError("Payment is held already.")
    return replace(case, held_on=done.on)


def _released(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.held_on is None:
        raise StepNotPossibleError("Payment is not held.")
    return replace(case, held_on=None)


def _ordered(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if not 0 < done.cents <= case.due_cents:
        raise StepNotPossibleError(f"At most {case.due_cents} cents can be ordered now.", due_cents=case.due_cents)
    return replace(case, ordered_cents=case.ordered_cents + done.cents)


def _paid(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    _check_ordered(case, done)
    return replace(case, ordered_cents=case.ordered_cents - done.cents, paid_cents=case.paid_cents + done.cents)


def _failed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    _check_ordered(case, done)
    return replace(case, ordered_cents=case.ordered_cents - done.cents)


def _returned(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
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


def _lowered(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """To the receiver's disadvantage, by the same articles as a withdrawal. `cents`: what is left of it."""
    now = case.granted_cents if case.settled_cents is None else case.settled_cents
    if not 0 < done.cents < now:
        raise InputError(f"What is left is more than 0 and less than {now} cents.", field="cents")
    after = _withdrawn(case, done, clocks)
    settled = None if case.settled_cents is None else done.cents
    return replace(
        after, granted_cents=done.cents, settled_cents=settled, advanced_cents=min(case.advanced_cents, done.cents)
    )


def _withdrawn(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    """4:48 before settlement at any time, 4:49 after it until five years have passed."""
    if case.settled_on is not None:
        limit = term(Clock.WITHDRAWAL, after=case.settled_on, clocks=clocks).value.last_day
        if done.on > limit:
            raise StepNotPossibleError(f"Five years after the settlement have passed on {limit} (Awb 4:49).")
    return replace(case, decided_on=done.on)


def _claimed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    undue = case.undue_cents - case.claimed_cents + case.repaid_cents
    if not 0 < done.cents <= undue:
        raise InputError(f"At most {max(0, undue)} cents can be claimed back.", field="cents")
    if case.settled_on is not None:
        limit = term(Clock.RECOVERY, after=case.settled_on, clocks=clocks).value.last_day
        if done.on > limit:
            raise StepNotPossibleError(f"Five years after the settlement have passed on {limit} (Awb 4:57).")
    return replace(case, claimed_cents=case.claimed_cents + done.cents)


def _repaid(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if not 0 < done.cents <= case.claimed_cents - case.repaid_cents:
        raise InputError("More than is claimed back: the rest belongs to whoever paid it.", field="cents")
    return replace(case, repaid_cents=case.repaid_cents + done.cents)


def _closed(case: CaseState, done: Done, clocks: Clocks) -> CaseState:
    if case.due_cents or case.ordered_cents or case.undue_cents:
        raise StepNotPossibleError("There is money to pay, at the bank, or to come back.")
    return case


HANDLERS: Final = {
    Step.COMPLETION_ASKED: _completion_asked,
    Step.COMPLETED: _completed,
    Step.NOT_CONSIDERED: _not_considered,
    Step.SUSPENDED: _suspended,
    Step.RESUMED: _resumed,
    Step.POSTPONED: _postponed,
    Step.DEFAULT_TOLD: _default_told,
    Step.GRANTED: _granted,
    Step.REFUSED: _refused,
    Step.ADVANCE_SET: _advance_set,
    Step.SETTLED: _settled,
    Step.PAYMENT_HELD: _held,
    Step.PAYMENT_RELEASED: _released,
    Step.PAYMENT_ORDERED: _ordered,
    Step.PAID: _paid,
    Step.PAYMENT_FAILED: _failed,
    Step.PAYMENT_RETURNED: _returned,
    Step.LOWERED: _lowered,
    Step.WITHDRAWN: _withdrawn,
    Step.RECOVERY_CLAIMED: _claimed,
    Step.REPAID: _repaid,
    Step.CLOSED: _closed,
}
