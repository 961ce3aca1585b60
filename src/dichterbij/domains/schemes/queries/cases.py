"""Reading cases: work lists, one case with everything on it, what the applicant sees, payment files and tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.case_models import (
    Case,
    CaseEvent,
    CaseLetter,
    Evidence,
    Objection,
    OfficerTask,
    Payment,
    PaymentFile,
)
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.procedure import (
    CaseState,
    Done,
    ObjectionStage,
    ObjectionStep,
    Penalty,
    Stage,
    Step,
    Term,
    decision_term,
    kept_case,
    kept_objection,
    objection_term,
    penalty,
    possible,
    possible_for,
    read_clocks,
    take,
    waits_for,
)
from dichterbij.domains.schemes.rules.procedure.stages import BESIDE
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.rules.outcome import Reason
from dichterbij.shared.errors import NotFoundError

MOST = 100
OPEN_OBJECTIONS = ("lodged", "incomplete", "heard")


class Tab(StrEnum):
    """A work list."""

    TO_ASSESS = "to_assess"
    TO_APPROVE = "to_approve"
    INCOMPLETE = "incomplete"
    TO_SETTLE = "to_settle"
    TO_PAY = "to_pay"
    TO_RECOVER = "to_recover"
    FLAGGED = "flagged"
    OBJECTIONS = "objections"
    WARNED = "warned"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `waits_for`: the term that runs, empty for none; `proposed_by`: empty without a proposal.

    `proposed_reason`: as it was written; the name of a reason of the scheme (`Why`) where the decider proposed it.
    """

    id: UUID
    number: str
    name: str
    round_id: int
    stage: Stage
    version: int
    received_on: date
    waits_for: str
    term_ends: date | None
    warns: bool
    is_late: bool
    due_cents: int
    undue_cents: int
    open_flags: int
    proposal: int | None
    proposed_step: str
    proposed_cents: int
    proposed_by: str
    proposed_reason: str
    invented: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """A step of a case, as it was taken."""

    number: int
    step: str
    on: date
    at: datetime
    actor: str
    cents: int
    until: date | None
    reason: str
    ground: str
    data: Mapping[str, Any]
    assessed_by: str
    objection: UUID | None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that was sent, without its bytes."""

    id: int
    event: int
    kind: str
    language: str
    subject: str
    digest: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection with what can be done now. `against`: the number of the event of the decision."""

    id: UUID
    against: int
    stage: ObjectionStage
    lateness: str
    lodged_on: date
    answer_by: date
    warns: bool
    possible: tuple[ObjectionStep, ...]


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment and what became of it: empty while the bank has not answered."""

    id: UUID
    file: UUID
    cents: int
    account: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A document that was shown; it is not kept, its digest is."""

    kind: str
    title: str
    media_type: str
    size: int
    digest: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something that a person must look at."""

    id: int
    case: UUID
    number: str
    kind: str
    data: Mapping[str, Any]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with everything on it. `reasons`: of the term that runs. `penalty`: what is due for being late."""

    row: CaseRow
    state: CaseState
    scheme: str
    email: str
    account: str
    language: str
    term: Term | None
    reasons: tuple[Reason, ...]
    possible: tuple[Step, ...]
    events: tuple[EventRow, ...]
    evidence: tuple[EvidenceRow, ...]
    letters: tuple[LetterRow, ...]
    objections: tuple[ObjectionRow, ...]
    payments: tuple[PaymentRow, ...]
    tasks: tuple[TaskRow, ...]
    penalty: Penalty


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What the applicant sees: where it is, what comes next and when, letters, and until when objecting is possible."""

    number: str
    scheme: str
    stage: Stage
    received_on: date
    waits_for: str
    term_ends: date | None
    asked: str
    granted_cents: int
    paid_cents: int
    to_repay_cents: int
    letters: tuple[LetterRow, ...]
    object_to: int | None
    object_by: date | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A payment file."""

    id: UUID
    message_id: str
    round_id: int
    count: int
    cents: int
    execute_on: date
    digest: str
    prepared_by: str
    prepared_at: datetime
    released_by: str
    dropped_by: str


