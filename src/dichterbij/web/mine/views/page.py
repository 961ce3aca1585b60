"""The page itself, and the same to take along."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.people import queries
from dichterbij.domains.people.rules import Way
from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks.cards import language
from dichterbij.web.mine import handed, present
from dichterbij.web.mine.door import Door, citizen, door
from dichterbij.web.mine.views.asking import link_over
from dichterbij.web.mine.views.shared import own_page, shown
from dichterbij.web.site.private import private

FIRST_LOOKS = 8
DONE = ("corrected", "withdrawn", "work", "link", "link-alone", "tied", "untied")


@require_safe
def page(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """What is known, who may see it, who looked, and what one can do about it."""
    try:
        opened = door(request, token=token, person=person)
    except Http404:
        if token is None:
            raise
        return link_over(request)
    context = _context(opened)
    done, came_by = request.GET.get("gedaan", ""), queries.link_of(person=opened.person, token=token) if token else None
    is_printed = came_by is not None and came_by.way is Way.PRINTED
    context |= {
        "done": done if done in DONE else "",
        "link": request.build_absolute_uri(request.path) if opened.has_link else "",
        "came_by": came_by,
        "can_tie": came_by and not is_printed and citizen(request) is not None and not context["has_account"],
    }
    return shown(request, "page.html", context, region=context["region_code"])


@require_safe
def sheet(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """The same to read and print."""
    context = _context(door(request, token=token, person=person))
    return shown(request, "sheet.html", context, region=context["region_code"])


@require_safe
def as_json(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """The same for another system."""
    opened = door(request, token=token, person=person)
    found = queries.take_along(own_page(opened)) | {"hand_overs": handed.as_json(handed.handed_over(opened))}
    response = HttpResponse(json.dumps(found, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="dichterbij-mijn-gegevens.json"'
    return private(response)


def _context(opened: Door) -> dict[str, Any]:
    now = timezone.now()
    found = own_page(opened)
    current, past = present.holders(found, now)
    looks = present.looks(found)
    return {
        "links": opened.links,
        "name": found.person.name,
        "region_code": found.person.region,
        "is_invented": found.person.invented,
        "has_account": found.has_account,
        "account_since": found.account_since,
        "things": present.things(found),
        "handed": handed.handed_over(opened),
        "holders": current,
        "past": past,
        "laws": present.laws(current),
        "looks": looks[:FIRST_LOOKS],
        "older": looks[FIRST_LOOKS:],
        "kept_until": present.kept_until(found, now),
        "today": now,
        "text": content_page("privacy", "own", language()),
    }
