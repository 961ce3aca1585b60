"""Reading the outbox: what waits, what nobody knows of. Never an address or a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q

from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.rules import UNSURE_AFTER, Channel, LetterState
from dichterbij.domains.post.seeing import own_work

OPEN = {"sent_at": None, "given_up_at": None}


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that did not leave, or of which nobody knows, without to whom and what."""

    about: str
    kind: str
    number: int
    channel: Channel
    state: LetterState
    created_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much is in the outbox. `oldest`: since when the oldest letter that did not leave is there."""

    waiting: int
    unsure: int
    oldest: datetime | None


def outbox(*, now: datetime) -> Waiting:
    """How many letters wait, and of how many nobody knows whether they left. One query."""
    with own_work():
        found = Letter.objects.filter(**OPEN).aggregate(
            waiting=Count("id", filter=~_unsure(now)), unsure=Count("id", filter=_unsure(now)), oldest=Min("created_at")
        )
    return Waiting(**found)


def left_behind(*, now: datetime, limit: int = 50, about: str | None = None) -> tuple[LetterRow, ...]:
    """What did not leave yet, oldest first; those of which nobody knows before all others."""
    with own_work():
        rows = Letter.objects.filter(**OPEN, **({"about": about} if about else {}))
        ordered = rows.order_by(F("claimed_at").asc(nulls_last=True), "created_at", "id")[:limit]
        return tuple(_row(row, now) for row in ordered)


def given_up(*, now: datetime, limit: int = 50) -> tuple[LetterRow, ...]:
    """What never left and never will, the newest first."""
    with own_work():
        rows = Letter.objects.filter(given_up_at__isnull=False).order_by("-given_up_at", "id")[:limit]
        return tuple(_row(row, now) for row in rows)


def states(about: Iterable[str], *, now: datetime) -> Mapping[str, Mapping[str, LetterState]]:
    """Of each thing, by kind, where its newest letter is. Nothing for what has none."""
    found: dict[str, dict[str, LetterState]] = {}
    with own_work():
        for row in Letter.objects.filter(about__in=list(about)).order_by("about", "kind", "number"):
            found.setdefault(row.about, {})[row.kind] = _state(row, now)
    return found


def about_waiting() -> tuple[str, ...]:
    """Everything that has a letter that did not leave."""
    with own_work():
        return tuple(Letter.objects.filter(**OPEN).values_list("about", flat=True).distinct())


def _unsure(now: datetime) -> Q:
    return Q(claimed_at__isnull=False, claimed_at__lte=now - UNSURE_AFTER)


def _state(row: Letter, now: datetime) -> LetterState:
    if row.sent_at:
        return LetterState.SENT
    if row.given_up_at:
        return LetterState.REFUSED
    if row.claimed_at is None:
        return LetterState.WAITING
    return LetterState.UNSURE if row.claimed_at <= now - UNSURE_AFTER else LetterState.SENDING


def _row(row: Letter, now: datetime) -> LetterRow:
    channel, state = Channel(row.channel), _state(row, now)
    return LetterRow(row.about, row.kind, row.number, channel, state, row.created_at, row.tries)
