"""Who asked is forgotten after a term; the message without a name stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.actions.hooks import needed, sender_goes
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.rules.terms import NO_TITLE, load_terms
from dichterbij.domains.openings.seeing import own_work
from dichterbij.domains.post import actions as post

FORGOTTEN = "openings.senders_forgotten"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The messages whose sender is forgotten, or would be."""

    references: tuple[str, ...]


def forget_senders(*, actor: str, now: datetime, dry_run: bool) -> Forgotten:
    """Delete the senders whose term is over, with own words and letters that never left. `dry_run` only tells.

    While a desk still has to answer, or helps, the term moves on, but never past the longest one.
    """
    today = timezone.localdate(now)
    with own_work():
        due = _ending(today)
        kept = _longer(due, today)
        over = [row for row in due if row.keep_sender_until < today and row.reference not in kept]
        references = tuple(row.reference for row in over)
        if not dry_run:
            for row in due:
                if row.reference in kept:
                    Message.objects.filter(pk=row.pk).update(keep_sender_until=kept[row.reference])
            _forget(over, actor, now)
    return Forgotten(references)


def _ending(today: date) -> list[Message]:
    """Messages with a sender whose term is over, or soon."""
    soon = today + timedelta(days=load_terms(on=today).while_open_days)
    rows = Message.objects.select_for_update(of=("self",)).filter(sender__isnull=False, keep_sender_until__lt=soon)
    return list(rows.order_by("pk"))


def _longer(due: Sequence[Message], today: date) -> Mapping[str, date]:
    """Those that somebody still needs, with the new last day."""
    terms, is_open = load_terms(on=today), needed([row.reference for row in due])
    longest = {row.reference: timezone.localdate(row.placed_at) + timedelta(days=terms.longest_days) for row in due}
    until = today + timedelta(days=2 * terms.while_open_days)
    return {
        reference: min(until, last) for reference, last in longest.items() if reference in is_open and last >= today
    }


def _forget(over: Sequence[Message], actor: str, now: datetime) -> None:
    if not over:
        return
    messages = [row.pk for row in over]
    post.forget([row.reference for row in over])
    Sender.objects.filter(message__in=messages).delete()
    Message.objects.filter(pk__in=messages).update(title=NO_TITLE)
    for row in over:
        sender_goes(row.reference, False, now)
    record(actor=actor, action=FORGOTTEN, data={"count": len(over)}, now=now)
