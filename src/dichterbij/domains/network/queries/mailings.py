"""Reading mailings: to whom one goes, and what became of it per address."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.may import MAILINGS, check_may
from dichterbij.domains.network.models import Mailing, MailingAddress, RegionContact
from dichterbij.domains.network.rules.addresses import Recipient, about, digest_of, recipients
from dichterbij.domains.post.queries import states
from dichterbij.domains.post.rules import LetterState
from dichterbij.shared.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class MailingRow:
    """A mailing. `regions` empty: all of them. `to`: how many addresses it went to.

    `digest`: of what is shown before it is sent; empty afterwards. `answer_by`: it asks regions for an answer.
    """

    id: UUID
    subject: str
    text: str
    kinds: tuple[str, ...]
    regions: tuple[str, ...]
    made_at: datetime
    sent_at: datetime | None
    withdrawn_at: datetime | None
    to: int
    answer_by: date | None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An address that a mailing goes or went to; `state` None while it was not sent."""

    to: Recipient
    state: LetterState | None


def mailings(*, actor: Actor, now: datetime) -> tuple[MailingRow, ...]:
    """All of them, the newest first."""
    check_may(actor, MAILINGS, now)
    with acting(actor):
        numbers: dict[UUID, int] = {}
        for (mailing,) in MailingAddress.objects.values_list("mailing"):
            numbers[mailing] = numbers.get(mailing, 0) + 1
        return tuple(_row(row, numbers.get(row.pk, 0)) for row in Mailing.objects.order_by("-made_at", "id"))


def mailing(*, actor: Actor, mailing: UUID, now: datetime) -> tuple[MailingRow, tuple[Delivered, ...]]:
    """One with its addresses: those of this moment before it is sent, those it went to afterwards. NotFoundError."""
    check_may(actor, MAILINGS, now)
    with acting(actor):
        row = Mailing.objects.filter(pk=mailing).first()
        if row is None:
            raise NotFoundError("There is no such mailing.")
        if row.sent_at is None:
            there = RegionContact.objects.filter(kind__in=row.kinds, until=None)
            chosen = there.filter(region__in=row.regions) if row.regions else there
            to = tuple(Delivered(one, None) for one in recipients(chosen))
            digest = digest_of(row.subject, row.text, (one.to for one in to))
            return replace(_row(row, len(to)), digest=digest), to
        rows = list(MailingAddress.objects.filter(mailing=row).order_by("regions", "name", "id"))
        found = states([about(row.pk)], now=now).get(about(row.pk), {})
        to = tuple(
            Delivered(
                Recipient(one.email, one.name, tuple(one.regions), tuple(one.kinds)),
                found.get(str(one.pk), LetterState.NONE),
            )
            for one in rows
        )
        return _row(row, len(to)), to


def _row(row: Mailing, to: int) -> MailingRow:
    return MailingRow(
        row.pk, row.subject, row.text, tuple(row.kinds), tuple(row.regions), row.made_at, row.sent_at,
        row.withdrawn_at, to, row.answer_by,
    )  # fmt: skip
