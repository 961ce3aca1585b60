"""How the open work of a desk lies with its people: numbers only, nobody's name but colleagues'."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.queries import Coworker, coworkers, names_of
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.may import DATA, PURPOSE, check_may_divide
from dichterbij.domains.referral.models import Division, Handover
from dichterbij.domains.referral.rules import State, load_terms
from dichterbij.domains.referral.seeing import own_work


@dataclass(frozen=True, slots=True)
class Caseload:
    """How many accepted hand-overs somebody has open. `colleague` None: those of whom nobody in particular."""

    colleague: Coworker | None
    count: int


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """A division that can be taken back until a moment. `of` and names in `shares`: empty for nobody in particular.

    `is_there`: whether the colleague who had the work still works there.
    """

    id: UUID
    by: str
    at: datetime
    until: datetime
    of: str
    shares: tuple[tuple[str, int], ...]
    count: int
    is_there: bool


def caseloads(*, actor: Actor, organisation: UUID, now: datetime) -> tuple[Caseload, ...]:
    """Everybody of a desk with what they have, and what nobody has. NotAllowedError out of reach."""
    check_may_divide(actor, organisation, now)
    there = coworkers(actor=actor, organisation=organisation, what=(PURPOSE, DATA), on=timezone.localdate(now))
    with own_work():
        rows = Handover.objects.filter(owner_organisation=organisation, state=State.ACCEPTED.value)
        counted = dict(rows.values_list("adviser").annotate(count=Count("id")))
    found = [Caseload(one, counted.pop(one.user, 0)) for one in there]
    return (*found, Caseload(None, sum(counted.values())))


def divisions(*, actor: Actor, organisation: UUID, now: datetime, most: int = 5) -> tuple[DivisionRow, ...]:
    """What was divided at a desk and can still be taken back, the newest first. NotAllowedError out of reach."""
    check_may_divide(actor, organisation, now)
    with own_work():
        rows = list(undoable(organisation, now).order_by("-made_at", "id")[:most])
    if not rows:
        return ()
    there = {
        one.user
        for one in coworkers(actor=actor, organisation=organisation, what=(PURPOSE, DATA), on=timezone.localdate(now))
    }
    whose = {UUID(to) for row in rows for _handover, to, _version in row.moved if to}
    names = names_of(whose | {row.made_by for row in rows} | {row.of for row in rows if row.of})
    return tuple(_division(row, names, row.of is None or row.of in there, _term(now)) for row in rows)


def undoable(organisation: UUID, now: datetime) -> QuerySet[Division]:
    """Inside `own_work`: the divisions of a desk that can be taken back."""
    return Division.objects.filter(organisation=organisation, undone_at=None, made_at__gte=now - _term(now))


def _division(row: Division, names: dict[UUID, str], is_there: bool, term: timedelta) -> DivisionRow:
    shares = Counter(names.get(UUID(to), "") if to else "" for _handover, to, _version in row.moved)
    of = names.get(row.of, "") if row.of else ""
    until = row.made_at + term
    made_by = names.get(row.made_by, "")
    return DivisionRow(row.pk, made_by, row.made_at, until, of, tuple(shares.items()), len(row.moved), is_there)


def _term(now: datetime) -> timedelta:
    return timedelta(days=load_terms(on=timezone.localdate(now)).undo_days)


def caseload_size(*, organisation: UUID, user: UUID) -> int:
    """How many somebody has open there: only the number leaves this module."""
    with own_work():
        rows = Handover.objects.filter(owner_organisation=organisation, state=State.ACCEPTED.value)
        return rows.filter(adviser=user).count()


def open_work(*, actor: Actor, organisation: UUID, of: UUID | None, now: datetime) -> QuerySet[Handover]:
    """Inside `own_work`: what a colleague has open, or (None) what nobody who works there has."""
    rows = Handover.objects.filter(owner_organisation=organisation, state=State.ACCEPTED.value)
    if of is not None:
        return rows.filter(adviser=of)
    there = coworkers(actor=actor, organisation=organisation, what=(PURPOSE, DATA), on=timezone.localdate(now))
    return rows.exclude(adviser__in=[one.user for one in there])
