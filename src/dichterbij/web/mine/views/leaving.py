"""Being forgotten: asked once more, because it cannot be undone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.people import actions
from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks.cards import language
from dichterbij.web.mine import present
from dichterbij.web.mine.door import door
from dichterbij.web.mine.views.shared import own_page, shown
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """What goes and what stays, and the button; after it the link opens nothing any more."""
    opened = door(request, token=token, person=person)
    if request.method == "POST":
        actions.forget_person(person=opened.person, by=opened.by, now=timezone.now())
        return private(redirect("mine:forgotten"))
    found = own_page(opened)
    current, _past = present.holders(found, timezone.now())
    context = {"links": opened.links, "holders": current, "text": content_page("privacy", "own", language())}
    return shown(request, "forget.html", context, region=found.person.region)


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """That it is done. Says nothing about anybody, so everybody may open it."""
    return shown(request, "forgotten.html", {"text": content_page("privacy", "own", language())})
