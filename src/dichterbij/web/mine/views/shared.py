"""What these pages share: kept by nobody in between, and ended by the desk of one's region."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from dichterbij.domains.people import queries
from dichterbij.domains.people.queries import OwnPage
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.shared.errors import DichterbijError, NotFoundError
from dichterbij.web.desks.cards import DeskCard, card
from dichterbij.web.mine.door import Door
from dichterbij.web.site.private import private


def gone_is_not_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A person or link that goes while the page is made, in another tab perhaps: the same 404 as one that was gone."""

    @wraps(view)
    def careful(request: HttpRequest, **key: Any) -> HttpResponse:
        try:
            return view(request, **key)
        except NotFoundError:
            raise Http404(gettext("There is no such page.")) from None

    return careful


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
