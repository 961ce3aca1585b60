"""Decisions by two people: one proposes and says why, another one approves; then money, letter and journal follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final
from uuid import UUID, uuid5

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Account, State, Transfer
from dichterbij.domains.schemes.actions.cases.letters import LETTER_OF, write_letter
from dichterbij.domains.schemes.actions.cases.moving import ChangedError, FourEyesError, Moving, held, said_why
from dichterbij.domains.schemes.actions.cases.objecting import answer
from dichterbij.domains.schemes.actions.changing import grant_on_objection, lower
from dichterbij.domains.schemes.actions.changing import withdraw as end_application
from dichterbij.domains.schemes.case_models import CaseEvent
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.procedure import DECISIONS, Done, Ground, Step, grounds, take
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError

WITH_REASON: Final = frozenset({Step.REFUSED, Step.NOT_CONSIDERED, Step.WITHDRAWN, Step.LOWERED, Step.RECOVERY_CLAIMED})
WITH_GROUND: Final = frozenset({Step.WITHDRAWN, Step.LOWERED})
OBJECTION = "objection_"
_IN_FORCE = "SELECT cents FROM schemes_decision WHERE receipt_id = %s ORDER BY place DESC LIMIT 1"


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


def decided_cents(receipt: int) -> int | None:
    """What the newest decision on a receipt gives; None when there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [receipt])
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _check_ground(moving: Moving, step: Step, ground: Ground | None) -> None:
    known = grounds(is_settled=moving.state.settled_on is not None)
    if step in WITH_GROUND and ground not in known:
        articles = ", ".join(f"{one.value} ({article})" for one, article in known.items())
        raise InputError(f"Name the ground: one of {articles}.", field="ground")


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
    before = moving.state
    event = moving.take(
        step, cents=asked.cents, reopens=bool(asked.data.get("reopens")), reason=asked.reason,
        ground=asked.data.get("ground", ""), proposal=asked, assessed_by=asked.actor,
        data={"why": asked.data["why"]} if "why" in asked.data else {},
    )  # fmt: skip
    _on_the_ledger(moving, step, out=before.ordered_cents + before.paid_cents)
    if step.value in LETTER_OF:
        write_letter(moving, LETTER_OF[step.value], version=event.number)


def _on_the_ledger(moving: Moving, step: Step, out: int) -> None:
    """What does not go to the receiver any more comes free; what is `out` (paid, or at the bank) stays where it is."""
    has = decided_cents(moving.row.receipt_id)
    wants = {
        Step.GRANTED: moving.state.granted_cents,
        Step.SETTLED: moving.state.settled_cents,
        Step.LOWERED: moving.state.granted_cents,
        Step.REFUSED: 0,
        Step.NOT_CONSIDERED: 0,
        Step.WITHDRAWN: 0,
    }.get(step)
    if wants is None:
        return
    if step is Step.GRANTED and (has is None or wants > has):
        raise NotPossibleError(f"The scheme decided on {has} cents here: more is given by an objection only.")
    left = max(wants, out)
    number, why = moving.row.number, f"{step.value} by officers"
    if not left and not (step is Step.REFUSED and has == 0):  # a refusal by the ceiling may still move up
        end_application(number=number, reason=why, actor=moving.actor, now=moving.now)
    elif left and has is not None and left < has:
        lower(number=number, cents=left, reason=why, actor=moving.actor, now=moving.now)


def _answer(moving: Moving, asked: CaseEvent) -> None:
    """An answer to an objection; one that is upheld may give money, which is committed then."""
    again = _to_commit_again(moving) if asked.cents else 0
    event = answer(moving, asked, committed_again=again)
    if event.cents:
        _commit(moving, event.cents, again, asked.actor)
    write_letter(moving, "objection", version=event.number)


def _to_commit_again(moving: Moving) -> int:
    """What was repaid, and is not committed again by an objection before this one."""
    before = CaseEvent.objects.filter(case=moving.row, step="objection_upheld").values_list("data", flat=True)
    return moving.state.repaid_cents - sum(int(data.get("committed_again", 0)) for data in before)


def _commit(moving: Moving, cents: int, back: int, assessed_by: str) -> None:
    has = decided_cents(moving.row.receipt_id) or 0
    if cents > has:
        grant_on_objection(number=moving.row.number, cents=cents, reason="An objection was upheld", actor=assessed_by,
                           approved_by=moving.actor, now=moving.now)  # fmt: skip
    if back:
        # What was repaid is due again: it is committed anew, from what was recovered and did not go back yet.
        place = opened(moving.row.round_id).committed.place
        posting = uuid5(moving.row.pk, f"committed again {moving.state.version}")
        steps = (State.RECOVERED, State.RESERVED, State.COMMITTED)
        moves = [
            Transfer(uuid5(posting, to.value), Account(start, place), Account(to, place), back, moving.row.number)
            for start, to in pairwise(steps)
        ]
        ledger.post(posting=posting, transfers=moves, reason="An objection was upheld", actor=assessed_by,
                    approved_by=moving.actor, now=moving.now)  # fmt: skip
