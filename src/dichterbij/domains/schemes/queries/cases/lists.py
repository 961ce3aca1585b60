"""Work lists: which cases stand in each, in which order, and what was proposed on them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.case_models import (
    Case,
    CaseEvent,
)
from dichterbij.domains.schemes.queries.cases.rows import (
    CaseRow,
)
from dichterbij.domains.schemes.rules.procedure import (
    Stage,
)
from dichterbij.domains.schemes.seeing import own_work

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
        rows = with_proposal(_listed(tab, on, round_id, actor, search)).order_by(*_order())
        return tuple(case_row(row, on) for row in rows[skip : skip + most])


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
        rows = with_proposal(_listed(Tab.WARNED, on))
        return tuple(case_row(row, on) for row in rows.order_by(*_order())[:most])


def _listed(
    tab: Tab, on: date, round_id: int | None = None, actor: Actor | None = None, search: str = ""
) -> QuerySet[Case]:
    rows = _of(tab, actor, on)
    if round_id is not None:
        rows = rows.filter(round_id=round_id)
    return rows.filter(Q(number__icontains=search) | Q(name__icontains=search)) if search else rows


def _of(tab: Tab, actor: Actor | None, on: date) -> QuerySet[Case]:
    cases = Case.objects.all()
    proposed = Q(pk__in=proposals().values("case"))
    if tab is Tab.TO_APPROVE:
        waiting = proposals().exclude(actor=str(actor)) if actor else proposals()
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


def proposals() -> QuerySet[CaseEvent]:
    """Proposals that wait: not carried out, sent back, or replaced by a newer one."""
    later = CaseEvent.objects.filter(
        case=OuterRef("case"), step__in=["proposed", "sent_back"], number__gt=OuterRef("number")
    )
    done = CaseEvent.objects.filter(proposal=OuterRef("pk"))
    return CaseEvent.objects.filter(step="proposed").filter(~Exists(later), ~Exists(done))


def with_proposal(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with the proposal that waits on them."""
    waiting = proposals().filter(case=OuterRef("pk"))
    return rows.annotate(
        proposal_number=Subquery(waiting.values("number")[:1]),
        proposed_step=Subquery(waiting.values("data__step")[:1]),
        proposed_cents=Subquery(waiting.values("cents")[:1]),
        proposed_by=Subquery(waiting.values("actor")[:1]),
        proposed_reason=Subquery(waiting.values("reason")[:1]),
    )  # fmt: skip


def _order() -> tuple[Any, ...]:
    return (F("term_ends").asc(nulls_last=True), "received_on", "number")


def case_row(row: Any, on: date) -> CaseRow:
    """A case as it stands in a list."""
    return CaseRow(
        row.pk, row.number, row.name, row.round_id, Stage(row.stage), row.version, row.received_on, row.waits_for,
        row.term_ends, bool(row.warn_on and row.warn_on <= on), bool(row.warn_on and row.term_ends < on),
        row.due_cents, row.undue_cents, row.open_flags, row.proposal_number, row.proposed_step or "",
        row.proposed_cents or 0, row.proposed_by or "", row.proposed_reason or "", row.invented,
    )  # fmt: skip