def worklist(
    tab: Tab,
    *,
    on: date,
    round_id: int | None = None,
    actor: Actor | None = None,
    search: str = "",
    skip: int = 0,
    most: int = MOST,
) -> tuple[CaseRow, ...]:
    """The cases of a list, whose term ends first on top. Two queries. `actor`: whoever cannot approve their own.

    `search`: a part of the number or the name.
    """
    with own_work():
        rows = _with_proposal(_listed(tab, on, round_id, actor, search)).order_by(*_order())
        return tuple(_row(row, on) for row in rows[skip : skip + most])


def how_many(tab: Tab, *, on: date, round_id: int | None = None, actor: Actor | None = None, search: str = "") -> int:
    """How many cases `worklist` has in all."""
    with own_work():
        return _listed(tab, on, round_id, actor, search).count()


def counts(*, on: date, round_id: int | None = None, actor: Actor | None = None) -> Mapping[Tab, int]:
    """How many cases are in each list."""
    with own_work():
        return {tab: _listed(tab, on, round_id, actor).count() for tab in Tab}


def warned(*, on: date, most: int = MOST) -> tuple[CaseRow, ...]:
    """Cases whose term ends soon or has ended, the most urgent first."""
    with own_work():
        rows = _with_proposal(_listed(Tab.WARNED, on))
        return tuple(_row(row, on) for row in rows.order_by(*_order())[:most])


def case(id: UUID, *, on: date) -> CaseView:
    """One case. NotFoundError when there is none. A fixed number of queries."""
    with own_work():
        row = _with_proposal(Case.objects.filter(pk=id)).first()
        if row is None:
            raise NotFoundError("There is no such case.")
        state, clocks = kept_case(row.state), read_clocks(on=row.received_on)
        waiting = waits_for(state, clocks=clocks, weeks=row.weeks, on=on)
        ends = decision_term(state, clocks=clocks, weeks=row.weeks, on=on).value
        late = penalty(ends, told_default_on=_told_late(row, ends), decided_on=state.decided_on, on=on, clocks=clocks)
        return CaseView(
            _row(row, on), state, opened(row.round_id).scheme.title.in_language(row.language), row.email, row.account,
            row.language, waiting.value, waiting.reasons, possible(state), _events(row), _evidence(row), _letters(row),
            _objections(row, on), _payments(row), _tasks(OfficerTask.objects.filter(case=row, done_at=None)),
            late.value,
        )  # fmt: skip


def own_case(number: str, *, on: date) -> OwnCase:
    """What the applicant of this number sees; the page checks that it is theirs. NotFoundError before it is a case."""
    with own_work():
        row = Case.objects.filter(number=number).first()
        if row is None:
            raise NotFoundError("There is no such application.")
        state = kept_case(row.state)
        events = CaseEvent.objects.filter(case=row)
        asked = events.filter(step=Step.COMPLETION_ASKED.value).order_by("-number").first()
        decision = (
            events.filter(proposal__isnull=False).exclude(step__startswith="objection_").order_by("-number").first()
        )
        ends = _object_by(decision, row)
        return OwnCase(
            row.number, opened(row.round_id).scheme.title.in_language(row.language), state.stage, row.received_on,
            row.waits_for, row.term_ends, asked.reason if asked and state.stage is Stage.INCOMPLETE else "",
            state.granted_cents, state.paid_cents - state.repaid_cents, state.claimed_cents - state.repaid_cents,
            _letters(row), decision.number if decision and ends and ends >= on else None, ends,
        )  # fmt: skip


def letter_pdf(id: int, *, case: UUID) -> tuple[bytes, str]:
    """The bytes of a letter as it was sent, and their digest. NotFoundError for one of another case."""
    with own_work():
        row = CaseLetter.objects.filter(pk=id, case=case).first()
    if row is None:
        raise NotFoundError("There is no such letter.")
    return bytes(row.pdf), row.digest


def case_of(number: str) -> UUID:
    """The case of an application. NotFoundError when it is none yet."""
    with own_work():
        found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotFoundError("There is no such application.")
    return found


