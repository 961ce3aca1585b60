"""Who asks for a page, from the session."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from dichterbij.domains.accounts.queries import Standing
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.web.login import session
from dichterbij.web.login.session import KVK, MEMBERSHIP, USER

__all__ = ["MEMBERSHIP", "USER", "actor_of", "kvk_of", "signed_in", "standing_of"]


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is signed in, in the role chosen; None when nobody is, or when that role has ended."""
    found = standing_of(request)
    return found.actor if found else None


def standing_of(request: HttpRequest) -> Standing | None:
    """As `actor_of`, with names. Asked once a request; a browser without a session costs nothing."""
    if not hasattr(request, "_standing"):
        is_there = settings.SESSION_COOKIE_NAME in request.COOKIES
        request._standing = session.standing(request, timezone.now()) if is_there else None  # type: ignore[attr-defined]
    found: Standing | None = request._standing  # type: ignore[attr-defined]
    return found


def kvk_of(request: HttpRequest) -> str:
    """The KVK number for which an employer is signed in (eHerkenning); empty when nobody is, or without a number."""
    standing = standing_of(request)
    return str(request.session.get(KVK, "")) if standing and standing.actor.role is Role.EMPLOYER else ""


def signed_in(request: HttpRequest) -> Standing:
    """For pages that the doorkeeper opens only to somebody; "no such page" should it ever let nobody through."""
    found = standing_of(request)
    if found is None:
        raise Http404
    return found
