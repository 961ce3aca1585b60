"""An employer's message about one opening: stored with a reference, once, whatever happens to the mail."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.actions.hooks import spread, taken_up
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries.messages import (
    MessageRow,
    SenderRow,
    by_digest,
    digest_of,
    message_of,
    stored,
)
from dichterbij.domains.openings.rules.references import NUMBERS, reference_of
from dichterbij.domains.openings.seeing import own_work
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.rules import NewLetter as PostLetter
from dichterbij.shared.errors import UnavailableError

PLACED = "openings.message_placed"
TRIES = 8


@dataclass(frozen=True)
class NewMessage:
    """The opening, without who asks. `asked` are the columns of the bridge that were filled in, and the wage.

    `desk_is_invented`: no letter may leave for it.
    """

    title: str
    occupation_uri: str | None
    pc4: int
    region_code: str
    desk_id: str
    desk_is_invented: bool
    language: str
    asked: Mapping[str, Any]
    keep_sender_until: date


@dataclass(frozen=True)
class NewSender:
    """Who asks, and what they wrote in their own words. An e-mail address or a phone number at least."""

    firm: str
    person: str
    email: str
    phone: str
    question: str
    own_tasks: str
    own_demands: str
    kvk: str = ""


@dataclass(frozen=True)
class NewLetter:
    """A letter ready to leave; kind is `desk`, `copy` or `withdrawal`."""

    kind: str
    recipient: str
    subject: str
    text: str


Compose = Callable[[MessageRow, bool], Sequence[NewLetter]]


def place_message(
    *,
    actor: str,
    token: str,
    message: NewMessage,
    sender: NewSender,
    compose: Compose,
    now: datetime,
    draw: Callable[[int], int] = secrets.randbelow,
) -> MessageRow:
    """The message with its reference. The same `token` again gives the message that is there, and writes nothing.

    `compose` writes the letters, which know the reference, and whether somebody has to answer it from here; they leave
    later, by the outbox (`post`). `draw` picks a number below a limit.
    """
    digest = digest_of(token)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                placed = _store(digest, reference_of(draw(NUMBERS)), message, sender, now)
                return _told(actor, placed, sender, token, compose, now)
        except IntegrityError as error:
            before = by_digest(digest)
            if before:
                return before
            if "message_reference_is_unique" not in str(error):
                raise
    raise UnavailableError("There is no free reference now. Try again.")


def _store(digest: str, reference: str, message: NewMessage, sender: NewSender, now: datetime) -> MessageRow:
    with own_work():
        row = Message.objects.create(
            reference=reference,
            token_digest=digest,
            placed_at=now,
            title=message.title,
            occupation_uri=message.occupation_uri,
            postcode_id=message.pc4,
            region_id=message.region_code,
            desk_id=message.desk_id,
            desk_is_invented=message.desk_is_invented,
            language=message.language,
            asked=dict(message.asked),
            keep_sender_until=message.keep_sender_until,
        )
        Sender.objects.create(message=row, **vars(sender))
    return stored(digest)


def _told(actor: str, row: MessageRow, sender: NewSender, token: str, compose: Compose, now: datetime) -> MessageRow:
    """Offered to whoever answers it from here; its letters; its event."""
    if len(row.regions) > 1:
        spread(row, SenderRow(**vars(sender)), now)
    is_handed_over = taken_up(row, token, now)
    keep_letters(row.reference, compose(row, is_handed_over), now)
    data = {"reference": row.reference, "region": row.region_code, "desk": row.desk_id}
    record(actor=actor, action=PLACED, data=data, now=now)
    return message_of(token=token)


def keep_letters(reference: str, letters: Sequence[NewLetter], now: datetime) -> None:
    """Letters about a message, each kind told once; in the transaction of what they tell."""
    post.write([PostLetter(about=reference, **vars(letter)) for letter in letters], now=now)
