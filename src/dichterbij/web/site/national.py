"""The desk for every page that knows no better one: the national team."""

from datetime import date
from functools import lru_cache

from django.db import DatabaseError
from django.utils import timezone

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.regions.actions import KEPT, TAKEN_BACK
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Desk, Topic, Who
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.desks.cards import DeskCard, card

# After these a desk may be another one.
CHANGES = ("reference.loaded", KEPT, TAKEN_BACK)


def national_desk() -> DeskCard | None:
    """The national team as loaded; None when there are no data or no database, so that the page still comes."""
    now = timezone.localtime()
    try:
        return card(_desk(journal.latest_event_key(action=CHANGES), now.date()), now)
    except (DatabaseError, UnavailableError):
        return None


@lru_cache(maxsize=1)
def _desk(version: str | None, on: date) -> Desk:
    """Read once per change of the desks and per day."""
    found = desks_for(who=Who.UNKNOWN, topic=Topic.UNKNOWN, home_region=None, work_region=None, on=on)
    return found.value[-1].desk
