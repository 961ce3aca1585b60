"""A hand-over from hand to hand: who must act, who answers for it meanwhile, and what each may do. Pure.

The sender answers for it until somebody accepts. After one bounce, or a term that passed, the region's named owner
does; and when that one is silent too it goes up: to the coordinator, then to the national team. It never goes down
by itself and it never has nobody.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from dichterbij.domains.referral.errors import CameBackError, NotPossibleError, OnwardNeededError


class State(StrEnum):
    """Where a hand-over is. SENT waits for an answer; ACCEPTED is somebody's own work; the others have ended."""

    SENT = "sent"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Level(StrEnum):
    """How far up it went: a desk or partner, the region's named owner, its coordinator, the national team."""

    DESK = "desk"
    REGION = "region"
    COORDINATOR = "coordinator"
    NATIONAL = "national"


class Move(StrEnum):
    """What somebody, or the calendar, did with it."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REDIRECTED = "redirected"
    ESCALATED = "escalated"
    REMINDED = "reminded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """How it ended with whoever accepted it."""

    WORK = "work"
    LEARNING = "learning"
    HELPED = "helped"
    OWN_WISH = "own_wish"
    NOT_SUITABLE = "not_suitable"
    ANSWERED = "answered"  # an employer only: nobody can be proposed now, and the employer read why


LEVELS: Final = tuple(Level)
OPEN: Final = frozenset({State.SENT, State.ACCEPTED})
MOST_BOUNCES: Final = 2  # from then on who answers for it in the region may send it up


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who stands on each step above the desks of a region; None where nobody does."""

    region: UUID | None
    coordinator: UUID | None
    national: UUID | None

    def above(self, level: Level, *, not_again: UUID | None) -> tuple[Level, UUID] | None:
        """The first step above `level` with somebody else on it than who just had it; None at the top."""
        return self._first(LEVELS.index(level) + 1, {not_again})

    def at_or_above(self, level: Level, *, none_of: Collection[UUID]) -> tuple[Level, UUID] | None:
        """The first step from `level` up, and above the desks, with somebody on it who is still there."""
        return self._first(max(LEVELS.index(level), 1), none_of)

    def _first(self, start: int, none_of: Collection[UUID | None]) -> tuple[Level, UUID] | None:
        steps = {Level.REGION: self.region, Level.COORDINATOR: self.coordinator, Level.NATIONAL: self.national}
        for step in LEVELS[start:]:
            organisation = steps[step]
            if organisation is not None and organisation not in none_of:
                return step, organisation
        return None


@dataclass(frozen=True, slots=True)
class Ball:
    """Where a hand-over is. `holder` must act; `owner` answers for it; the same one once it is accepted."""

    state: State
    level: Level
    holder: UUID
    owner: UUID
    bounces: int = 0

    @property
    def is_at_the_owner(self) -> bool:
        """Whether it waits for whoever answers for it after it bounced or a term passed."""
        return self.holder == self.owner and (self.level is not Level.DESK or self.bounces > 0)


def send(*, sender: UUID | None, receiver: UUID, ladder: Ladder) -> Ball:
    """A new hand-over. A sender without an account cannot answer for it: the first step of the ladder does.

    NotPossibleError when it goes to the sender itself.
    """
    if sender == receiver:
        raise NotPossibleError("You cannot hand somebody over to your own organisation.")
    first = ladder.above(Level.DESK, not_again=None)
    return Ball(State.SENT, Level.DESK, receiver, sender or (first[1] if first else receiver))


def accept(ball: Ball, *, by: UUID) -> Ball:
    """Whoever has it accepts, and answers for it from now on."""
    _must_answer(ball, by)
    return replace(ball, state=State.ACCEPTED, owner=by)


def give_back(ball: Ball, *, by: UUID, ladder: Ladder) -> Ball:
    """Not for this desk. NotPossibleError for who must accept or send it on: the last one who could have it, and the
    region's owner until two desks returned it.
    """
    _must_answer(ball, by)
    moved = _up(ball, ladder)
    if moved is None or not may_give_back(ball):
        raise NotPossibleError("Nobody stands above you here: accept it, or send it on to the right desk.")
    return replace(moved, bounces=ball.bounces + 1)


def may_give_back(ball: Ball) -> bool:
    """Whether whoever has it may return it: a desk always; who answers for it in the region, when two desks did."""
    if not ball.is_at_the_owner or ball.level is Level.DESK:
        return True
    return ball.bounces >= MOST_BOUNCES and ball.level is not Level.NATIONAL


