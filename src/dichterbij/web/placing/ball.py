"""Where an employer's message is now, in words: who has to act, until when, whom to call, and what happened."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, organisations
from dichterbij.domains.referral.queries import HandoverRow, StepRow, agreement
from dichterbij.domains.referral.queries.employers import desk_here, handover_by_reference, handover_of_message
from dichterbij.domains.referral.rules import Ending, Move
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.handover import history
from dichterbij.web.handover.history import Line
from dichterbij.web.placing.desk import desk_of
from dichterbij.web.referral import words


@dataclass(frozen=True)
class Ball:
    """A message that somebody has to answer from here. `answer`: what the desk wrote when it could find nobody."""

    row: HandoverRow
    holder: OrganisationRow | None
    owner: OrganisationRow | None
    history: tuple[Line, ...]
    is_overdue: bool
    ending: str
    answer: str


def ball_of(token: str) -> Ball | None:
    """By the secret link of the message; None when it went by mail."""
    found = handover_of_message(token=token)
    return _ball(*found) if found else None


def ball_of_own(reference: str) -> Ball | None:
    """As `ball_of`, of a message that the employer who asks has."""
    found = handover_by_reference(reference)
    return _ball(*found) if found else None


def _ball(row: HandoverRow, steps: Iterable[StepRow]) -> Ball:
    ids = (one for step in steps for one in (step.organisation, step.to_organisation))
    names = organisations([*row.organisations, *ids])
    said = [step.reason for step in steps if step.move is Move.CLOSED]
    return Ball(
        row=row,
        holder=names.get(row.ball.holder),
        owner=names.get(row.ball.owner),
        history=history.lines(row, steps, names),
        is_overdue=row.is_overdue(timezone.localdate()),
        ending=str(words.EMPLOYER_ENDINGS[row.ending]) if row.ending else "",
        answer=said[-1] if said and row.ending is Ending.ANSWERED else "",
    )


def answer_days(pc4: int) -> int | None:
    """Working days within which the desk for employers of this place answers from here; None where it does not."""
    try:
        region, desk = desk_of(pc4)
    except DichterbijError:
        return None
    if desk_here(desk.desk_id, region) is None:
        return None
    return agreement(region=region, on=timezone.localdate()).answer_days
