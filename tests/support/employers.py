"""An employer's message in a region of its own, and what desks see and do of it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.openings.queries import MessageRow, senders
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import HandoverRow, Tab
from dichterbij.domains.referral.queries.employers import handover_of_message
from support.referral import MONDAY, World

LATER = MONDAY + timedelta(hours=3)

NEXT_WEEK = MONDAY + timedelta(days=7)

ANS = openings.NewSender(
    "Bakkerij Zon", "Ans Zon", "ans@zon.example", "0612345678", "Kan het snel?", "Brood snijden", ""
)


@dataclass(frozen=True)
class Sent:
    """A message with its secret."""

    token: str
    message: MessageRow

    @property
    def row(self) -> HandoverRow:
        """Its hand-over as it is now."""
        found = handover_of_message(token=self.token)
        assert found is not None
        return found[0]


def place(world: World, *, keep_until: date = date(2027, 5, 25), now: datetime = MONDAY) -> Sent:
    """A message of an employer in this region, whose desk for employers is the WSP."""
    token = secrets.token_urlsafe(32)
    message = openings.NewMessage(
        "Bakker", None, 1811, world.region, f"{world.region}-wsp", False, "nl", {"people": 2}, keep_until
    )
    placed = openings.place_message(
        actor="employer", token=token, message=message, sender=ANS, now=now, compose=lambda _row, _handed: []
    )
    return Sent(token, placed)


def firms(actor: Actor, sent: Sent) -> str:
    """The firm as this actor's list shows it; empty when it does not."""
    line = senders.employers(actor=actor, references=[sent.message.reference], now=LATER).get(sent.message.reference)
    return line.firm if line else ""


def do(action: Any, actor: Actor, sent: Sent, **given: Any) -> HandoverRow:
    """A move on the hand-over of this message, as it is now."""
    row = sent.row
    done: HandoverRow = action(**{"actor": actor, "handover": row.id, "version": row.version, "now": LATER} | given)
    return done


def listed(actor: Actor, tab: Tab, **given: Any) -> list[str]:
    return [row.message for row in queries.today(actor=actor, tab=tab, now=LATER, **given)]