def redirect(ball: Ball, *, by: UUID, to: UUID, ladder: Ladder, returned_by: Collection[UUID] = ()) -> Ball:
    """On to another desk. The first time a desk may; after that it goes to the region's owner, who may always.

    CameBackError for a desk that returned it to this same owner (`returned_by`): only one who stands higher asks it
    again.
    """
    _must_answer(ball, by)
    if to == by:
        raise NotPossibleError("It is with you already: accept it, or choose another desk.")
    if ball.is_at_the_owner:
        if to in returned_by:
            raise CameBackError("This desk returned it already: choose another one, accept it, or send it up.")
        return replace(ball, holder=to)
    if ball.bounces or ball.level is not Level.DESK:
        return give_back(ball, by=by, ladder=ladder)
    first = ladder.above(Level.DESK, not_again=None)
    return replace(ball, holder=to, owner=first[1] if first else ball.owner, bounces=1)


def miss_term(ball: Ball, *, ladder: Ladder) -> Ball:
    """The term passed without an answer: back to whoever stands above, or one step up. Unchanged at the top."""
    if ball.state is not State.SENT:
        raise NotPossibleError("It is not waiting for an answer.")
    return _up(ball, ladder) or ball


def lose(ball: Ball, *, gone: Collection[UUID], ladder: Ladder) -> Ball:
    """Organisations ended: what they had goes up and waits there; what they answered for, is answered for there.

    Unchanged where neither is gone, or nobody is left above.
    """
    if ball.state not in OPEN or not {ball.holder, ball.owner} & set(gone):
        return ball
    step = ladder.at_or_above(ball.level, none_of=gone)
    if step is None:
        return ball
    if ball.holder in gone:
        return replace(ball, state=State.SENT, level=step[0], holder=step[1], owner=step[1])
    return replace(ball, owner=step[1])


def unwatch(ball: Ball, *, ladder: Ladder) -> Ball:
    """Whoever answered for it may see the person no longer: another one does, and whoever has it keeps it.

    `ladder` without that one; the desk itself where nobody stands above.
    """
    if ball.state is not State.SENT or ball.holder == ball.owner:
        raise NotPossibleError("Whoever answers for it has it too.")
    step = ladder.at_or_above(ball.level, none_of=[ball.owner])
    return replace(ball, owner=step[1] if step else ball.holder)


def close(ball: Ball, *, by: UUID, ending: Ending, onward: UUID | None) -> Ball:
    """Done, by whoever accepted it. OnwardNeededError for `not_suitable` without somewhere else to go."""
    if ball.state is not State.ACCEPTED or ball.owner != by:
        raise NotPossibleError("Only whoever accepted it can close it.")
    if ending is Ending.NOT_SUITABLE and onward in (None, by):
        raise OnwardNeededError("Choose where this person goes now: nobody is sent away without somewhere to go.")
    return replace(ball, state=State.CLOSED)


def withdraw(ball: Ball, *, by: UUID | None, sender: UUID | None = None, is_onward: bool = False) -> Ball:
    """Taken back: by the person (None) as long as it is open, else only by the desk that sent it (`may_withdraw`)."""
    if not (ball.state in OPEN if by is None else may_withdraw(ball, by=by, sender=sender, is_onward=is_onward)):
        raise NotPossibleError("It cannot be taken back any more, or not by you.")
    return replace(ball, state=State.WITHDRAWN)


def may_withdraw(ball: Ball, *, by: UUID, sender: UUID | None, is_onward: bool) -> bool:
    """Whether a desk may take it back: its own, with nobody's answer yet, and not where somebody else was left for it.

    `sender` None: a citizen or helper asked, and no desk ends that. `is_onward`: it came in place of another one.
    """
    is_untouched = ball.state is State.SENT and ball.level is Level.DESK and not ball.bounces
    return is_untouched and not is_onward and by == sender == ball.owner


def is_dead_end(ball: Ball, *, is_overdue: bool, ladder: Ladder) -> bool:
    """Waiting past its last term: nobody is left to whom it could go."""
    return ball.state is State.SENT and is_overdue and _up(ball, ladder) is None


def _must_answer(ball: Ball, by: UUID) -> None:
    if ball.state is not State.SENT:
        raise NotPossibleError("Somebody has answered already.")
    if ball.holder != by:
        raise NotPossibleError("It is with another desk now.")


def _up(ball: Ball, ladder: Ladder) -> Ball | None:
    """Back to whoever placed it from above, or one step up, or to its owner where nobody stands above; else None."""
    if ball.level is not Level.DESK and ball.holder != ball.owner:
        return replace(ball, holder=ball.owner)
    step = ladder.above(ball.level, not_again=ball.holder)
    if step:
        return replace(ball, level=step[0], holder=step[1], owner=step[1])
    return replace(ball, holder=ball.owner) if ball.holder != ball.owner else None
