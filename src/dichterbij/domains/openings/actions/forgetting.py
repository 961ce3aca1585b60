"""Who asked is forgotten after a term; the message without a name stays."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.rules.terms import NO_TITLE
from dichterbij.domains.post import actions as post

FORGOTTEN = "openings.senders_forgotten"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The messages whose sender is forgotten, or would be."""

    references: tuple[str, ...]


def forget_senders(*, actor: str, now: datetime, dry_run: bool) -> Forgotten:
    """Delete the senders whose term is over, with own words and letters that never left. `dry_run` only tells."""
    with transaction.atomic():
        due = Sender.objects.select_for_update(of=("self",)).filter(
            message__keep_sender_until__lt=timezone.localdate(now)
        )
        rows = list(due.order_by("message_id").values_list("message_id", "message__reference"))
        references = tuple(reference for _, reference in rows)
        if rows and not dry_run:
            messages = [message for message, _ in rows]
            post.forget(references)
            Sender.objects.filter(message__in=messages).delete()
            Message.objects.filter(pk__in=messages).update(title=NO_TITLE)
            record(actor=actor, action=FORGOTTEN, data={"count": len(rows)}, now=now)
    return Forgotten(references)
