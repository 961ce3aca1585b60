"""Employers' messages are handed over like people: same terms, same answers, same way up.

These run in the transaction of what happens to the message (`openings.actions.hooks`).
"""

from collections.abc import Collection
from datetime import datetime

from dichterbij.domains.openings.queries import MessageRow
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral.actions.forgetting import forget_words
from dichterbij.domains.referral.actions.handing import NewHandover, hand_over
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.actions.moving import FORGOTTEN, Moved, store_move
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.employers import desk_here
from dichterbij.domains.referral.queries.rows import ball_of
from dichterbij.domains.referral.rules import OPEN, EmployerMessage, Move, states
from dichterbij.domains.referral.seeing import own_work

TOPIC = "work"


def hand_over_message(message: MessageRow, token: str, now: datetime) -> bool:
    """Hand a new message over to the desk that was chosen for it; False where that desk takes no hand-overs here.

    The link of the message is that of the hand-over too.
    """
    receiver = desk_here(message.desk_id, message.region_code)
    if receiver is None:
        return False
    new = NewHandover(
        token=token, person=EmployerMessage(message.reference), region=message.region_code, topic=TOPIC,
        to=receiver.id, question="", agreed=True, language=message.language,
    )  # fmt: skip
    hand_over(by=Through("self", message.reference), new=new, now=now)
    return True


def end_of_message(reference: str, by_employer: bool, now: datetime) -> None:
    """The employer took it back, or is forgotten after the longest term: nobody waits, and no word about them stays."""
    with own_work():
        rows = list(Handover.objects.select_for_update().filter(message=reference).order_by("made_at", "id"))
        forget_words(rows)
    for row in rows:
        if row.state in OPEN:
            by = Through("self" if by_employer else "system", row.reference)
            ball = states.withdraw(ball_of(row), by=None)
            moved = Moved(Move.WITHDRAWN, ball, by, reason="" if by_employer else FORGOTTEN)
            store_move(row, moved, now=now, mails=[Mail("receiver", "withdrawn")])


def open_messages(references: Collection[str]) -> frozenset[str]:
    """Those that somebody still has to answer, or helps with."""
    with own_work():
        waiting = Handover.objects.filter(message__in=list(references), state__in=OPEN)
        return frozenset(waiting.values_list("message", flat=True))
