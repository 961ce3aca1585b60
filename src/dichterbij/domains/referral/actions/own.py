"""What somebody does on their own page with what was handed over about them."""

from datetime import datetime
from uuid import UUID

from dichterbij.domains.people.actions import Through, acting_for
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.actions.moving import Moved, store_move
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.rows import HandoverRow, ball_of
from dichterbij.domains.referral.rules import Move, states
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import NotFoundError


def withdraw_own(*, person: UUID, handover: UUID, now: datetime) -> HandoverRow:
    """The person stops it from their own page, at any moment. NotFoundError for somebody else's.

    NotPossibleError when it has ended already. Whoever calls has made sure that it is the person.
    """
    with acting_for(person), own_work():
        row = Handover.objects.select_for_update().filter(pk=handover, person=person).first()
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        ball, by = states.withdraw(ball_of(row), by=None), Through("self", row.reference)
        return store_move(row, Moved(Move.WITHDRAWN, ball, by), now=now, mails=[Mail("receiver", "withdrawn")])
