"""An employer takes a message back: who asked and every own word go at once, and a desk that had a letter is told."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db.models import Q

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings.actions.hooks import sender_goes
from dichterbij.domains.openings.actions.placing import NewLetter, keep_letters
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries.messages import MessageRow, digest_of, stored
from dichterbij.domains.openings.queries.own import is_own
from dichterbij.domains.openings.rules.terms import NO_TITLE
from dichterbij.domains.openings.seeing import own_work
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.rules import LetterState
from dichterbij.shared.errors import NotFoundError

WITHDRAWN = "openings.message_withdrawn"


def withdraw_message(
    *, actor: str, token: str, compose: Callable[[MessageRow], NewLetter | None], now: datetime
) -> MessageRow:
    """The message as withdrawn; NotFoundError for an unknown token. A second time changes nothing.

    Letters that did not leave never will. `compose` writes to the desk, only when it had the message; None when that
    desk has no address any more. Withdrawing never depends on it.
    """
    return _taken_back(Q(token_digest=digest_of(token)), actor=actor, compose=compose, now=now)


def withdraw_own(
    *, actor: Actor, reference: str, compose: Callable[[MessageRow], NewLetter | None], now: datetime
) -> MessageRow:
    """As `withdraw_message`, by the employer who is signed in; NotFoundError for what is not theirs (any more)."""
    if not is_own(actor=actor, reference=reference, now=now):
        raise NotFoundError("There is no such message.")
    return _taken_back(Q(reference=reference), actor=str(actor), compose=compose, now=now)


def _taken_back(
    which: Q, *, actor: str, compose: Callable[[MessageRow], NewLetter | None], now: datetime
) -> MessageRow:
    with own_work():
        row = Message.objects.select_for_update().filter(which).first()
        if row is None:
            raise NotFoundError("There is no such message.")
        if row.withdrawn_at is None:
            _withdraw(row, actor=actor, compose=compose, now=now)
    return stored(row.token_digest)


def remove_demo_messages(*, tokens: Collection[str]) -> None:
    """Take invented messages away, with who sent them. As the owner of the tables, and only in a demonstration."""
    digests = [digest_of(token) for token in tokens]
    with own_work():
        rows = Message.objects.filter(token_digest__in=digests)
        post.forget(rows.values_list("reference", flat=True), that_left=True)
        Sender.objects.filter(message__in=rows).delete()
        rows.delete()


def _withdraw(row: Message, *, actor: str, compose: Callable[[MessageRow], NewLetter | None], now: datetime) -> None:
    post.take_back([row.reference])
    Sender.objects.filter(message=row).delete()
    row.withdrawn_at, row.title = now, NO_TITLE
    row.save(update_fields=["withdrawn_at", "title"])
    sender_goes(row.reference, True, now)
    now_known = stored(row.token_digest)
    if now_known.letter("desk") is not LetterState.NONE:  # it left, or may have
        letter = compose(now_known)
        keep_letters(row.reference, [letter] if letter else [], now)
    record(actor=actor, action=WITHDRAWN, data={"reference": row.reference}, now=now)
