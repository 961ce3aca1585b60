"""The demonstration's employers: one who got an answer, one whose message came back and waits a step higher.

Made by the actions that pages use, at moments before now; each only once, because its link is always the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.openings.queries import message_of
from dichterbij.domains.openings.rules import load_terms
from dichterbij.domains.referral.actions.answering import accept, give_back
from dichterbij.domains.referral.actions.demo import take_away
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.employers import handover_of_message
from dichterbij.domains.referral.queries.rows import HandoverRow
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import NotFoundError

REGION, DESK, PLACE = "AM15", "AM15-wsp", 1811
BRAM = Actor(demo_id("bram"), Role.ADVISER, demo_id("wsp-nhn"), REGION)
ASKED = {"place": "Alkmaar", "hours_min": 16, "hours_max": 28, "dayparts": ["weekday"], "agreement": "job"}


@dataclass(frozen=True, slots=True)
class Employer:
    """One invented employer: who, what they ask, how long ago, and what the desk did."""

    key: str
    title: str
    sender: openings.NewSender
    asked: dict[str, Any]
    ago: timedelta
    then: Callable[[HandoverRow, datetime], object]


def demo_link(key: str) -> str:
    """The secret of an invented employer's page: no secret at all, so that a demonstration can show it."""
    return f"demo-{key}-".ljust(40, "x")


def load_demo_employers(*, now: datetime) -> int:
    """Make those that are not there; returns how many were made."""
    new = [employer for employer in _employers() if not _is_there(employer)]
    for employer in new:
        at = now - employer.ago
        _place(employer, at)
        found = handover_of_message(token=demo_link(employer.key))
        if found:
            employer.then(found[0], at + timedelta(hours=5))
    return len(new)


def story_messages() -> list[str]:
    """The secrets of the story's messages that are there."""
    return [demo_link(employer.key) for employer in _employers() if _is_there(employer)]


def reset_demo_employers(*, now: datetime) -> int:
    """Take the invented employers away and make them again. As the owner of the tables."""
    references = [
        message_of(token=demo_link(employer.key)).reference for employer in _employers() if _is_there(employer)
    ]
    with own_work():
        take_away(Handover.objects.filter(message__in=references), now)
    openings.remove_demo_messages(tokens=[demo_link(employer.key) for employer in _employers()])
    return load_demo_employers(now=now)


def _place(employer: Employer, at: datetime) -> None:
    keep_until = timezone.localdate(at) + timedelta(days=load_terms(on=timezone.localdate(at)).keep_sender_days)
    message = openings.NewMessage(
        title=employer.title, occupation_uri=None, pc4=PLACE, region_code=REGION, desk_id=DESK, desk_is_invented=True,
        language="nl", asked=ASKED | employer.asked, keep_sender_until=keep_until,
    )  # fmt: skip
    openings.place_message(
        actor="demo", token=demo_link(employer.key), message=message, sender=employer.sender, now=at,
        compose=lambda _row, _handed: (),
    )  # fmt: skip


def _is_there(employer: Employer) -> bool:
    try:
        message_of(token=demo_link(employer.key))
    except NotFoundError:
        return False
    return True


def _accepted(row: HandoverRow, at: datetime) -> object:
    return accept(actor=BRAM, handover=row.id, version=row.version, now=at)


def _came_back(row: HandoverRow, at: datetime) -> object:
    reason = "Deze keten heeft winkels in drie regio's: wie praat met het hoofdkantoor?"
    return give_back(actor=BRAM, handover=row.id, version=row.version, reason=reason, now=at)


def _employers() -> tuple[Employer, ...]:
    hotel = openings.NewSender(
        "Hotel De Verzonnen Haven", "Hanna Verzonnen", "werk@verzonnenhaven.example", "06 00000031",
        "Wij willen ook iemand die het vak nog moet leren.", "Kamers en gangen op orde brengen", "",
    )  # fmt: skip
    shops = openings.NewSender(
        "Supermarkt Altijd Verzonnen", "Karel Verzonnen", "hr@altijdverzonnen.example", "06 00000032",
        "Wij zoeken in drie regio's tegelijk.", "Vakken vullen", "",
    )  # fmt: skip
    return (
        Employer("hotel", "Kamerhulp", hotel, {"people": 2, "willing": ["meet"]}, timedelta(days=2), _accepted),
        Employer("keten", "Vakkenvuller", shops, {"people": 6}, timedelta(days=1), _came_back),
    )
