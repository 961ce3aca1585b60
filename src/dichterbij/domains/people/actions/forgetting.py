"""Somebody is forgotten: because they ask it, or because nobody may see them any more and the term is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.people.actions.access import check_is_theirs, hold
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.telling import forget_letters
from dichterbij.domains.people.models import Access, Person
from dichterbij.domains.people.rules import Through, read_retention

FORGOTTEN, TERM_OVER = "people.person_forgotten", "people.term_over"
Told = Callable[[UUID, datetime], None]
_told: list[Told] = []


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The people who are forgotten, or would be: their numbers, which say nothing about them any more."""

    people: tuple[UUID, ...]


def when_forgotten(tell: Told) -> None:
    """What else must happen when somebody is forgotten, in the same transaction (a domain above: open hand-overs)."""
    if tell not in _told:
        _told.append(tell)


def forget_person(*, person: UUID, by: Actor | Through, now: datetime) -> None:
    """Delete somebody with everything that is kept here, because they ask it. The journal keeps that it happened."""
    check_is_theirs(by, person)
    with acting_for(person):
        _forget(person, now)
        record(actor=str(by), action=FORGOTTEN, data={"person": str(person)}, now=now)


def forget_people(*, actor: str, now: datetime, dry_run: bool) -> Forgotten:
    """Delete people whom nobody may see any more since the term. `dry_run` only tells.

    Needs the rights of who made the tables: the site's own role sees nobody here.
    """
    term = read_retention(timezone.localdate(now)).without_access
    with transaction.atomic():
        due = tuple(_due(now - term, now))
        if due and not dry_run:
            for person in due:
                with acting_for(person):
                    _forget(person, now)
            record(actor=actor, action=TERM_OVER, data={"count": len(due)}, now=now)
    return Forgotten(due)


def _forget(person: UUID, now: datetime) -> None:
    for tell in _told:
        tell(person, now)
    hold(person)  # after that: whoever answers a hand-over holds it first, and the person then
    forget_letters(person)
    Person.objects.filter(pk=person).delete()


def _due(before: datetime, now: datetime) -> list[UUID]:
    ended = Max(Least(Coalesce("accesses__ended_at", "accesses__until"), "accesses__until"))
    last = Person.objects.annotate(last=Greatest(F("made_at"), ended))
    is_open = Access.objects.filter(person_id=OuterRef("pk"), ended_at=None, until__gt=now)
    rows = last.filter(~Exists(is_open), last__lt=before)
    return list(rows.order_by("made_at", "id").values_list("id", flat=True))
