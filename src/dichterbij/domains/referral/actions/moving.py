"""What every move does: its row, its step, who may see the person now, its letters and its event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral.actions import subjects
from dichterbij.domains.referral.actions.letters import Mail, write_letters
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.regions import agreement
from dichterbij.domains.referral.queries.rows import HandoverRow, ball_of, handover_row
from dichterbij.domains.referral.rules import Ball, Level, Move, State, after_working_days, load_terms
from dichterbij.domains.referral.seeing import own_work

ENDED = "-ended-"  # the reason of a step up because an organisation ended or is empty; pages say it in words
WATCHED = "-watched-"  # the reason of a step where only who answers for it became somebody else
FORGOTTEN = "-forgotten-"  # the reason of an end because an employer's name may be kept no longer
EVENTS = {
    Move.SENT: "referral.sent",
    Move.ACCEPTED: "referral.accepted",
    Move.RETURNED: "referral.returned",
    Move.REDIRECTED: "referral.redirected",
    Move.ESCALATED: "referral.escalated",
    Move.REMINDED: "referral.reminded",
    Move.CLOSED: "referral.closed",
    Move.WITHDRAWN: "referral.withdrawn",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was decided: what it is, where the hand-over is after it, who did it and why.

    `agreed`: the person said yes to whoever has it now.
    """

    move: Move
    ball: Ball
    by: Actor | Through
    reason: str = ""
    ending: str = ""
    onward: UUID | None = None
    agreed: bool = False


def store_move(row: Handover, moved: Moved, *, now: datetime, mails: Iterable[Mail] = ()) -> HandoverRow:
    """Keep a decided move of a locked row, whoever may see it after that. One step, one event."""
    before = ball_of(row)
    with own_work():
        _apply(row, moved, now)
        row.save()
        add_step(row, moved, now)
        write_letters(row, mails, now=now)
        record_move(row, moved, now)
    subjects.let_see(row, before, by=moved.by, agreed=moved.agreed, now=now)
    return handover_row(row)


def answer_by(*, level: Level, region: str, now: datetime) -> date:
    """By when whoever gets it now, at this level, must answer."""
    today = timezone.localdate(now)
    days = agreement(region=region, on=today).answer_days if level is Level.DESK else 0
    return after_working_days(today, days or load_terms(on=today).days(level, region))


def add_step(row: Handover, moved: Moved, now: datetime) -> None:
    """Add this move to the history."""
    Step.objects.create(
        handover=row,
        number=row.version,
        move=moved.move.value,
        at=now,
        organisation=moved.by.organisation if isinstance(moved.by, Actor) else None,
        to_organisation=moved.ball.holder if moved.ball.state is State.SENT else None,
        level=moved.ball.level.value,
        answer_by=row.answer_by if moved.ball.state is State.SENT else None,
        reason=moved.reason,
    )


def record_move(row: Handover, moved: Moved, now: datetime) -> None:
    """One event, without a word about the person."""
    data: dict[str, object] = {
        "handover": str(row.pk), "reference": row.reference, "state": row.state, "level": row.level,
        "to": str(row.to_organisation), "owner": str(row.owner_organisation),
    }  # fmt: skip
    if moved.ending:
        data["ending"] = moved.ending
    record(actor=str(moved.by), action=EVENTS[moved.move], data=data, now=now)


def _apply(row: Handover, moved: Moved, now: datetime) -> None:
    before, ball = ball_of(row), moved.ball
    row.state, row.level, row.bounces = ball.state.value, ball.level.value, ball.bounces
    row.to_organisation, row.owner_organisation = ball.holder, ball.owner
    row.version += 1
    row.moved_at = now
    row.adviser = _adviser(row, moved)
    if ball.holder != before.holder:
        row.contact_on = None  # said by who had it: the next one is in touch anew
    is_elsewhere = (ball.holder, ball.level) != (before.holder, before.level)
    if ball.state is State.SENT and moved.move is not Move.REMINDED and is_elsewhere:
        row.answer_by = answer_by(level=_level_of_holder(ball), region=row.region, now=now)
        row.reminded_for = None
    if ball.state is State.ACCEPTED:
        row.accepted_at = now
    if ball.state in (State.CLOSED, State.WITHDRAWN):
        row.ended_at, row.ending, row.onward_id = now, moved.ending, moved.onward


def _adviser(row: Handover, moved: Moved) -> UUID | None:
    """The colleague who accepted it; nobody any more once it waits for an answer again."""
    if moved.move is Move.ACCEPTED and isinstance(moved.by, Actor):
        return moved.by.user
    return None if moved.ball.state is State.SENT else row.adviser


def _level_of_holder(ball: Ball) -> Level:
    """A desk where somebody from above placed it answers in the time of a desk."""
    return ball.level if ball.holder == ball.owner else Level.DESK
