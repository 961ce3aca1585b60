"""Objections: lodged, heard, adjourned; the answer is proposed and approved by others than who decided."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions.cases.letters import write_letter
from dichterbij.domains.schemes.actions.cases.moving import ChangedError, FourEyesError, Moving, held, said_why
from dichterbij.domains.schemes.case_models import CaseEvent, Objection
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rules.procedure import (
    ANSWERS,
    DECISIONS,
    OPEN_OBJECTIONS,
    Done,
    ObjectionStage,
    ObjectionStep,
    Step,
    StepNotPossibleError,
    answer_term,
    keep,
    kept_objection,
    lodge,
    take,
    take_objection,
)
from dichterbij.domains.schemes.rules.procedure import Objection as ObjectionState
from dichterbij.shared.errors import InputError, NotFoundError

LETTERS: Final = {
    ObjectionStep.DEFECT_TOLD: "objection_incomplete",
    ObjectionStep.INVITED: "objection_invited",
    ObjectionStep.ADJOURNED: "objection_later",
}
WITH_REASON: Final = frozenset({*LETTERS, ObjectionStep.HEARD, ObjectionStep.LATENESS_EXCUSED})


def lodge_objection(
    *,
    case: UUID,
    version: int,
    objection: UUID,
    against: int,
    received_on: date,
    words: str,
    actor: Actor | str,
    now: datetime,
    posted_on: date | None = None,
    with_committee: bool = False,
) -> int:
    """Somebody objects to the decision of event `against`. The same `objection` twice is one. The version after it.

    A late one is received as well: whether the applicant could help it is asked, never assumed. A letter says that it
    came, and until when we answer (Awb 6:14).
    """
    said = said_why(words, field="words")
    _check_days(received_on, posted_on, timezone.localdate(now))
    with held(case, None, actor=actor, now=now) as moving:
        if Objection.objects.filter(pk=objection).exists():
            return moving.row.version
        if moving.row.version != version:
            raise ChangedError("Somebody else did something with this case. Look at it again.")
        decision = CaseEvent.objects.filter(
            case=case, number=against, step__in=[one.value for one in DECISIONS]
        ).first()
        if decision is None:
            raise NotFoundError("There is no such decision on this case.")
        if Objection.objects.filter(against=decision, stage__in=["lodged", "incomplete", "heard"]).exists():
            raise NotPossibleError("An objection to this decision is open already.")
        state = lodge(
            published_on=decision.on, received_on=received_on, posted_on=posted_on, with_committee=with_committee,
            clocks=moving.clocks,
        )  # fmt: skip
        row = Objection(id=objection, case=moving.row, against=decision, lodged_on=received_on)
        _keep(row, state, moving)
        moving.note("objection_lodged", reason=said, objection=objection, until=row.answer_by, data=keep(state))
        write_letter(moving, "objection_received", version=moving.row.version)
        return moving.row.version


def take_objection_step(
    *,
    case: UUID,
    version: int,
    objection: UUID,
    step: ObjectionStep,
    actor: Actor | str,
    now: datetime,
    reason: str = "",
    until: date | None = None,
    cents: int = 0,
) -> int:
    """A step of an objection; an answer becomes a proposal, for somebody else to approve. The version after it.

    `cents`: what the applicant gets in all, when it is upheld. `until`: the last day to send what is missing, or the
    day of the hearing. A question, an invitation and a later day go out as a letter.
    """
    with held(case, version, actor=actor, now=now) as moving:
        row = _row(case, objection)
        state = kept_objection(row.state)
        after = take_objection(state, step, on=moving.today, clocks=moving.clocks, until=until)
        if step in ANSWERS:
            _propose(moving, row, step, said_why(reason), cents)
            return moving.row.version
        why = said_why(reason) if step in WITH_REASON else " ".join(reason.split())
        _keep(row, after, moving)
        named = {ObjectionStep.DEFECT_TOLD: after.mend_by, ObjectionStep.ADJOURNED: row.answer_by}.get(step, until)
        moving.note(f"objection_{step.value}", reason=why, until=named, objection=objection)
        if step in LETTERS:
            write_letter(moving, LETTERS[step], version=moving.row.version)
        return moving.row.version


def answer(moving: Moving, asked: CaseEvent, *, committed_again: int) -> CaseEvent:
    """The answer as it was proposed. FourEyesError for who took the decision that it is about (Awb 10:3)."""
    row = _row(moving.row.pk, UUID(asked.data["objection"]))
    decided = {row.against.actor, row.against.assessed_by}
    if {moving.actor, asked.actor} & decided:
        raise FourEyesError("Whoever took the decision does not decide on the objection: ask somebody else (Awb 10:3).")
    _check_again(moving, row, asked.cents)
    step = ObjectionStep(str(asked.data["step"]).removeprefix("objection_"))
    state = take_objection(kept_objection(row.state), step, on=moving.today, clocks=moving.clocks)
    _keep(row, state, moving)
    told: dict[str, Any] = {"reason": asked.reason, "proposal": asked, "assessed_by": asked.actor, "objection": row.pk}
    if not asked.cents:
        return moving.note(asked.data["step"], **told)
    moving.state = take(moving.state, _granting(moving, asked.cents), clocks=moving.clocks)
    data = {"committed_again": committed_again}
    return moving.add(asked.data["step"], cents=asked.cents, reopens=True, data=data, **told)


def _check_days(received_on: date, posted_on: date | None, today: date) -> None:
    if received_on > today:
        raise InputError("An objection was received today or before.", field="received_on")
    if posted_on is not None and posted_on > received_on:
        raise InputError("It was posted before it was received, or on that day.", field="posted_on")


def _granting(moving: Moving, cents: int) -> Done:
    return Done(Step.GRANTED, moving.today, cents, reopens=True)


def _propose(moving: Moving, row: Objection, step: ObjectionStep, why: str, cents: int) -> None:
    _check_again(moving, row, cents)
    if cents and step is not ObjectionStep.UPHELD:
        raise InputError("Only an objection that is upheld gives money.", field="cents")
    if cents:
        take(moving.state, _granting(moving, cents), clocks=moving.clocks)
    if moving.actor in {row.against.actor, row.against.assessed_by}:
        raise FourEyesError("Whoever took the decision does not decide on the objection: ask somebody else (Awb 10:3).")
    told = {"step": f"objection_{step.value}", "cents": cents, "objection": str(row.pk)}
    moving.note(Step.PROPOSED.value, cents=cents, reason=why, data=told)


def _check_again(moving: Moving, row: Objection, cents: int) -> None:
    """One that was won without money may get it by a new decision, once."""
    won = CaseEvent.objects.filter(case=moving.row, objection=row.pk, step="objection_upheld")
    if row.stage == ObjectionStage.UPHELD.value and (not cents or won.filter(cents__gt=0).exists()):
        raise StepNotPossibleError("This objection is answered, and the money that follows from it was given.")


def _keep(row: Objection, state: ObjectionState, moving: Moving) -> None:
    ends = answer_term(state, clocks=moving.clocks, on=moving.today).value
    row.stage, row.state, row.answer_by, row.warn_on = state.stage.value, keep(state), ends.last_day, ends.warn_on
    row.save()
    still = Objection.objects.filter(case=moving.row, stage__in=OPEN_OBJECTIONS)
    moving.row.answer_first = still.aggregate(first=Min("answer_by"))["first"]  # kept with the event that follows


def _row(case: UUID, objection: UUID) -> Objection:
    row = Objection.objects.select_related("against").filter(pk=objection, case=case).first()
    if row is None:
        raise NotFoundError("There is no such objection on this case.")
    return row
