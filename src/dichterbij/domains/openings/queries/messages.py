"""Reading what employers sent. A message holds nobody's name; who sent it comes through `sender_of` only."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.seeing import own_work, with_link
from dichterbij.domains.post import queries as post
from dichterbij.domains.post.rules import LetterState
from dichterbij.shared.errors import NotFoundError

READ = "openings.sender_read"


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message without who sent it. `letters` by kind: desk, copy, withdrawal."""

    reference: str
    placed_at: datetime
    withdrawn_at: datetime | None
    title: str
    occupation_uri: str | None
    pc4: int
    region_code: str
    desk_id: str
    desk_is_invented: bool
    language: str
    asked: Mapping[str, Any]
    keep_sender_until: date
    letters: Mapping[str, LetterState]

    @property
    def regions(self) -> tuple[str, ...]:
        """The region of the work, and those where the employer says to have sites too."""
        return tuple(dict.fromkeys((self.region_code, *self.asked.get("sites", ()))))

    def letter(self, kind: str) -> LetterState:
        """Where the letter of this kind is."""
        return self.letters.get(kind, LetterState.NONE)


@dataclass(frozen=True, slots=True)
class SenderRow:
    """Who sent a message and what they wrote in their own words. Personal data."""

    firm: str
    person: str
    email: str
    phone: str
    question: str
    own_tasks: str
    own_demands: str
    kvk: str = ""


def digest_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


def message_of(*, token: str) -> MessageRow:
    """The message of this secret link; NotFoundError."""
    return stored(digest_of(token))


def stored(digest: str) -> MessageRow:
    """The message whose token has this digest; NotFoundError."""
    found = by_digest(digest)
    if found is None:
        raise NotFoundError("There is no such message.")
    return found


def by_digest(digest: str) -> MessageRow | None:
    """The message whose token has this digest; None when there is none."""
    with with_link(digest):
        row = Message.objects.filter(token_digest=digest).first()
    return message_rows([row])[0] if row else None


def latest_messages(
    *, limit: int = 50, only_waiting: bool = False, reference: str | None = None
) -> tuple[MessageRow, ...]:
    """The newest messages first; `only_waiting`: those with a letter that did not leave yet."""
    rows = Message.objects.all()
    if reference:
        rows = rows.filter(reference=reference)
    if only_waiting:
        rows = rows.filter(reference__in=post.about_waiting())
    with own_work():
        return message_rows(rows.order_by("-placed_at", "-id")[:limit])


def sender_of(*, token: str, actor: str, purpose: str, now: datetime) -> SenderRow | None:
    """Who sent this message, and an event that says who looked and why; NotFoundError.

    None when forgotten, or when the term is over: then nobody sees it any more, also before it is deleted.
    """
    with with_link(digest_of(token)):
        message = message_of(token=token)
        kept = Sender.objects.filter(message__keep_sender_until__gte=timezone.localdate(now))
        found = kept.filter(message__token_digest=digest_of(token)).values(*SenderRow.__slots__).first()
        if found is None:
            return None
        data = {"reference": message.reference, "purpose": purpose}
        record(actor=actor, action=READ, data=data, now=now)
        return SenderRow(**found)


def message_rows(found: Iterable[Message]) -> tuple[MessageRow, ...]:
    """Messages as values, with where their letters are."""
    rows = list(found)
    letters = post.states([row.reference for row in rows], now=timezone.now())
    return tuple(_row(row, letters.get(row.reference, {})) for row in rows)


def _row(row: Message, letters: Mapping[str, LetterState]) -> MessageRow:
    return MessageRow(
        reference=row.reference,
        placed_at=row.placed_at,
        withdrawn_at=row.withdrawn_at,
        title=row.title,
        occupation_uri=row.occupation_uri,
        pc4=row.postcode_id,
        region_code=row.region_id,
        desk_id=row.desk_id,
        desk_is_invented=row.desk_is_invented,
        language=row.language,
        asked=row.asked,
        keep_sender_until=row.keep_sender_until,
        letters=letters,
    )
