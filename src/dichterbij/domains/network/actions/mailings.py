"""Letters to contact persons of regions: written once, looked at, and given to the outbox once for each address."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.errors import ChangedError, SentError
from dichterbij.domains.network.may import MAILINGS, check_may
from dichterbij.domains.network.models import Mailing, MailingAddress, RegionContact
from dichterbij.domains.network.rules.addresses import about, digest_of, recipients
from dichterbij.domains.network.rules.employers import LONGEST_LINE, network_terms
from dichterbij.domains.network.rules.names import tidy, unique
from dichterbij.domains.post.actions import write
from dichterbij.domains.post.rules import NewLetter
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError, NotFoundError

LONGEST_LETTER = 5000


def write_mailing(
    *, actor: Actor, subject: str, text: str, kinds: Collection[str], only: Collection[str], now: datetime,
    mailing: UUID | None = None, answer_by: date | None = None,
) -> UUID:  # fmt: skip
    """Keep a mailing, or change one that was not sent. SentError, InputError.

    `only`: regions; none for all. `answer_by`: every region is asked for an answer, until that day.
    """
    check_may(actor, MAILINGS, now)
    values = _checked(subject, text, kinds, only, now) | {"answer_by": _later(answer_by, now)}
    with acting(actor):
        row = _draft(mailing) if mailing else Mailing(made_by=str(actor), made_at=now)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        record(actor=str(actor), action="network.mailing_written", data={"mailing": str(row.pk)}, now=now)
        return row.pk


def send_mailing(*, actor: Actor, mailing: UUID, seen: str, now: datetime) -> int:
    """Give one letter per address to the outbox, in one transaction; returns how many.

    `seen`: the digest of what was shown; ChangedError when a word or an address is another. SentError a second time.
    """
    check_may(actor, MAILINGS, now)
    today = timezone.localdate(now)
    with acting(actor):
        row = _draft(mailing)
        to = recipients(_rows(row))
        if row.withdrawn_at:
            raise InputError("It was put aside: take it up again first.", field="seen")
        if not to or seen != digest_of(row.subject, row.text, to):
            raise ChangedError("The text or the list of addresses changed: look at it again.")
        if len(to) > network_terms(today).most_addresses:
            raise InputError("That are more addresses than a mailing goes to.", field="seen")
        made = MailingAddress.objects.bulk_create(
            MailingAddress(
                mailing=row, email=one.email, name=one.name, regions=list(one.regions), kinds=list(one.kinds)
            )
            for one in to
        )
        write((NewLetter(about(row.pk), str(one.pk), one.email, row.subject, row.text) for one in made), now=now)
        row.sent_at = now
        row.save(update_fields=["sent_at"])
        data = {"mailing": str(row.pk), "addresses": len(to), "kinds": row.kinds}
        record(actor=str(actor), action="network.mailing_sent", data=data, now=now)
        return len(to)


def withdraw_mailing(*, actor: Actor, mailing: UUID, now: datetime) -> None:
    """Put a mailing aside that was not sent; it can be taken up again."""
    _set_aside(actor, mailing, now, is_aside=True)


def restore_mailing(*, actor: Actor, mailing: UUID, now: datetime) -> None:
    """Take a mailing up again that was put aside."""
    _set_aside(actor, mailing, now, is_aside=False)


def _set_aside(actor: Actor, mailing: UUID, now: datetime, *, is_aside: bool) -> None:
    check_may(actor, MAILINGS, now)
    with acting(actor):
        row = _draft(mailing)
        row.withdrawn_at = now if is_aside else None
        row.save(update_fields=["withdrawn_at"])
        what = "withdrawn" if is_aside else "restored"
        record(actor=str(actor), action=f"network.mailing_{what}", data={"mailing": str(row.pk)}, now=now)


def _draft(mailing: UUID) -> Mailing:
    row = Mailing.objects.select_for_update().filter(pk=mailing).first()
    if row is None:
        raise NotFoundError("There is no such mailing.")
    if row.sent_at is not None:
        raise SentError("This mailing has left already.")
    return row


def _later(answer_by: date | None, now: datetime) -> date | None:
    if answer_by is not None and answer_by < timezone.localdate(now):
        raise InputError("That day has passed.", field="answer_by")
    return answer_by


def _rows(row: Mailing) -> list[RegionContact]:
    there = RegionContact.objects.filter(kind__in=row.kinds, until=None)
    return list(there.filter(region__in=row.regions) if row.regions else there)


def _checked(
    subject: str, text: str, kinds: Collection[str], only: Collection[str], now: datetime
) -> dict[str, object]:
    letter = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not letter or len(letter) > LONGEST_LETTER:
        raise InputError(f"A letter has 1 to {LONGEST_LETTER} letters.", field="text")
    if not kinds or not set(kinds) <= set(network_terms(timezone.localdate(now)).contact_kinds):
        raise InputError("Choose who gets it.", field="kinds")
    if not set(only) <= {row.code for row in regions()}:
        raise InputError("There is no such region.", field="regions")
    return {
        "subject": tidy(subject, LONGEST_LINE, "subject", least=1), "text": letter, "kinds": list(unique(kinds)),
        "regions": list(unique(only)),
    }  # fmt: skip
