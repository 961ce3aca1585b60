"""Letters leave one by one; one that cannot leave stays, is tried again, and never keeps another waiting."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.models import Letter

SENT = "openings.letter_sent"
MOST_COUNTED = 30_000
Transport = Callable[[str, str, str], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one round did: letters that left, and letters that wait for the next."""

    sent: int
    waiting: int


def send_letters(*, actor: str, transport: Transport, now: datetime, reference: str | None = None) -> Outbox:
    """Try every waiting letter, or those of one message. Two rounds at once never send one twice.

    `transport(recipient, subject, text)` raises when mail is down or the letter is refused. A letter that left keeps
    neither its text nor its address.
    """
    sent = failed = 0
    for pk in _waiting(reference):
        left = _send(pk, actor=actor, transport=transport, now=now)
        sent, failed = sent + (left is True), failed + (left is False)
    return Outbox(sent, failed)


def _waiting(reference: str | None) -> list[int]:
    letters = Letter.objects.filter(sent_at=None)
    if reference is not None:
        letters = letters.filter(message__reference=reference)
    return list(letters.order_by("id").values_list("id", flat=True))


def _send(pk: int, *, actor: str, transport: Transport, now: datetime) -> bool | None:
    """True when it left, False when it could not, None when another round has it."""
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("message")
            .filter(pk=pk, sent_at=None)
            .first()
        )
        if letter is None:
            return None
        letter.tries = min(letter.tries + 1, MOST_COUNTED)
        try:
            transport(letter.recipient, letter.subject, letter.text)
        except Exception as error:
            # Whatever is wrong with this one, the next one goes. Only the kind: mail servers quote addresses.
            log.warning("A letter could not leave: %s", type(error).__name__)
            letter.save(update_fields=["tries"])
            return False
        letter.sent_at, letter.recipient, letter.subject, letter.text = now, "", "", ""
        letter.save()
        data = {"reference": letter.message.reference, "kind": letter.kind, "tries": letter.tries}
        record(actor=actor, action=SENT, data=data, now=now)
        return True
