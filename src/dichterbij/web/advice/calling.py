"""Whom an employer calls: the desks of the region for the routes that were advised."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks.cards import DeskCard, card


def first_desk(region: str, topic: str) -> DeskCard:
    """The desk that the first step of a route is about."""
    return _found(region, Topic(topic))[0]


def desks_to_call(region: str, topics: Iterable[str]) -> tuple[DeskCard, ...]:
    """The employers' desk of this region first, then those for these topics; without region the national team."""
    found: dict[str, DeskCard] = {}
    for topic in (Topic.WORK, *map(Topic, topics)):
        for desk in _found(region, topic):
            found.setdefault(desk.desk_id, desk)
    return tuple(found.values())


def _found(region: str, topic: Topic) -> tuple[DeskCard, ...]:
    now: datetime = timezone.localtime()
    outcome = desks_for(who=Who.EMPLOYER, topic=topic, home_region=region or None, work_region=None, on=now.date())
    return tuple(card(referral.desk, now) for referral in outcome.value)
