"""Whom an employer calls: the desks of the region for the routes that were advised."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks.cards import DeskCard, card


def desks_to_call(region: str, topics: Iterable[str]) -> tuple[DeskCard, ...]:
    """The employers' desk of this region first, then those for these topics; without region the national team."""
    now: datetime = timezone.localtime()
    found: dict[str, DeskCard] = {}
    for topic in (Topic.WORK, *map(Topic, topics)):
        outcome = desks_for(who=Who.EMPLOYER, topic=topic, home_region=region or None, work_region=None, on=now.date())
        for referral in outcome.value:
            found.setdefault(referral.desk.desk_id, card(referral.desk, now))
    return tuple(found.values())
