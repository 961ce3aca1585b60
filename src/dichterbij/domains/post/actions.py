"""Writing letters, in the transaction of what they tell about, and sending them: each at most once.

Sending one is three steps, and no step is open while another is: it is claimed (committed), then given to the
transport, then marked as sent (committed). Whoever is killed in between leaves a claimed letter: perhaps it left,
perhaps it did not. That one waits for a person: it is never sent again by itself.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.journal.actions import record
from dichterbij.domains.post.errors import RefusedError, UnreachableError, UnsureError
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.rules import UNSURE_AFTER, Channel, NewLetter, next_try
from dichterbij.domains.post.seeing import own_work

SENT, AGAIN, SETTLED = "post.letter_sent", "post.letter_sent_again", "post.letter_settled"
GIVEN_UP, DROPPED = "post.letter_given_up", "post.letter_dropped"
WAITS = {"sent_at": None, "claimed_at": None, "given_up_at": None}
MOST_COUNTED = 30_000
WRITTEN_AT_A_TIME = 1_000
Transport = Callable[[str, str, str], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one round did: letters that left, that wait, of which nobody knows, and that were given up."""

    sent: int = 0
    waiting: int = 0
    unsure: int = 0
    refused: int = 0


def write(letters: Iterable[NewLetter], *, now: datetime) -> None:
    """Keep letters until they leave. What was told before (the same about, kind and number) is not told again."""
    rows = [
        Letter(
            channel=new.channel.value, about=new.about, kind=new.kind, number=new.number, recipient=new.recipient,
            subject=" ".join(new.subject.split()), text=new.text, created_at=now,
        )
        for new in letters
    ]  # fmt: skip
    if rows:
        with own_work():
            Letter.objects.bulk_create(rows, ignore_conflicts=True, batch_size=WRITTEN_AT_A_TIME)


def send(*, actor: str, transports: Mapping[Channel, Transport], now: datetime, about: str | None = None) -> Outbox:
    """Try every waiting letter, or those about one thing. Never inside a transaction.

    A transport takes recipient, subject and text, and raises when the letter is refused: that one waits longer each
    time, and is given up after its term (`next_try`; a RefusedError has a shorter one). UnreachableError: nobody
    takes letters this way now; UnsureError: it may have left. After these two no other letter goes this way in this
    round, so that a server that stands still costs one wait and one doubt. A channel without transport waits.
    """
    started, down = monotonic(), set[str]()
    counts = {"sent": 0, "waiting": 0, "unsure": 0, "refused": 0}
    for pk, channel, not_before in _waiting(about):
        transport = transports.get(Channel(channel))
        if transport is None or channel in down or (not_before and not_before > now):
            counts["waiting"] += 1
            continue
        try:
            what = _send(pk, actor, transport, now + timedelta(seconds=monotonic() - started))
        except UnreachableError:
            down.add(channel)
            what = "waiting"
        if what == "unsure":
            down.add(channel)
        if what:
            counts[what] += 1
    return Outbox(**counts)


def send_again(*, about: str, actor: str, now: datetime) -> int:
    """Let letters of which nobody knows whether they left wait again: whoever gets one may get it twice. How many."""
    return _decide(about, actor, AGAIN, now, claimed_at=None)


def settle(*, about: str, actor: str, now: datetime) -> int:
    """Letters of which nobody knew are said to have left: they are never sent again. How many."""
    return _decide(about, actor, SETTLED, now, sent_at=now, recipient="", subject="", text="")


def drop(*, about: str, actor: str, now: datetime) -> int:
    """Letters that wait never leave: their address and text are gone, and who wrote them can see it. How many."""
    with own_work():
        rows = list(Letter.objects.select_for_update().filter(about=about, **WAITS))
        for row in rows:
            _give_up(row, actor, DROPPED, now)
    return len(rows)


def take_back(about: Iterable[str]) -> None:
    """Letters that wait never leave. One that is being sent stays: it may have left. In the caller's transaction."""
    with own_work():
        Letter.objects.filter(about__in=list(about), sent_at=None, claimed_at=None).delete()


