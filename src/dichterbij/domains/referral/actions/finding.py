"""The register of finding places: adding one, saying who goes there, and counting that a code was opened."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.referral.may import check_may
from dichterbij.domains.referral.models import FindingPlace, FindingVisit
from dichterbij.domains.referral.rules.finding import LONGEST_TEXT, NewPlace, checked_place
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import InputError, NotFoundError

LOCK_TIMEOUT = "250ms"  # a page never waits longer than this for a number


class PlaceThereError(InputError):
    """This place, or this code, is in the register already: say there that you go too."""

    code = "finding_place_there"


def add_place(*, actor: Actor, new: NewPlace, now: datetime) -> UUID:
    """Keep a place of the actor's region. PlaceThereError, InputError."""
    ours = _own(actor, now)
    if not actor.region:
        raise NotAllowedError("A finding place belongs to a region.")
    place = checked_place(new)
    try:
        with transaction.atomic(), acting(actor):
            row = FindingPlace.objects.create(
                region=actor.region, code=place.code, name=place.name, kind=place.kind.value, where=place.where,
                contact=place.contact, made_by=ours, made_at=now, invented=place.invented,
            )  # fmt: skip
            data = {"place": str(row.pk), "code": place.code, "region": actor.region}
            record(actor=str(actor), action="referral.place_added", data=data, now=now)
    except IntegrityError as error:
        field = "name" if "finding_place_is_there_once" in str(error) else "code"
        raise PlaceThereError("This place or this code is in the register already.", field=field) from error
    return row.pk


def go_there(*, actor: Actor, place: UUID, when_words: str, since: date, until: date | None, now: datetime) -> None:
    """Say that the actor's organisation goes to a place; once. Others who go there stay. NotFoundError, InputError."""
    ours = _own(actor, now)
    words = " ".join(when_words.split())
    if len(words) > LONGEST_TEXT or (until is not None and until < since):
        raise InputError("Say in a few words when, and end it after it starts.", field="when_words")
    with transaction.atomic(), acting(actor):
        row = FindingPlace.objects.filter(pk=place).first()
        _one_at_a_time(place, ours)
        if row is None:
            raise NotFoundError("There is no such place.")
        values = {"when_words": words, "since": since, "until": until}
        FindingVisit.objects.update_or_create(place=row, organisation=ours, until=None, defaults=values)
        data = {"place": str(place), "organisation": str(ours)}
        record(actor=str(actor), action="referral.place_visited", data=data, now=now)


def _one_at_a_time(place: UUID, organisation: UUID) -> None:
    """Two colleagues who say the same at once: the second changes what the first said."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"dichterbij visit {place} {organisation}"]
        )


def stop_going(*, actor: Actor, place: UUID, on: date, now: datetime) -> None:
    """The actor's organisation goes there no longer after this day."""
    ours = _own(actor, now)
    with transaction.atomic(), acting(actor):
        mine = FindingVisit.objects.filter(place=place, organisation=ours, until=None)
        if mine.filter(since__gt=on).delete()[0] + mine.update(until=on):
            data = {"place": str(place), "organisation": str(ours)}
            record(actor=str(actor), action="referral.place_left", data=data, now=now)


def count_opened(*, code: str, on: date) -> None:
    """Add one to a place's day, in one statement. Leaves no event: a moment could be laid beside one visitor."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        cursor.execute(
            """
            INSERT INTO referral_findingcount AS old (place_id, "on", count)
            SELECT id, %s, 1 FROM referral_findingplace WHERE code = %s AND (ended_on IS NULL OR ended_on >= %s)
            ON CONFLICT (place_id, "on") DO UPDATE SET count = old.count + 1
            """,
            [on, code, on],
        )


def _own(actor: Actor, now: datetime) -> UUID:
    check_may(actor, now)
    if actor.organisation is None:
        raise NotAllowedError("You act for no organisation.")
    return actor.organisation
