"""Work lists: which cases stand in each, in which order, and what was proposed on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Func, JSONField, OuterRef, Q, QuerySet, Subquery

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.case_models import (
    Case,
    CaseEvent,
    Objection,
)
from dichterbij.domains.schemes.queries.cases.rows import (
    CaseRow,
    FlagCount,
)
from dichterbij.domains.schemes.rules.checks import SignalCode
from dichterbij.domains.schemes.rules.procedure import (
    OPEN_OBJECTIONS,
    Stage,
    Step,
    kept_case,
    read_clocks,
    waits_for,
)
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.counted import Counted

MOST = 100
COUNTED, MANY = 1_000, 1_000
ORDER = ("ends_first", "received_on", "number")  # an index of its own; of a stage too


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
    flag: SignalCode | None = None,
    skip: int = 0,
    most: int = MOST,
) -> tuple[CaseRow, ...]:
    """The cases of a list, whose term ends first on top. Two queries. `actor`: whoever cannot approve their own.

    `search`: a part of the number or the name. `flag`: only with this reason to look, which nobody answered yet.
    """
    with own_work():
        rows = with_proposal(_listed(tab, on, round_id, actor, search, flag)).order_by(*ORDER)
        return tuple(case_row(row, on) for row in rows[skip : skip + most])


def how_many(
    tab: Tab,
    *,
    on: date,
    round_id: int | None = None,
    actor: Actor | None = None,
    search: str = "",
    flag: SignalCode | None = None,
    most: int = COUNTED,
) -> Counted:
    """How many cases `worklist` has, counted up to `most`."""
    with own_work():
        return _counted(_listed(tab, on, round_id, actor, search, flag), most)


def counts(*, on: date, round_id: int | None = None, actor: Actor | None = None) -> Mapping[Tab, Counted]:
    """How many cases are in each list, counted up to a hundred."""
    with own_work():
        return {tab: _counted(_listed(tab, on, round_id, actor), MOST) for tab in Tab}


def warned(*, on: date, round_id: int | None = None, most: int = MOST) -> tuple[CaseRow, ...]:
    """Cases whose term, or that of an objection, ends soon or has ended; the most urgent first."""
    with own_work():
        rows = with_proposal(_listed(Tab.WARNED, on, round_id))
        return tuple(case_row(row, on) for row in rows.order_by(*ORDER)[:most])


def open_flags(ids: Iterable[UUID]) -> Mapping[UUID, tuple[SignalCode, ...]]:
    """Of each of these cases the reasons to look that nobody answered yet. One query."""
    found = defaultdict(list)
    with own_work():
        rows = _unanswered().filter(case__in=list(ids)).order_by("number")
        for case, code in rows.values_list("case", "data__code"):
            found[case].append(SignalCode(code))
    return {case: tuple(dict.fromkeys(codes)) for case, codes in found.items()}


def flag_counts(round_id: int) -> Mapping[SignalCode, FlagCount]:
    """Of each reason to look: on how many cases of a round it waits, and on how many it was ever put."""
    with own_work():
        here = CaseEvent.objects.filter(case__round_id=round_id, step=Step.FLAGGED.value)
        ever = dict(here.values_list("data__code").annotate(n=Count("case", distinct=True)).order_by())
        waiting = _unanswered().filter(case__round_id=round_id)
        still = dict(waiting.values_list("data__code").annotate(n=Count("case", distinct=True)).order_by())
    return {SignalCode(code): FlagCount(still.get(code, 0), n) for code, n in ever.items()}


def _counted(rows: QuerySet[Case], most: int) -> Counted:
    return Counted.up_to(most, rows.order_by().values("pk")[: most + 1].count())


def _listed(
    tab: Tab,
    on: date,
    round_id: int | None = None,
    actor: Actor | None = None,
    search: str = "",
    flag: SignalCode | None = None,
) -> QuerySet[Case]:
    rows = _of(tab, actor, on)
    if round_id is not None:
        rows = rows.filter(round_id=round_id)
    if flag is not None:
        rows = rows.filter(open_flags__gt=0, pk__in=_unanswered().filter(data__code=flag.value).values("case"))
    return rows.filter(Q(number__icontains=search) | Q(name__icontains=search)) if search else rows


def _unanswered() -> QuerySet[CaseEvent]:
    """Flags that wait for somebody who looks."""
    number = Func(OuterRef("number"), function="to_jsonb", output_field=JSONField())
    answers = CaseEvent.objects.filter(case=OuterRef("case"), step=Step.FLAG_ANSWERED.value, data__flagged=number)
    return CaseEvent.objects.filter(step=Step.FLAGGED.value).filter(~Exists(answers))


def _of(tab: Tab, actor: Actor | None, on: date) -> QuerySet[Case]:
    cases = Case.objects.all()
    if tab is Tab.TO_APPROVE:
        waiting = cases.filter(has_proposal=True)
        return waiting.exclude(proposed_by=str(actor)) if actor else waiting
    if tab is Tab.WARNED:
        return cases.filter(_warned(on))
    chosen = {
        Tab.TO_ASSESS: Q(stage="received", has_proposal=False),
        Tab.INCOMPLETE: Q(stage="incomplete"),
        Tab.TO_SETTLE: Q(stage="granted", has_proposal=False, due_cents=0),
        Tab.TO_PAY: Q(due_cents__gt=0),
        Tab.TO_RECOVER: Q(undue_cents__gt=0),
        Tab.FLAGGED: Q(open_flags__gt=0),
        Tab.OBJECTIONS: Q(pk__in=Objection.objects.filter(stage__in=OPEN_OBJECTIONS).values("case")),
        Tab.ENDED: Q(stage__in=["refused", "not_considered", "taken_back", "closed"]),
    }
    return cases.filter(chosen[tab])


def _warned(on: date) -> Q:
    """Where there are few, each of the two by its index; where there are many, in the order of the list."""
    soon, objected = Case.objects.filter(warn_on__lte=on).values("pk"), _objected(on).values("case")
    if soon[: MANY + 1].count() > MANY:
        return Q(warn_on__lte=on) | Q(pk__in=objected)
    return Q(pk__in=soon.union(objected))


def _objected(on: date) -> QuerySet[Objection]:
    """Objections whose answer must come soon, or is late."""
    return Objection.objects.filter(stage__in=OPEN_OBJECTIONS, warn_on__lte=on)


def proposals() -> QuerySet[CaseEvent]:
    """Proposals that wait: not carried out, sent back, or replaced by a newer one, on what was not taken back."""
    later = CaseEvent.objects.filter(
        case=OuterRef("case"), step__in=["proposed", "sent_back", "taken_back"], number__gt=OuterRef("number")
    )
    done = CaseEvent.objects.filter(proposal=OuterRef("pk"))
    return CaseEvent.objects.filter(step="proposed").filter(~Exists(later), ~Exists(done))


def with_proposal(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with the proposal that waits on them, and the day on which an objection must be answered."""
    waiting = proposals().filter(case=OuterRef("pk"))
    objected = Objection.objects.filter(case=OuterRef("pk"), stage__in=OPEN_OBJECTIONS).order_by("answer_by")
    return rows.annotate(
        answer_warns=Subquery(objected.values("warn_on")[:1]),
        proposal_number=Subquery(waiting.values("number")[:1]),
        proposed_step=Subquery(waiting.values("data__step")[:1]),
        proposed_cents=Subquery(waiting.values("cents")[:1]),
        proposed_reason=Subquery(waiting.values("reason")[:1]),
    )  # fmt: skip


def case_row(row: Any, on: date) -> CaseRow:
    """A case as it stands in a list."""
    waits, ends = _now(row, on)
    return CaseRow(
        row.pk, row.number, row.name, row.round_id, Stage(row.stage), row.version, row.received_on, waits, ends,
        bool(row.warn_on and row.warn_on <= on), bool(row.warn_on and ends and ends < on), row.due_cents,
        row.undue_cents, row.open_flags, row.proposal_number, row.proposed_step or "", row.proposed_cents or 0,
        row.proposed_by or "", row.proposed_reason or "", row.invented, row.answer_first,
        bool(row.answer_warns and row.answer_warns <= on),
    )  # fmt: skip


def _now(row: Any, on: date) -> tuple[str, date | None]:
    """What a case waits for: after the term to complete passed unused, for officers."""
    if row.stage != Stage.INCOMPLETE.value or row.term_ends is None or row.term_ends >= on:
        return row.waits_for, row.term_ends
    clocks = read_clocks(on=row.received_on)
    term = waits_for(kept_case(row.state), clocks=clocks, weeks=row.weeks, on=on).value
    return (term.clock.value, term.last_day) if term else ("", None)
