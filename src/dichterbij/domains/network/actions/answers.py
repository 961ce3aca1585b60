"""What regions answer to a letter that asks for it: kept with the day they did, and taken back when it was wrong."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.may import MAILINGS, check_may
from dichterbij.domains.network.models import Answer, Mailing
from dichterbij.domains.network.rules.employers import LONGEST_LINE
from dichterbij.domains.network.rules.names import tidy
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError, NotFoundError


def say_answered(*, actor: Actor, mailing: UUID, region: str, on: date, words: str, now: datetime) -> None:
    """A region answered a letter on a day. InputError for a day before it was sent or to come; NotFoundError."""
    check_may(actor, MAILINGS, now)
    line = tidy(words, LONGEST_LINE, "words")
    with acting(actor):
        row = _asked(mailing, region)
        if row.sent_at is None or not timezone.localdate(row.sent_at) <= on <= timezone.localdate(now):
            raise InputError("That is before the letter was sent, or still to come.", field="on")
        Answer.objects.create(mailing=row, region=region, on=on, words=line, by=str(actor), at=now)
        _tell(actor, row, region, "answered", now)


def undo_answer(*, actor: Actor, mailing: UUID, region: str, now: datetime) -> None:
    """That was a mistake: the region did not answer yet. A second time changes nothing; NotFoundError."""
    check_may(actor, MAILINGS, now)
    with acting(actor):
        row = _asked(mailing, region)
        last = Answer.objects.filter(mailing=row, region=region).order_by("-id").first()
        if last is not None and not last.undone:
            Answer.objects.create(mailing=row, region=region, on=last.on, undone=True, by=str(actor), at=now)
            _tell(actor, row, region, "answer_undone", now)


def _asked(mailing: UUID, region: str) -> Mailing:
    """The letter, held, that asks this region for an answer."""
    row = Mailing.objects.select_for_update().filter(pk=mailing).exclude(answer_by=None).exclude(sent_at=None).first()
    asked = row and (region in row.regions or not row.regions) and region in {one.code for one in regions()}
    if row is None or not asked:
        raise NotFoundError("This letter asks this region for nothing.")
    return row


def _tell(actor: Actor, row: Mailing, region: str, what: str, now: datetime) -> None:
    data = {"mailing": str(row.pk), "region": region}
    record(actor=str(actor), action=f"network.mailing_{what}", data=data, now=now)
