"""What happens to hand-overs when the person is forgotten: nobody waits for them, and no word about them stays."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dichterbij.domains.people.actions import Through
from dichterbij.domains.post import actions as post
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.actions.moving import ENDED, FORGOTTEN, WATCHED, Moved, store_move
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.rows import GONE, ball_of
from dichterbij.domains.referral.rules import OPEN, Move, states
from dichterbij.domains.referral.seeing import own_work


def forget_handovers(person: UUID, now: datetime) -> None:
    """End the open hand-overs of somebody who is being forgotten; all of theirs lose what was said about them.

    Runs in the transaction of the forgetting. Dates, desks and moves stay for the figures.
    """
    with own_work():
        rows = list(Handover.objects.select_for_update().filter(person=person))
        forget_words(rows)
    for row in rows:
        if row.state in OPEN:
            moved = Moved(Move.WITHDRAWN, states.withdraw(ball_of(row), by=None), Through("system", row.reference))
            store_move(row, moved, now=now, mails=[Mail("receiver", "withdrawn")])


def forget_words(rows: Sequence[Handover]) -> None:
    """No word stays about whom these are, nor a letter that waits. In `own_work`."""
    post.forget([row.reference for row in rows])
    Step.objects.filter(handover__in=rows).exclude(reason__in=["", ENDED, FORGOTTEN, WATCHED]).update(reason=GONE)
    gone = {"question": GONE, "sender_words": "", "last_day": None, "contact_on": None}
    Handover.objects.filter(pk__in=[row.pk for row in rows]).update(**gone)
    for row in rows:
        for name, value in gone.items():
            setattr(row, name, value)
