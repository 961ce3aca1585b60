"""What these pages share: kept by nobody in between, and ended by the desk of one's region."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dichterbij.domains.people import queries
from dichterbij.domains.people.queries import OwnPage
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.desks.cards import DeskCard, card
from dichterbij.web.mine.door import Door
from dichterbij.web.site.private import private


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, region: str = "", status: int = 200
) -> HttpResponse:
    """A page that nobody keeps and no search engine lists."""
    context = {"desk": desk_of(region) if region else None, **context}
    return private(render(request, f"mine/{template}", context, status=status))


def own_page(opened: Door) -> OwnPage:
    """Everything that is kept of the person behind this door."""
    return queries.own_page(person=opened.person, now=timezone.now())


def desk_of(region: str) -> DeskCard | None:
    """The desk for people who look for work in a region; None where no reference data are loaded."""
    try:
        today = timezone.localdate()
        found = desks_for(who=Who.JOB_SEEKER, topic=Topic.WORK, home_region=region, work_region=None, on=today)
    except DichterbijError:
        return None
    return card(found.value[0].desk, timezone.localtime()) if found.value else None
