"""What somebody typed for an application, sealed in their own browser: each scheme keeps its own, the newest few."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import SealedCookie, TooLongError

COOKIE = SealedCookie("application", most_bytes=3400)
MOST = 4
KNOWN = "known"  # in a draft: from where it was filled in
NOT_KEPT = ("csrfmiddlewaretoken", "save")


def draft_of(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    """What was typed for this scheme; None when nothing was."""
    found = _drafts(request).get(slug)
    return dict(found) if isinstance(found, dict) else None


def keep_typed(request: HttpRequest, response: HttpResponse, slug: str) -> HttpResponse:
    """What was posted now, in the browser of whoever typed it."""
    return keep(request, response, slug, {name: one for name, one in request.POST.items() if name not in NOT_KEPT})


def keep(request: HttpRequest, response: HttpResponse, slug: str, typed: Mapping[str, Any]) -> HttpResponse:
    """This draft as the newest; older ones go when a browser would not keep them all. What is too much is not kept."""
    drafts = [(name, one) for name, one in _drafts(request).items() if name != slug][1 - MOST :]
    drafts.append((slug, dict(typed)))
    while drafts:
        try:
            return private(COOKIE.keep(response, COOKIE.seal(dict(drafts))))
        except TooLongError:
            drafts = drafts[1:]
    return private(response)


def forget(request: HttpRequest, response: HttpResponse, slug: str) -> HttpResponse:
    """Without the draft of this scheme: it was sent."""
    left = {name: one for name, one in _drafts(request).items() if name != slug}
    return private(COOKIE.keep(response, COOKIE.seal(left)) if left else COOKIE.wipe(response))


def _drafts(request: HttpRequest) -> dict[str, Any]:
    try:
        return dict(COOKIE.unseal(COOKIE.value(request)))
    except (ValueError, TypeError):
        return {}
