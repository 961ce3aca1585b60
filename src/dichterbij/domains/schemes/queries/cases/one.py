"""One case with everything on it, and whether it is the fold of its events."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from dichterbij.domains.schemes.case_models import Case, CaseEvent, CaseLetter, Evidence, Objection, OfficerTask
from dichterbij.domains.schemes.check_models import Document
from dichterbij.domains.schemes.payment_models import Payment
from dichterbij.domains.schemes.queries.cases.lists import case_row, with_proposal
from dichterbij.domains.schemes.queries.cases.payments import task_rows
from dichterbij.domains.schemes.queries.cases.penalties import penalty_of, penalty_to_set
from dichterbij.domains.schemes.queries.cases.rows import (
    CaseView,
    EventRow,
    EvidenceRow,
    LetterRow,
    ObjectionRow,
    PaymentRow,
)
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.procedure import (
    OPEN_OBJECTIONS,
    CaseState,
    Done,
    ObjectionStage,
    Stage,
    Step,
    answer_term,
    kept_case,
    kept_objection,
    possible,
    possible_for,
    read_clocks,
    take,
    waits_for,
)
from dichterbij.domains.schemes.rules.procedure.stages import BESIDE
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import NotFoundError


def case(id: UUID, *, on: date) -> CaseView:
    """One case. NotFoundError when there is none. A fixed number of queries."""
    with own_work():
        row = with_proposal(Case.objects.filter(pk=id)).first()
        if row is None:
            raise NotFoundError("There is no such case.")
        state, clocks = kept_case(row.state), read_clocks(on=row.received_on)
        waiting = waits_for(state, clocks=clocks, weeks=row.weeks, on=on)
        return CaseView(
            case_row(row, on), state, opened(row.round_id).scheme.title.in_language(row.language), row.email,
            row.account, row.language, waiting.value, waiting.reasons, possible(state), _events(row), _evidence(row),
            letters_of(row), _objections(row, on), _payments(row),
            task_rows(OfficerTask.objects.filter(case=row, done_at=None)), penalty_of(row, state, clocks=clocks, on=on),
            penalty_to_set(row, state, clocks=clocks, on=on),
        )  # fmt: skip


def letter_pdf(id: int, *, case: UUID) -> tuple[bytes, str]:
    """The bytes of a letter as it was sent, and their digest. NotFoundError for one of another case."""
    with own_work():
        row = CaseLetter.objects.filter(pk=id, case=case).first()
    if row is None:
        raise NotFoundError("There is no such letter.")
    return bytes(row.pdf), row.digest


def document(id: int, *, case: UUID) -> tuple[bytes, str, str]:
    """A document that was shown, its type and its title. NotFoundError for one of another case, or gone by now."""
    with own_work():
        row = Document.objects.select_related("evidence").filter(pk=id, evidence__case=case).first()
    if row is None:
        raise NotFoundError("There is no such document, or it is gone by now.")
    return bytes(row.content), row.evidence.media_type, row.evidence.title


def case_of(number: str) -> UUID:
    """The case of an application. NotFoundError when it is none yet."""
    with own_work():
        found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotFoundError("There is no such application.")
    return found


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


def _events(row: Case) -> tuple[EventRow, ...]:
    return tuple(
        EventRow(
            one.number, one.step, one.on, one.at, one.actor, one.cents, one.until, one.reason, one.ground, one.data,
            one.assessed_by, one.objection,
        )
        for one in CaseEvent.objects.filter(case=row).order_by("number")
    )  # fmt: skip


def _evidence(row: Case) -> tuple[EvidenceRow, ...]:
    kept = set(Document.objects.filter(evidence__case=row).values_list("pk", flat=True))
    return tuple(
        EvidenceRow(
            one.pk,
            one.pk in kept,
            one.kind,
            one.title,
            one.media_type,
            one.size,
            one.digest,
            one.added_at,
            one.added_by,
            one.struck_at,
        )
        for one in Evidence.objects.filter(case=row).order_by("added_at", "id")
    )


def letters_of(row: Case) -> tuple[LetterRow, ...]:
    """Its letters, oldest first."""
    letters = CaseLetter.objects.filter(case=row).defer("pdf", "text").order_by("event", "id")
    return tuple(
        LetterRow(one.pk, one.event, one.kind, one.language, one.subject, one.digest, one.made_at) for one in letters
    )


def _objections(row: Case, on: date) -> tuple[ObjectionRow, ...]:
    found, clocks = [], read_clocks(on=row.received_on)
    won = CaseEvent.objects.filter(case=row, step="objection_upheld").values_list("objection", "cents")
    paid = {objection for objection, cents in won if cents}
    for one in Objection.objects.select_related("against").filter(case=row).order_by("lodged_on", "id"):
        state = kept_objection(one.state)
        is_open = one.stage in OPEN_OBJECTIONS
        ends = answer_term(state, clocks=clocks, on=on)
        by = ends.value.last_day if is_open else one.answer_by
        found.append(ObjectionRow(
            one.pk, one.against.number, ObjectionStage(one.stage), state.lateness.value, one.lodged_on, by,
            is_open and ends.value.warns(on), possible_for(state) if is_open else (), one.against.step, one.against.on,
            state.term_end, is_open and ends.value.stands_still,
            frozenset({one.against.actor, one.against.assessed_by} - {""}), ends.reasons,
            one.stage == ObjectionStage.UPHELD.value and one.pk not in paid,
        ))  # fmt: skip
    return tuple(found)


def _payments(row: Case) -> tuple[PaymentRow, ...]:
    rows = Payment.objects.filter(case=row).prefetch_related("results").order_by("event")
    return tuple(
        PaymentRow(one.pk, one.file_id, one.cents, one.account, tuple(sorted(r.result for r in one.results.all())))
        for one in rows
    )
