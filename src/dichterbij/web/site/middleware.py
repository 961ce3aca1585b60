"""What holds for every page: kept by nobody in between; and plain words and a way on while the database is gone."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from dichterbij.shared.errors import UnavailableError
from dichterbij.web.content.languages import language_of
from dichterbij.web.site.context import spoken

RETRY_AFTER_SECONDS = 10
log = logging.getLogger(__name__)


class NotShared:
    """Pages differ by what a browser brings along, so nobody in between may keep one and hand it to another visitor.

    A page behind a secret link is listed by no search engine either, whatever it answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True)
        match = request.resolver_match
        if match and "token" in match.kwargs:  # how every address with a secret in it names that
            response["X-Robots-Tag"] = "noindex"
        return response


class MethodRefused:
    """A page where a form belongs (opened by hand, or from history) says so in words, not with an empty answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.method not in ("GET", "POST"):
            return response
        page = render(request, "site/error_405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


class DatabaseUnavailable:
    """Turns a database that does not answer (in time) into a page with status 503; the next request tries again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for errors that pass by themselves; None, for the page of our own mistakes, for all others."""
        if not passes_by_itself(exception):
            return None
        # Only the kind: the text of a database error may quote what a visitor typed.
        log.warning("503 because of %s (%s)", type(exception).__name__, _state(exception))
        return unavailable(request)


def passes_by_itself(exception: BaseException | None) -> bool:
    """Whether it is no mistake of ours: something needed does not answer now, and will again."""
    return isinstance(exception, OperationalError | InterfaceError | UnavailableError)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page itself. Uses nothing that may be broken: no database, no base page."""
    again = request.path if request.method == "GET" else ""
    with translation.override(language_of(request.path)):
        page = render_to_string("site/error_503.html", {"again": again, **spoken()})
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def _state(exception: Exception) -> str:
    cause = exception.__cause__
    return getattr(cause, "sqlstate", None) or type(cause).__name__
