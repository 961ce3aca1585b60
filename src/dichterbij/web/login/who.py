"""Who asks for a page, from the session."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from dichterbij.domains.accounts import queries
from dichterbij.domains.accounts.rules import Actor

USER, MEMBERSHIP = "user", "membership"


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is signed in, in the role chosen; None when nobody is, or when that role has ended. Asked once a request."""
    if not hasattr(request, "_actor"):
        request._actor = _actor(request)  # type: ignore[attr-defined]
    actor: Actor | None = request._actor  # type: ignore[attr-defined]
    return actor


def _actor(request: HttpRequest) -> Actor | None:
    user, membership = request.session.get(USER), request.session.get(MEMBERSHIP)
    if not user:
        return None
    return queries.actor(user=UUID(user), membership=membership, on=timezone.localdate())
