"""What a domain above does with messages, in the same transaction: it hands them over, and says when that is done."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TypeVar

from dichterbij.domains.openings.queries.messages import MessageRow, SenderRow

Spread = Callable[[MessageRow, SenderRow, datetime], None]
TakeUp = Callable[[MessageRow, str, datetime], bool]
Gone = Callable[[str, bool, datetime], None]
OpenAmong = Callable[[Collection[str]], frozenset[str]]
Hook = TypeVar("Hook")
_spread: list[Spread] = []
_taking_up: list[TakeUp] = []
_told: list[Gone] = []
_asked: list[OpenAmong] = []


def when_spread(take_up: Spread) -> None:
    """Called with a new message of an employer with sites in more regions, who sent it, and now."""
    _add(_spread, take_up)


def when_placed(take_up: TakeUp) -> None:
    """Called with a new message, its secret and now. True: somebody has to answer it from here, so no mail goes."""
    _add(_taking_up, take_up)


def when_sender_goes(tell: Gone) -> None:
    """Called with a reference whose sender is deleted, whether the employer took it back themselves, and now."""
    _add(_told, tell)


def keep_while(open_among: OpenAmong) -> None:
    """Called with references: which of them somebody still has to answer, and needs the sender of."""
    _add(_asked, open_among)


def spread(message: MessageRow, sender: SenderRow, now: datetime) -> None:
    """Say that an employer with sites in more regions sent this."""
    for take_up in _spread:
        take_up(message, sender, now)


def taken_up(message: MessageRow, token: str, now: datetime) -> bool:
    """Offer a new message until somebody takes it; whether somebody did."""
    return any(take_up(message, token, now) for take_up in _taking_up)


def sender_goes(reference: str, by_employer: bool, now: datetime) -> None:
    """Say that nobody knows any more who sent this."""
    for tell in _told:
        tell(reference, by_employer, now)


def needed(references: Collection[str]) -> frozenset[str]:
    """Those of which the sender must be known for now."""
    return frozenset().union(*(open_among(references) for open_among in _asked)) if references else frozenset()


def _add(hooks: list[Hook], hook: Hook) -> None:
    if hook not in hooks:
        hooks.append(hook)