def payment_files(*, most: int = MOST) -> tuple[FileRow, ...]:
    """Payment files, the newest first."""
    with own_work():
        rows = PaymentFile.objects.order_by("-prepared_at", "id")[:most]
        return tuple(file_row(row) for row in rows)


def file_row(row: PaymentFile) -> FileRow:
    """A payment file without its bytes."""
    return FileRow(
        row.pk, row.message_id, row.round_id, row.count, row.cents, row.execute_on, row.digest, row.prepared_by,
        row.prepared_at, row.released_by, row.dropped_by,
    )  # fmt: skip


def tasks(*, most: int = MOST) -> tuple[TaskRow, ...]:
    """What a person must look at, oldest first."""
    with own_work():
        return _tasks(OfficerTask.objects.filter(done_at=None).order_by("made_at", "id")[:most])


def without_account(*, most: int = MOST) -> tuple[str, ...]:
    """Numbers of cases with something to pay, of which the account is not known."""
    with own_work():
        rows = Case.objects.filter(due_cents__gt=0, account="").order_by("received_on", "number")
        return tuple(rows.values_list("number", flat=True)[:most])


def rebuilt(id: UUID) -> bool:
    """Whether the case is the fold of its events: what an auditor asks."""
    with own_work():
        row = Case.objects.get(pk=id)
        events = list(CaseEvent.objects.filter(case=row).order_by("number"))
        first, clocks = events[0], read_clocks(on=row.received_on)
        complete = bool(first.data.get("complete"))
        state = CaseState(Stage.RECEIVED, first.on, complete_on=kept_case(row.state).complete_on if complete else None)
        for event in events[1:]:
            state = _after(state, event, clocks)
        return state == kept_case(row.state) and row.version == len(events)


def _after(state: CaseState, event: CaseEvent, clocks: Any) -> CaseState:
    if event.step == "objection_upheld" and event.cents:
        return take(state, Done(Step.GRANTED, event.on, event.cents, reopens=True), clocks=clocks)
    if event.step.startswith("objection_") or Step(event.step) in BESIDE:
        return replace(state, version=state.version + 1)
    return take(state, Done(Step(event.step), event.on, event.cents, event.until, event.reopens), clocks=clocks)


def _listed(
    tab: Tab, on: date, round_id: int | None = None, actor: Actor | None = None, search: str = ""
) -> QuerySet[Case]:
    rows = _of(tab, actor, on)
    if round_id is not None:
        rows = rows.filter(round_id=round_id)
    return rows.filter(Q(number__icontains=search) | Q(name__icontains=search)) if search else rows


def _of(tab: Tab, actor: Actor | None, on: date) -> QuerySet[Case]:
    cases = Case.objects.all()
    proposed = Q(pk__in=_proposals().values("case"))
    if tab is Tab.TO_APPROVE:
        waiting = _proposals().exclude(actor=str(actor)) if actor else _proposals()
        return cases.filter(pk__in=waiting.values("case"))
    chosen = {
        Tab.TO_ASSESS: Q(stage="received") & ~proposed,
        Tab.INCOMPLETE: Q(stage="incomplete"),
        Tab.TO_SETTLE: Q(stage="granted", due_cents=0) & ~proposed,
        Tab.TO_PAY: Q(due_cents__gt=0),
        Tab.TO_RECOVER: Q(undue_cents__gt=0),
        Tab.FLAGGED: Q(open_flags__gt=0),
        Tab.OBJECTIONS: Q(objections__stage__in=OPEN_OBJECTIONS),
        Tab.WARNED: Q(warn_on__lte=on),
        Tab.ENDED: Q(stage__in=["refused", "not_considered", "taken_back", "closed"]),
    }
    return cases.filter(chosen[tab]).distinct()


def _proposals() -> QuerySet[CaseEvent]:
    """Proposals that wait: not carried out, sent back, or replaced by a newer one."""
    later = CaseEvent.objects.filter(
        case=OuterRef("case"), step__in=["proposed", "sent_back"], number__gt=OuterRef("number")
    )
    done = CaseEvent.objects.filter(proposal=OuterRef("pk"))
    return CaseEvent.objects.filter(step="proposed").filter(~Exists(later), ~Exists(done))


