"""Who sent messages, for the desks that have them: the database lets through no message of another desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries.messages import READ, MessageRow, SenderRow, message_rows
from dichterbij.domains.openings.rules import NO_TITLE
from dichterbij.domains.openings.seeing import own_work

PURPOSE, DATA = "serve_employer", "employer"
LISTED = "openings.senders_listed"


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """A message in a list. `firm` is empty where it is not theirs to see, or forgotten; `title` where forgotten."""

    reference: str
    title: str
    firm: str
    people: int


def employers(*, actor: Actor, references: Iterable[str], now: datetime) -> Mapping[str, EmployerLine]:
    """Of each message that the actor may see what it asks, and the firm where that is theirs too. One event."""
    wanted = sorted(set(references))
    if not wanted or not _may(actor, now):
        return {}
    with acting(actor):
        messages = Message.objects.filter(reference__in=wanted)
        firms = dict(_known(now).filter(message__in=messages).values_list("message__reference", "firm"))
        if firms:
            data = {"purpose": PURPOSE, "count": len(firms)}
            record(actor=str(actor), action=LISTED, data=data, now=now)
        return {row.reference: _line(row, firms.get(row.reference, "")) for row in messages}


def employer(*, actor: Actor, reference: str, now: datetime) -> tuple[MessageRow, SenderRow | None] | None:
    """A message with who sent it, None for a sender that is not theirs to see or forgotten; None for no message."""
    if not _may(actor, now):
        return None
    with acting(actor):
        message = Message.objects.filter(reference=reference).first()
        if message is None:
            return None
        found = _known(now).filter(message=message).values(*SenderRow.__slots__).first()
        if found:
            record(actor=str(actor), action=READ, data={"reference": reference, "purpose": PURPOSE}, now=now)
        return message_rows([message])[0], SenderRow(**found) if found else None


def searched(*, actor: Actor, text: str, among: Iterable[str], now: datetime, limit: int) -> tuple[str, ...]:
    """The messages of which this is part of the title, the firm or the contact person, or the phone or address.

    `among`: their references, best as a query of them: so that not every message is looked through.
    """
    if not _may(actor, now):
        return ()
    sender = Q(firm__icontains=text) | Q(person__icontains=text) | Q(phone=text) | Q(email__iexact=text)
    with acting(actor):
        theirs = Message.objects.filter(reference__in=among)
        of_sender = _known(now).filter(sender, message__in=theirs).values("message_id")
        found = theirs.filter(Q(title__icontains=text) | Q(pk__in=of_sender)).order_by("-placed_at", "-id")
        return tuple(found.values_list("reference", flat=True)[:limit])


def address_of(reference: str, now: datetime) -> str:
    """Where the employer is written to about this message; empty without an address. For letters only."""
    with own_work():
        found = _known(now).filter(message__reference=reference).values_list("email", flat=True).first()
    return found or ""


def _may(actor: Actor, now: datetime) -> bool:
    return read_permissions(timezone.localdate(now)).reach(actor.role, PURPOSE, DATA) is not None


def _known(now: datetime) -> QuerySet[Sender]:
    """Those whose term is not over: nobody sees the others any more, also before they are deleted."""
    return Sender.objects.filter(message__keep_sender_until__gte=timezone.localdate(now))


def _line(row: Message, firm: str) -> EmployerLine:
    asked = row.asked.get("people")
    return EmployerLine(row.reference, "" if row.title == NO_TITLE else row.title, firm, int(asked or 1))