def forget(about: Iterable[str], *, that_left: bool = False) -> None:
    """No address or word of letters about these is kept; `that_left`: nor that they left."""
    with own_work():
        mine = Letter.objects.filter(about__in=list(about))
        (mine if that_left else mine.filter(sent_at=None)).delete()


def _waiting(about: str | None) -> list[tuple[UUID, str, datetime | None]]:
    """What was tried least goes first: one letter at which a server hangs up keeps no other one waiting for ever."""
    with own_work():
        letters = Letter.objects.filter(**WAITS, **({"about": about} if about else {}))
        ordered = letters.order_by("tries", "created_at", "number", "id")
        return list(ordered.values_list("id", "channel", "not_before"))


def _send(pk: UUID, actor: str, transport: Transport, now: datetime) -> str | None:
    """Where it is now; None when another round has it. UnreachableError when nobody takes it, and it waits."""
    row = _claimed(pk, now)
    if row is None:
        return None
    try:
        transport(row.recipient, row.subject, row.text)
    except UnsureError as error:
        log.warning("Nobody knows whether a letter left: %s", type(error.__cause__ or error).__name__)
        return "unsure"
    except Exception as error:
        # Whatever is wrong with this one, the next one goes. Only the kind: mail servers quote addresses.
        log.warning("A letter could not leave: %s", type(error.__cause__ or error).__name__)
        if isinstance(error, UnreachableError):
            _release(row)
            raise
        return _refuse(row, actor, isinstance(error, RefusedError), now)
    _mark_sent(row, actor, now)
    return "sent"


def _claimed(pk: UUID, now: datetime) -> Letter | None:
    with own_work(committed=True):
        free = Letter.objects.select_for_update(skip_locked=True).filter(pk=pk, **WAITS)
        row = free.first()
        if row is not None:
            row.claimed_at, row.tries = now, min(row.tries + 1, MOST_COUNTED)
            row.save(update_fields=["claimed_at", "tries"])
        return row


def _release(row: Letter) -> None:
    with own_work(committed=True):
        Letter.objects.filter(pk=row.pk, claimed_at=row.claimed_at).update(claimed_at=None)


def _refuse(row: Letter, actor: str, for_good: bool, now: datetime) -> str:
    """Somebody said no to this one: later again, or never."""
    later = next_try(row.refusals, for_good=for_good, now=now, on=timezone.localdate(now))
    with own_work(committed=True):
        if later is None:
            _give_up(row, actor, GIVEN_UP, now)
            return "refused"
        mine = Letter.objects.filter(pk=row.pk, claimed_at=row.claimed_at)
        mine.update(claimed_at=None, refusals=row.refusals + 1, not_before=later)
        return "waiting"


def _give_up(row: Letter, actor: str, action: str, now: datetime) -> None:
    mine = Letter.objects.filter(pk=row.pk, claimed_at=row.claimed_at)
    mine.update(given_up_at=now, claimed_at=None, recipient="", subject="", text="")
    record(actor=actor, action=action, data=_told(row) | {"tries": row.tries}, now=now)


def _mark_sent(row: Letter, actor: str, now: datetime) -> None:
    with own_work(committed=True):
        Letter.objects.filter(pk=row.pk).update(sent_at=now, recipient="", subject="", text="")
        record(actor=actor, action=SENT, data=_told(row) | {"tries": row.tries}, now=now)


def _decide(about: str, actor: str, action: str, now: datetime, **values: object) -> int:
    with own_work():
        unsure = Letter.objects.select_for_update().filter(
            about=about, sent_at=None, claimed_at__lte=now - UNSURE_AFTER
        )
        rows = list(unsure)
        Letter.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
        for row in rows:
            record(actor=actor, action=action, data=_told(row), now=now)
    return len(rows)


def _told(row: Letter) -> dict[str, object]:
    return {"reference": row.about, "kind": row.kind, "number": row.number, "channel": row.channel}
