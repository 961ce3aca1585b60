"""A national employer is approached by one party at a time, and everybody concerned sees who and how far."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.actions.writing import kept, locked, tell
from dichterbij.domains.network.errors import ApproachedError, NothingToUndoError
from dichterbij.domains.network.may import LEADS, check_may
from dichterbij.domains.network.models import Approach, Employer, Step
from dichterbij.domains.network.rules.employers import LONGEST_LINE, LONGEST_TEXT, Status, network_terms
from dichterbij.domains.network.rules.names import tidy
from dichterbij.shared.errors import InputError


def approach(*, actor: Actor, employer: UUID, party: str, words: str, version: int | None, now: datetime) -> None:
    """A party takes the approach upon itself. ApproachedError, with who and since when, while another one has it."""
    line = _checked(actor, party, words, now)
    try:
        with acting(actor):
            row = locked(employer)
            _check_free(row)
            row = locked(employer, version)
            opened = Approach.objects.create(employer=row, party=party, since=now)
            status = row.status if row.status == Status.FRONT_RUNNER.value else Status.APPROACHED.value
            _say(row, actor, status, line, now, opened, "opened")
    except IntegrityError:  # in the same moment: the database let one of the two
        with acting(actor):
            _check_free(locked(employer))
        raise


def take_over(*, actor: Actor, employer: UUID, party: str, words: str, version: int, now: datetime) -> None:
    """Another party goes on with the approach; the first one's ends at this moment."""
    line = _checked(actor, party, words, now)
    with acting(actor):
        row = locked(employer, version)
        last = _open(row)
        if last is None or last.party == party:
            raise InputError("Choose another party than the one that approaches now.", field="party")
        _end(last, now)
        opened = Approach.objects.create(employer=row, party=party, since=now)
        kept(row)
        tell(row, actor, "party", now, was=last.party, became=party, words=line, approach=opened)


def set_status(*, actor: Actor, employer: UUID, status: Status, words: str, version: int, now: datetime) -> None:
    """How far it is. Pausing, or a no, ends the approach, so that another may begin later."""
    check_may(actor, LEADS, now)
    line = tidy(words, LONGEST_LINE, "words")
    with acting(actor):
        row = locked(employer, version)
        last = _open(row)
        if status.value == row.status:
            raise InputError("That is what it is already.", field="status")
        if status is Status.APPROACHED and last is None:
            raise InputError("Say who approaches this employer.", field="status")
        closes = last is not None and (status.ends_approach or status is Status.PROSPECT)
        if closes and last:
            _end(last, now)
        _say(row, actor, status.value, line, now, last if closes else None, "closed" if closes else "")


def undo_status(*, actor: Actor, employer: UUID, version: int, now: datetime) -> None:
    """Take the last change of status back, with the approach that it opened or ended. Once. NothingToUndoError."""
    check_may(actor, LEADS, now)
    with acting(actor):
        row = locked(employer, version)
        last = last_change(row.pk)
        if last is None:
            raise NothingToUndoError("There is no change of status to take back.")
        if last.approach and last.effect == "opened":
            _end(last.approach, now)
        if last.approach and last.effect == "closed":
            Approach.objects.filter(pk=last.approach.pk).update(until=None)
        was = row.status
        kept(row, status=last.was, status_at=now)
        tell(row, actor, "undone", now, was=was, became=last.was)


def say_agreed(*, actor: Actor, employer: UUID, words: str, version: int, now: datetime) -> None:
    """What was agreed with the employer, for every region where it has a site."""
    check_may(actor, LEADS, now)
    text = tidy(words, LONGEST_TEXT, "agreed")
    with acting(actor):
        row = locked(employer, version)
        was = row.agreed
        kept(row, agreed=text, agreed_at=now)
        tell(row, actor, "agreed", now, was=was, words=text)


def last_change(employer: UUID) -> Step | None:
    """The change of status that can be taken back: the last one, unless it was taken back or another party came."""
    last = (
        Step.objects.select_related("approach")
        .filter(employer=employer, kind__in=("status", "undone", "party"))
        .order_by("-id")
        .first()
    )
    return last if last and last.kind == "status" else None


def _say(
    row: Employer, actor: Actor, status: str, line: str, now: datetime, approach: Approach | None, effect: str
) -> None:
    was = row.status
    kept(row, status=status, status_at=now)
    tell(row, actor, "status", now, was=was, became=status, words=line, approach=approach, effect=effect)


def _checked(actor: Actor, party: str, words: str, now: datetime) -> str:
    check_may(actor, LEADS, now)
    if party not in network_terms(timezone.localdate(now)).parties:
        raise InputError("Choose who approaches this employer.", field="party")
    return tidy(words, LONGEST_LINE, "words")


def _open(row: Employer) -> Approach | None:
    return Approach.objects.filter(employer=row, until=None).first()


def _end(row: Approach, now: datetime) -> None:
    Approach.objects.filter(pk=row.pk).update(until=now)


def _check_free(row: Employer) -> None:
    there = _open(row)
    if there is not None:
        raise ApproachedError(
            "Another party approaches this employer already.", party=there.party, since=there.since, employer=row.pk
        )
