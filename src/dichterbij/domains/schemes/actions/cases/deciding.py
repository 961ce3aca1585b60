"""Decisions by two people: one proposes and says why, another one approves; then money, letter and journal follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions.cases.committing import commit, decided_cents, free_rest, to_commit_again
from dichterbij.domains.schemes.actions.cases.letters import LETTER_OF, write_letter
from dichterbij.domains.schemes.actions.cases.moving import ChangedError, FourEyesError, Moving, held, said_why
from dichterbij.domains.schemes.actions.cases.objecting import answer
from dichterbij.domains.schemes.actions.changing import withdraw as end_application
from dichterbij.domains.schemes.case_models import CaseEvent
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries.cases.penalties import penalty_to_set
from dichterbij.domains.schemes.rules.procedure import (
    DECISIONS,
    Done,
    Ground,
    Step,
    StepNotPossibleError,
    grounds,
    take,
)
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError

WITH_REASON: Final = frozenset({Step.REFUSED, Step.NOT_CONSIDERED, Step.WITHDRAWN, Step.LOWERED, Step.RECOVERY_CLAIMED})
WITH_GROUND: Final = frozenset({Step.WITHDRAWN, Step.LOWERED})
OBJECTION = "objection_"
CHANGING: Final = frozenset({Step.GRANTED, Step.SETTLED, Step.LOWERED, Step.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class ToApprove:
    """A proposal that an officer saw on a page: of which case, in which version, and the number of its event."""

    case: UUID
    version: int
    proposal: int


@dataclass(frozen=True, slots=True)
class Approved:
    """What approving several at once did. `left`: of each that was not approved, the case and why."""

    done: int
    left: tuple[tuple[UUID, DichterbijError], ...]


def propose(
    *,
    case: UUID,
    version: int,
    step: Step,
    actor: Actor | str,
    now: datetime,
    cents: int = 0,
    reason: str = "",
    ground: Ground | None = None,
) -> int:
    """Put a decision before somebody else. The number of the proposal.

    The rules' errors when the decision would not follow; InputError without a reason or ground where one is asked.
    """
    if step not in DECISIONS:
        raise InputError(f"{step.value} is no decision.", field="step")
    why = said_why(reason) if step in WITH_REASON else " ".join(reason.split())
    with held(case, version, actor=actor, now=now) as moving:
        _check_ground(moving, step, ground)
        take(moving.state, Done(step, moving.today, cents), clocks=moving.clocks)
        told = {"step": step.value, "cents": cents, "ground": ground.value if ground else ""}
        if step is Step.PENALTY_SET:  # also of a case that ended by the decision that was late
            return moving.note(Step.PROPOSED.value, cents=cents, reason=why, data=told | _penalty(moving, cents)).number
        return moving.take(Step.PROPOSED, cents=cents, reason=why, data=told).number


def send_back(*, case: UUID, version: int, proposal: int, reason: str, actor: Actor | str, now: datetime) -> int:
    """Not like this: back to whoever assessed it, because. The version after it."""
    why = said_why(reason)
    with held(case, version, actor=actor, now=now) as moving:
        _open_proposal(moving, proposal)
        moving.note(Step.SENT_BACK.value, reason=why, data={"proposal": proposal})
        return moving.row.version


def approve(*, case: UUID, version: int, proposal: int, actor: Actor | str, now: datetime) -> int:
    """Carry out the decision as it was proposed. The version after it.

    FourEyesError for whoever proposed it; ChangedError when it was sent back, carried out, or another one came.
    """
    with held(case, version, actor=actor, now=now) as moving:
        asked = _open_proposal(moving, proposal)
        if asked.actor == moving.actor:
            raise FourEyesError("Whoever assessed this does not approve it: ask somebody else.")
        if str(asked.data["step"]).startswith(OBJECTION):
            _answer(moving, asked)
        else:
            _decide(moving, asked, Step(asked.data["step"]))
        return moving.row.version


def approve_many(*, several: Iterable[ToApprove], actor: Actor | str, now: datetime) -> Approved:
    """Each by itself: one that cannot be approved keeps no other one waiting."""
    done = 0
    left: list[tuple[UUID, DichterbijError]] = []
    for one in several:
        try:
            approve(case=one.case, version=one.version, proposal=one.proposal, actor=actor, now=now)
            done += 1
        except DichterbijError as error:
            left.append((one.case, error))
    return Approved(done, tuple(left))


def _check_ground(moving: Moving, step: Step, ground: Ground | None) -> None:
    known = grounds(is_settled=moving.state.settled_on is not None)
    if step in WITH_GROUND and ground not in known:
        articles = ", ".join(f"{one.value} ({article})" for one, article in known.items())
        raise InputError(f"Name the ground: one of {articles}.", field="ground")


def _penalty(moving: Moving, cents: int) -> dict[str, Any]:
    """From which day and for how long it ran. Nobody chooses its height: the law does."""
    due = penalty_to_set(moving.row, moving.state, clocks=moving.clocks, on=moving.today)
    if due is None or due.first_day is None:
        raise StepNotPossibleError("There is no penalty to set: none is due, it still runs, or it was set already.")
    if due.cents != cents:
        raise InputError(f"The penalty is {due.cents} cents.", field="cents")
    return {"first_day": due.first_day.isoformat(), "days": due.days}


def _open_proposal(moving: Moving, number: int) -> CaseEvent:
    """The proposal that waits. ChangedError when it does not wait any more."""
    events = CaseEvent.objects.filter(case=moving.row)
    asked = events.filter(number=number, step=Step.PROPOSED.value).first()
    if asked is None:
        raise NotFoundError("There is no such proposal on this case.")
    newer = events.filter(number__gt=number, step__in=[Step.PROPOSED.value, Step.SENT_BACK.value]).exists()
    if newer or events.filter(proposal=asked).exists():
        raise ChangedError("This proposal was carried out, sent back, or replaced by a newer one.")
    return asked


def _decide(moving: Moving, asked: CaseEvent, step: Step) -> None:
    event = moving.take(
        step, cents=asked.cents, reopens=bool(asked.data.get("reopens")), reason=asked.reason,
        ground=asked.data.get("ground", ""), proposal=asked, assessed_by=asked.actor,
        data={name: asked.data[name] for name in ("why", "first_day", "days") if name in asked.data},
    )  # fmt: skip
    _on_the_ledger(moving, step, is_the_deciders="place" in asked.data)
    if step.value in LETTER_OF:
        write_letter(moving, LETTER_OF[step.value], version=event.number)


def _on_the_ledger(moving: Moving, step: Step, *, is_the_deciders: bool) -> None:
    """What does not go to the receiver any more comes free; what is paid, or at the bank, stays where it is.

    A refusal by the decider may still move up when money comes free; one by officers ends the application.
    """
    has = decided_cents(moving.row.receipt_id)
    if step is Step.GRANTED and (has is None or moving.state.granted_cents > has):
        raise NotPossibleError(f"The scheme decided on {has} cents here: more is given by an objection only.")
    why = f"{step.value} by officers"
    if step is Step.NOT_CONSIDERED or (step is Step.REFUSED and not (is_the_deciders and has == 0)):
        end_application(number=moving.row.number, reason=why, actor=moving.actor, now=moving.now)
    elif step in CHANGING:
        free_rest(moving, why)


def _answer(moving: Moving, asked: CaseEvent) -> None:
    """An answer to an objection; one that is upheld may give money, which is committed then."""
    again = 0
    if asked.cents:
        done = Done(Step.GRANTED, moving.today, asked.cents, reopens=True)
        again = to_commit_again(moving, take(moving.state, done, clocks=moving.clocks))
    event = answer(moving, asked, committed_again=again)
    if event.cents:
        commit(moving, again, asked.actor)
    write_letter(moving, "objection", version=event.number)
