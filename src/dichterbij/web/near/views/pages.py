"""What all these pages share: they are never stored by anybody in between, and a lost cookie is said kindly."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dichterbij.web.near import closing
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE, Opened, keep, open_answers
from dichterbij.web.near.market import MarketLoadingError
from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import any_brought

View = Callable[..., HttpResponse]


class OpeningGoneError(Exception):
    """There is no such opening, or no longer."""


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    opened: Opened,
    answers: Answers | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page about this visitor. `answers`: what to keep from now on, when that changed."""
    context = {"dropped": opened.dropped, "has_answers": _has_answers(request, opened), **context}
    if "desk" not in context:
        context["desk"] = closing.desk_for(opened.answers)
    response = render(request, f"near/{template}", context, status=status)
    if answers is not None:
        keep(response, answers)
    elif opened.dropped:
        COOKIE.wipe(response)
    return private(response)


def moved(answers: Answers, to: str, *arguments: Any) -> HttpResponse:
    """On to another page, with these answers kept."""
    return private(keep(redirect(to, *arguments), answers))


def needs_market(view: View) -> View:
    """The view, or a page that asks to wait a moment while the openings are read for the first time."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except MarketLoadingError:
            response = render(request, "near/loading.html", status=503)
            response["Retry-After"] = "5"
            return private(response)

    return waiting


def says_when_gone(view: View) -> View:
    """The view, or a page that says that the opening is gone, with a way back to what is near."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OpeningGoneError:
            opened = open_answers(request)
            return page(request, "gone.html", {"told": opened.answers}, opened=opened, status=404)

    return answering


def _has_answers(request: HttpRequest, opened: Opened) -> bool:
    return any_brought(request) and not opened.dropped
