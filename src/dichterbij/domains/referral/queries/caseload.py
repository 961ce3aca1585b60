"""How the open work of a desk lies with its people: numbers only, nobody's name but colleagues'."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.queries import Coworker, coworkers
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.may import DATA, PURPOSE, check_may_divide
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.rules import State
from dichterbij.domains.referral.seeing import own_work


@dataclass(frozen=True, slots=True)
class Caseload:
    """How many accepted hand-overs somebody has open. `colleague` None: those of whom nobody in particular."""

    colleague: Coworker | None
    count: int


def caseloads(*, actor: Actor, organisation: UUID, now: datetime) -> tuple[Caseload, ...]:
    """Everybody of a desk with what they have, and what nobody has. NotAllowedError out of reach."""
    check_may_divide(actor, organisation, now)
    there = coworkers(organisation=organisation, what=(PURPOSE, DATA), on=timezone.localdate(now))
    with own_work():
        rows = Handover.objects.filter(owner_organisation=organisation, state=State.ACCEPTED.value)
        counted = dict(rows.values_list("adviser").annotate(count=Count("id")))
    found = [Caseload(one, counted.pop(one.user, 0)) for one in there]
    return (*found, Caseload(None, sum(counted.values())))


def caseload_size(*, organisation: UUID, user: UUID) -> int:
    """How many somebody has open there: only the number leaves this module."""
    with own_work():
        rows = Handover.objects.filter(owner_organisation=organisation, state=State.ACCEPTED.value)
        return rows.filter(adviser=user).count()


def open_work(*, organisation: UUID, of: UUID | None, now: datetime) -> QuerySet[Handover]:
    """Inside `own_work`: what a colleague has open, or (None) what nobody who works there has."""
    rows = Handover.objects.filter(owner_organisation=organisation, state=State.ACCEPTED.value)
    if of is not None:
        return rows.filter(adviser=of)
    there = coworkers(organisation=organisation, what=(PURPOSE, DATA), on=timezone.localdate(now))
    return rows.exclude(adviser__in=[one.user for one in there])
