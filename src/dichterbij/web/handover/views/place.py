"""Somebody opens the code of a finding place: counted on the day, and on to the form of its region."""

from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.queries import KnownPlace
from dichterbij.domains.regions.rules.desk_kinds import Topic
from dichterbij.web.campaign.visit import may_be_counted
from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import host_only

COOKIE = "place"
MOST_SECONDS = 60 * 60  # a shared computer in a library: the next one may come by another way


@require_safe
def come(request: HttpRequest, code: str) -> HttpResponse:
    """On to handing over, for oneself or with a helper; a code that is gone leads there too."""
    place = _known(code)
    if place is None:
        return private(redirect("handover:start"))
    if may_be_counted(request):
        with suppress(DatabaseError, InterfaceError):  # a number that cannot be kept keeps nobody waiting
            actions.count_opened(code=place.code, on=timezone.localdate())
    response = private(redirect("handover:give-self", place.region, Topic.WORK))
    response["X-Robots-Tag"] = "noindex"
    response.set_cookie(
        host_only(COOKIE), place.code, max_age=MOST_SECONDS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def place_of(request: HttpRequest) -> KnownPlace | None:
    """The finding place that this browser came by, within the last hour."""
    code = request.COOKIES.get(host_only(COOKIE), "")
    return _known(code) if code else None


def _known(code: str) -> KnownPlace | None:
    try:
        return queries.place_of_code(code, on=timezone.localdate())
    except (DatabaseError, InterfaceError):
        return None
