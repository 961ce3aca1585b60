"""The desk that gets the message, and with which every page ends: that of the employers in the region of the work."""

from django.utils import timezone

from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.queries import desks
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Desk, Topic, Who
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.desks.cards import DeskCard, card


def desk_of(pc4: int) -> tuple[str, Desk]:
    """Region code and desk of a place of work. PostcodeNotFoundError, or UnavailableError without reference data."""
    region = regions.region_of_postcode(pc4).code
    today = timezone.localdate()
    found = desks_for(who=Who.EMPLOYER, topic=Topic.WORK, home_region=region, work_region=None, on=today)
    return region, found.value[0].desk


def region_of(pc4: int | None) -> str:
    """The region of a place of work; empty when it is not known."""
    try:
        return regions.region_of_postcode(pc4).code if pc4 else ""
    except DichterbijError:
        return ""


def card_of(pc4: int | None) -> DeskCard | None:
    """The card of that desk; None when the place is not known yet."""
    if pc4 is None:
        return None
    try:
        return card(desk_of(pc4)[1], timezone.localtime())
    except DichterbijError:
        return None


def email_of(desk_id: str) -> str:
    """Where this very desk is written to; empty when it is gone or invented. No other desk stands in for it."""
    found = desks.desk(desk_id)
    return found.email if found and not found.invented else ""


def card_by_id(desk_id: str, pc4: int) -> DeskCard | None:
    """The card of the desk that got a message; of today's desk when that one is gone."""
    found = desks.desk(desk_id)
    return card(found, timezone.localtime()) if found and found.is_valid(timezone.localdate()) else card_of(pc4)
