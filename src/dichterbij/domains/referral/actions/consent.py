"""What happens to hand-overs when somebody takes back a consent: whoever may see them no longer has nothing to do."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.actions.moving import WATCHED, Moved, store_move
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.regions import ladder_for
from dichterbij.domains.referral.queries.rows import ball_of
from dichterbij.domains.referral.rules import OPEN, Move, State, states
from dichterbij.domains.referral.seeing import own_work


def end_handovers(person: UUID, organisation: UUID, now: datetime) -> None:
    """End somebody's open hand-overs that this organisation has, as if they took each back themselves.

    Where it only watches, the desk that has it goes on, and the next one above answers for it. Runs in the transaction
    of the withdrawal. What was said stays: it is the history of whoever handed over.
    """
    theirs = Q(to_organisation=organisation) | Q(owner_organisation=organisation)
    with own_work():
        waiting = Handover.objects.select_for_update().filter(theirs, person=person, state__in=OPEN)
        rows = list(waiting.order_by("id"))
    for row in rows:
        if row.to_organisation == organisation:
            _end(row, now)
        else:
            _watched_by_another(row, organisation, now)


def _end(row: Handover, now: datetime) -> None:
    ball = replace(ball_of(row), state=State.WITHDRAWN)  # open ones only: by the person that is always allowed
    moved = Moved(Move.WITHDRAWN, ball, Through("self", row.reference))
    store_move(row, moved, now=now, mails=[Mail("receiver", "withdrawn")])


def _watched_by_another(row: Handover, organisation: UUID, now: datetime) -> None:
    ladder = ladder_for(region=row.region, person=row.person, now=now, without=organisation)
    ball = states.unwatch(ball_of(row), ladder=ladder)
    store_move(row, Moved(Move.ESCALATED, ball, Through("system", row.reference), reason=WATCHED), now=now)
