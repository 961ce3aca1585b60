"""The named desk with which every page ends, and the place a visitor lives."""

from datetime import datetime

from django.utils import timezone

from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.desks.cards import DeskCard, card
from dichterbij.web.near.answers import Answers


def place_name(answers: Answers) -> str:
    """Where the visitor lives, by name."""
    return regions.postcode(answers.pc4).place if answers.pc4 else ""


def desk_for(answers: Answers, *, work_region: str | None = None, topic: Topic = Topic.WORK) -> DeskCard | None:
    """The desk that helps this visitor first; None when no reference data are loaded or no postcode is known."""
    if answers.pc4 is None:
        return None
    now: datetime = timezone.localtime()
    try:
        home = regions.region_of_postcode(answers.pc4).code
        found = desks_for(
            who=Who.JOB_SEEKER, topic=topic, home_region=home, work_region=work_region or None, on=now.date()
        )
    except DichterbijError:
        return None
    return card(found.value[0].desk, now)
