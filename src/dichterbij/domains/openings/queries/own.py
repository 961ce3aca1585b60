"""The messages of an employer who is signed in: those sent with the address that this account was proved with."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.queries import email_of
from dichterbij.domains.accounts.rules import Actor, Role, mail_address, read_permissions
from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries.messages import READ, MessageRow, SenderRow, message_rows
from dichterbij.domains.openings.seeing import own_work
from dichterbij.shared.errors import InputError, NotFoundError

PURPOSE, DATA = "serve_employer", "own_message"
MOST = 200


def own_messages(*, actor: Actor, now: datetime) -> tuple[MessageRow, ...]:
    """The newest first. One that was taken back is nobody's any more: its address was deleted."""
    with own_work():
        return message_rows(_theirs(actor, now).order_by("-placed_at", "-id")[:MOST])


def own_message(*, actor: Actor, reference: str, now: datetime) -> tuple[MessageRow, SenderRow]:
    """One of them with what was sent, and an event; NotFoundError, for another's too."""
    with own_work():
        row = _theirs(actor, now).filter(reference=reference).first()
        if row is None:
            raise NotFoundError("There is no such message.")
        data = {"reference": row.reference, "purpose": "own message"}
        record(actor=str(actor), action=READ, data=data, now=now)
        found = {name: getattr(row.sender, name) for name in SenderRow.__slots__}
        return message_rows([row])[0], SenderRow(**found)


def is_own(*, actor: Actor, reference: str, now: datetime) -> bool:
    """Whether this is a message of this account."""
    with own_work():
        return _theirs(actor, now).filter(reference=reference).exists()


def _theirs(actor: Actor, now: datetime) -> QuerySet[Message]:
    """In `own_work`. An employer's account only: its address comes from nothing but a link that was used there.

    The letter to that address holds the secret link, so whoever reads its mail could see the same before.
    """
    address = _address(actor, now)
    if not address:
        return Message.objects.none()
    kept = Sender.objects.filter(message__keep_sender_until__gte=timezone.localdate(now))
    # The database finds what is like it; what is the same is said by the rule that accounts are kept by.
    like = kept.filter(email__iexact=address).values_list("message", "email")
    return Message.objects.filter(pk__in=[message for message, email in like if _folded(email) == address])


def _address(actor: Actor, now: datetime) -> str:
    may = read_permissions(timezone.localdate(now)).reach(actor.role, PURPOSE, DATA) is not None
    return email_of(user=actor.user) if may and actor.role is Role.EMPLOYER else ""


def _folded(email: str) -> str:
    try:
        return mail_address(email)
    except InputError:
        return ""
