"""Letters leave one by one; one that cannot leave stays, is tried again, and never keeps another waiting."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, organisations
from dichterbij.domains.journal.actions import record
from dichterbij.domains.referral.models import Handover, Letter
from dichterbij.domains.referral.rules.letters import NewLetter, day_in_words, letter, texts
from dichterbij.domains.referral.seeing import own_work

SENT = "referral.letter_sent"
MOST_COUNTED = 30_000
Transport = Callable[[str, str, str], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter to write: to whom (receiver, owner, sender or person), about what; the person's address and link."""

    kind: str
    about: str
    address: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one round did: letters that left, and letters that wait for the next."""

    sent: int
    waiting: int


def write_letters(row: Handover, mails: Iterable[Mail], *, now: datetime) -> None:
    """Keep letters about the step that was just taken; whoever has no address gets none."""
    mails = tuple(mails)
    if not mails:
        return
    known = organisations([row.from_organisation, row.to_organisation, row.owner_organisation])
    made = [new for mail in mails if (new := _letter(row, mail, known))]
    Letter.objects.bulk_create(
        Letter(handover=row, number=row.version, created_at=now, **_columns(new)) for new in made
    )


def send_letters(*, actor: str, transport: Transport, now: datetime, handover: UUID | None = None) -> Outbox:
    """Try every waiting letter, or those of one hand-over. Two rounds at once never send one twice.

    `transport(recipient, subject, text)` raises when mail is down or the letter is refused. A letter that left keeps
    neither its text nor its address.
    """
    with own_work():
        waiting = Letter.objects.filter(sent_at=None, **({"handover": handover} if handover else {}))
        ids = list(waiting.order_by("created_at", "id").values_list("id", flat=True))
    sent = failed = 0
    for pk in ids:
        left = _send(pk, actor=actor, transport=transport, now=now)
        sent, failed = sent + (left is True), failed + (left is False)
    return Outbox(sent, failed)


def _send(pk: UUID, *, actor: str, transport: Transport, now: datetime) -> bool | None:
    """True when it left, False when it could not, None when another round has it."""
    with own_work():
        row = (
            Letter.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("handover")
            .filter(pk=pk, sent_at=None)
            .first()
        )
        if row is None:
            return None
        row.tries = min(row.tries + 1, MOST_COUNTED)
        try:
            transport(row.recipient, row.subject, row.text)
        except Exception as error:
            # Whatever is wrong with this one, the next one goes. Only the kind: mail servers quote addresses.
            log.warning("A letter could not leave: %s", type(error).__name__)
            row.save(update_fields=["tries"])
            return False
        row.sent_at, row.recipient, row.subject, row.text = now, "", "", ""
        row.save()
        data = {"reference": row.handover.reference, "kind": row.kind, "tries": row.tries}
        record(actor=actor, action=SENT, data=data, now=now)
        return True


def _columns(new: NewLetter) -> dict[str, str]:
    return {"kind": new.kind, "recipient": new.recipient, "subject": new.subject, "text": new.text}


def _letter(row: Handover, mail: Mail, known: dict[UUID, OrganisationRow]) -> NewLetter | None:
    to = {"receiver": row.to_organisation, "owner": row.owner_organisation, "sender": row.from_organisation}
    wanted = to.get(mail.kind)
    organisation = known.get(wanted) if wanted else None
    address = mail.address if mail.kind == "person" else organisation.email if organisation else ""
    if not address:
        return None
    language = row.language if mail.kind == "person" else "nl"
    return letter(
        kind=mail.kind, recipient=address, about=mail.about, language=language,
        values=_values(row, known, language) | {"link": mail.link},
    )  # fmt: skip


def _values(row: Handover, known: dict[UUID, OrganisationRow], language: str) -> dict[str, str]:
    words = texts(language)
    names = {key: one.name for key, one in known.items()}
    holder = known.get(row.to_organisation)
    by_whom = words["by_helper"] if row.sender_words else words["by_self"]
    return {
        "reference": row.reference,
        "receiver": names.get(row.to_organisation, words["nobody"]),
        "owner": names.get(row.owner_organisation, words["nobody"]),
        "sender": names.get(row.from_organisation, by_whom) if row.from_organisation else by_whom,
        "answer_by": day_in_words(row.answer_by, language),
        "phone": (holder.phone if holder else "") or words["no_phone"],
    }