def _with_proposal(rows: QuerySet[Case]) -> QuerySet[Case]:
    waiting = _proposals().filter(case=OuterRef("pk"))
    return rows.annotate(
        proposal_number=Subquery(waiting.values("number")[:1]),
        proposed_step=Subquery(waiting.values("data__step")[:1]),
        proposed_cents=Subquery(waiting.values("cents")[:1]),
        proposed_by=Subquery(waiting.values("actor")[:1]),
        proposed_reason=Subquery(waiting.values("reason")[:1]),
    )  # fmt: skip


def _order() -> tuple[Any, ...]:
    return (F("term_ends").asc(nulls_last=True), "received_on", "number")


def _row(row: Any, on: date) -> CaseRow:
    return CaseRow(
        row.pk, row.number, row.name, row.round_id, Stage(row.stage), row.version, row.received_on, row.waits_for,
        row.term_ends, bool(row.warn_on and row.warn_on <= on), bool(row.warn_on and row.term_ends < on),
        row.due_cents, row.undue_cents, row.open_flags, row.proposal_number, row.proposed_step or "",
        row.proposed_cents or 0, row.proposed_by or "", row.proposed_reason or "", row.invented,
    )  # fmt: skip


def _told_late(row: Case, ends: Term) -> date | None:
    """The first day after the term on which the applicant said that it was late: earlier ones do not count."""
    told = CaseEvent.objects.filter(case=row, step=Step.DEFAULT_TOLD.value, on__gt=ends.last_day)
    return told.order_by("number").values_list("on", flat=True).first()


def _events(row: Case) -> tuple[EventRow, ...]:
    return tuple(
        EventRow(
            one.number, one.step, one.on, one.at, one.actor, one.cents, one.until, one.reason, one.ground, one.data,
            one.assessed_by, one.objection,
        )
        for one in CaseEvent.objects.filter(case=row).order_by("number")
    )  # fmt: skip


def _evidence(row: Case) -> tuple[EvidenceRow, ...]:
    return tuple(
        EvidenceRow(one.kind, one.title, one.media_type, one.size, one.digest, one.added_at)
        for one in Evidence.objects.filter(case=row).order_by("added_at", "id")
    )


def _letters(row: Case) -> tuple[LetterRow, ...]:
    letters = CaseLetter.objects.filter(case=row).defer("pdf", "text").order_by("event", "id")
    return tuple(
        LetterRow(one.pk, one.event, one.kind, one.language, one.subject, one.digest, one.made_at) for one in letters
    )


def _objections(row: Case, on: date) -> tuple[ObjectionRow, ...]:
    found = []
    for one in Objection.objects.select_related("against").filter(case=row).order_by("lodged_on", "id"):
        state = kept_objection(one.state)
        is_open = one.stage in OPEN_OBJECTIONS
        found.append(ObjectionRow(
            one.pk, one.against.number, ObjectionStage(one.stage), state.lateness.value, one.lodged_on, one.answer_by,
            is_open and one.warn_on <= on, possible_for(state) if is_open else (),
        ))  # fmt: skip
    return tuple(found)


def _payments(row: Case) -> tuple[PaymentRow, ...]:
    rows = Payment.objects.filter(case=row).prefetch_related("results").order_by("event")
    return tuple(
        PaymentRow(one.pk, one.file_id, one.cents, one.account, tuple(sorted(r.result for r in one.results.all())))
        for one in rows
    )


def _tasks(rows: QuerySet[OfficerTask]) -> tuple[TaskRow, ...]:
    return tuple(
        TaskRow(one.pk, one.case_id, one.case.number, one.kind, one.data, one.made_at)
        for one in rows.select_related("case")
    )


def _object_by(decision: CaseEvent | None, row: Case) -> date | None:
    return objection_term(decision.on, clocks=read_clocks(on=row.received_on)).value.last_day if decision else None
