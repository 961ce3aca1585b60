"""The work list of an organisation: what to accept, what it waits for, what is late, what is its own, what is done."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral.may import PURPOSE, check_may
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, handover_row, step_row
from dichterbij.domains.referral.rules import Level, State, read_reference
from dichterbij.shared.errors import NotFoundError

MOST_FOUND = 200


class Tab(StrEnum):
    """A part of the work list."""

    ACCEPT = "accept"
    WAITING = "waiting"
    OVERDUE = "overdue"
    OURS = "ours"
    DONE = "done"


def counts(*, actor: Actor, now: datetime) -> Mapping[Tab, int]:
    """How many there are in each part. One query."""
    check_may(actor, now)
    with acting(actor):
        ours = Handover.objects.filter(_ours(actor))
        found = ours.aggregate(**{tab.value: Count("id", filter=_in(tab, actor, now)) for tab in Tab})
    return {tab: found[tab.value] for tab in Tab}


def today(
    *,
    actor: Actor,
    tab: Tab,
    now: datetime,
    search: str = "",
    topic: str = "",
    limit: int = 25,
    offset: int = 0,
) -> tuple[HandoverRow, ...]:
    """A part of the work list, most urgent first (done: newest first). `search`: a name, phone or reference."""
    check_may(actor, now)
    wanted = _searched(actor, search, now) & (Q(topic=topic) if topic else Q())
    order = ("-ended_at", "id") if tab is Tab.DONE else ("answer_by", "made_at", "id")
    with acting(actor):
        rows = Handover.objects.filter(_in(tab, actor, now), wanted).order_by(*order)[offset : offset + limit]
        return tuple(map(handover_row, rows))


def found(*, actor: Actor, tab: Tab, now: datetime, search: str = "", topic: str = "") -> int:
    """How many `today` would give without a limit."""
    check_may(actor, now)
    wanted = _searched(actor, search, now) & (Q(topic=topic) if topic else Q())
    with acting(actor):
        return Handover.objects.filter(_in(tab, actor, now), wanted).count()


def handover(*, actor: Actor, handover: UUID, now: datetime) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    """One hand-over with its history; NotFoundError when it is not yours or not there."""
    check_may(actor, now)
    with acting(actor):
        row = Handover.objects.filter(pk=handover).first()
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        return handover_row(row), steps_of(row.pk)


def agenda(*, actor: Actor, now: datetime, limit: int = 200) -> tuple[HandoverRow, ...]:
    """What a case meeting talks about: what waits for an answer, and what was accepted after it bounced.

    Of the region for a coordinator, of the organisation for the others. What bounced or went up comes first, then what
    is late, then what waits longest.
    """
    check_may(actor, now)
    with acting(actor):
        seen = _ours(actor) | (Q(region=actor.region) if actor.role is Role.COORDINATOR else Q())
        is_open = Q(state=State.SENT.value) | Q(state=State.ACCEPTED.value, bounces__gt=0)
        went_up = Case(When(level=Level.DESK.value, then=0), default=1)
        rows = Handover.objects.filter(seen, is_open).annotate(trouble=F("bounces") + went_up)
        return tuple(map(handover_row, rows.order_by("-trouble", "answer_by", "id")[:limit]))


def steps_of(handover: UUID) -> tuple[StepRow, ...]:
    """The history of a hand-over that may be seen, oldest first."""
    return tuple(map(step_row, Step.objects.filter(handover=handover).order_by("number")))


def _ours(actor: Actor) -> Q:
    """What this organisation has to do with: said beside the policy, so that an index finds it."""
    ours = actor.organisation
    return Q(to_organisation=ours) | Q(owner_organisation=ours) | Q(from_organisation=ours)


def _in(tab: Tab, actor: Actor, now: datetime) -> Q:
    ours = actor.organisation
    sent = Q(state=State.SENT.value)
    answers_for = Q(owner_organisation=ours) | Q(from_organisation=ours)
    return {
        Tab.ACCEPT: sent & Q(to_organisation=ours),
        Tab.WAITING: sent & answers_for & ~Q(to_organisation=ours),
        Tab.OVERDUE: sent & (answers_for | Q(to_organisation=ours)) & Q(answer_by__lt=timezone.localdate(now)),
        Tab.OURS: Q(state=State.ACCEPTED.value, owner_organisation=ours),
        Tab.DONE: Q(state__in=[State.CLOSED.value, State.WITHDRAWN.value]) & (answers_for | Q(to_organisation=ours)),
    }[tab]


def _searched(actor: Actor, search: str, now: datetime) -> Q:
    text = " ".join(search.split())
    if not text:
        return Q()
    reference = read_reference(text)
    if reference:
        return Q(reference=reference)
    lines = people.people(actor=actor, purpose=PURPOSE, now=now, search=text, limit=MOST_FOUND)
    return Q(person__in=[line.id for line in lines]) | Q(question__icontains=text)
