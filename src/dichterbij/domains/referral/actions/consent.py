"""What happens to hand-overs when somebody takes back a consent: whoever may see them no longer has nothing to do."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.actions.moving import Moved, store_move
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.rows import ball_of
from dichterbij.domains.referral.rules import OPEN, Move, State
from dichterbij.domains.referral.seeing import own_work


def end_handovers(person: UUID, organisation: UUID, now: datetime) -> None:
    """End somebody's open hand-overs that this organisation has or answers for, as if they took each back themselves.

    Runs in the transaction of the withdrawal. What was said stays: it is the history of whoever handed over.
    """
    theirs = Q(to_organisation=organisation) | Q(owner_organisation=organisation)
    with own_work():
        waiting = Handover.objects.select_for_update().filter(theirs, person=person, state__in=OPEN)
        rows = list(waiting.order_by("id"))
    for row in rows:
        ball = replace(ball_of(row), state=State.WITHDRAWN)  # open ones only: by the person that is always allowed
        moved = Moved(Move.WITHDRAWN, ball, Through("self", row.reference))
        store_move(row, moved, now=now, mails=[Mail("receiver", "withdrawn")])
