"""The named desk with which every page ends, and the place a visitor lives."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Desk, Topic, Who
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.desks.cards import DeskCard, card
from dichterbij.web.near import places
from dichterbij.web.near.answers import Answers


def place_name(answers: Answers) -> str:
    """Where the visitor lives, by name."""
    return places.home_of(answers.pc4).place if answers.pc4 else ""


def desk_for(answers: Answers, *, work_region: str | None = None, topic: Topic = Topic.WORK) -> DeskCard | None:
    """The desk that helps this visitor first; None when no reference data are loaded or no postcode is known."""
    if answers.pc4 is None:
        return None
    now: datetime = timezone.localtime()
    found = _desk(places.reference_version(), answers.pc4, work_region or None, topic, now.date())
    return card(found, now) if found else None


@lru_cache(maxsize=4_096)
def _desk(_version: tuple[str, str | None], pc4: int, work_region: str | None, topic: Topic, on: date) -> Desk | None:
    """The first desk for this question; looking through all of them took longer than most of a page."""
    try:
        home = regions.region_of_postcode(pc4).code
        found = desks_for(who=Who.JOB_SEEKER, topic=topic, home_region=home, work_region=work_region, on=on)
    except DichterbijError:
        return None
    return found.value[0].desk
