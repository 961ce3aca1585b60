"""Steps that are no decisions: asking, completing, standing still, holding payment, money that comes back."""

from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Account, State, Transfer
from dichterbij.domains.schemes.actions.cases.committing import parts
from dichterbij.domains.schemes.actions.cases.letters import LETTER_OF, write_letter
from dichterbij.domains.schemes.actions.cases.moving import held, said_why
from dichterbij.domains.schemes.actions.changing import withdraw as end_application
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.procedure import Step, StepNotPossibleError

BY_HAND: Final = frozenset(
    {
        Step.COMPLETION_ASKED, Step.COMPLETED, Step.SUSPENDED, Step.RESUMED, Step.POSTPONED, Step.DEFAULT_TOLD,
        Step.TAKEN_BACK, Step.PAYMENT_HELD, Step.PAYMENT_RELEASED, Step.CLOSED,
    }
)  # fmt: skip
WITH_REASON: Final = frozenset(
    {Step.COMPLETION_ASKED, Step.SUSPENDED, Step.POSTPONED, Step.TAKEN_BACK, Step.PAYMENT_HELD}
)


def take_step(
    *,
    case: UUID,
    version: int,
    step: Step,
    actor: Actor | str,
    now: datetime,
    reason: str = "",
    until: date | None = None,
) -> int:
    """One step that needs no second person. The version after it.

    StepNotPossibleError when it does not follow, or is a decision; InputError without a reason where one is asked.
    """
    if step not in BY_HAND:
        raise StepNotPossibleError(f"{step.value} is no step by itself: propose it, or let the bank say it.")
    why = said_why(reason) if step in WITH_REASON else " ".join(reason.split())
    with held(case, version, actor=actor, now=now) as moving:
        event = moving.take(step, until=until, reason=why)
        if step is Step.TAKEN_BACK:
            end_application(number=moving.row.number, reason="taken back by the applicant", actor=actor, now=now)
        if step.value in LETTER_OF:
            write_letter(moving, LETTER_OF[step.value], version=event.number)
        return moving.row.version


def receive_repayment(
    *, case: UUID, version: int, cents: int, actor: Actor | str, now: datetime, reference: str = ""
) -> int:
    """Money that was claimed back came: paid becomes recovered, on the ledger too. The version after it."""
    with held(case, version, actor=actor, now=now) as moving:
        before = moving.state.paid_cents - moving.state.repaid_cents
        event = moving.take(Step.REPAID, cents=cents, data={"reference": reference[:140]})
        posting = uuid5(moving.row.pk, f"repaid {event.number}")
        moves = [
            Transfer(
                uuid5(posting, f"{place.purpose} {place.activity}"),
                Account(State.PAID, place),
                Account(State.RECOVERED, place),
                part,
            )
            for place, part in parts(moving.row, before - cents, before)
        ]
        ledger.post(posting=posting, transfers=moves, reason=f"Repaid {moving.row.number}", actor=actor, now=now)
        return moving.row.version


def return_money(
    *,
    round_id: int,
    cents: int,
    posting: UUID,
    actor: Actor | str,
    approved_by: Actor | str,
    now: datetime,
    objections: bool = False,
) -> None:
    """What was recovered goes back to whoever gave the money. Not to the next applicant: our choice.

    `objections`: of what was held back for these.
    """
    here = opened(round_id)
    place = here.held_back.place if objections else here.committed.place
    moves = [Transfer(posting, Account(State.RECOVERED, place), Account(State.RETURNED, place), cents)]
    ledger.post(posting=posting, transfers=moves, reason="What was recovered is returned", actor=actor,
                approved_by=approved_by, now=now)  # fmt: skip
