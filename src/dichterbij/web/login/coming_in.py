"""The last step of every way in: the role is chosen, the session begins."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dichterbij.domains.accounts import actions, queries
from dichterbij.web.login import session
from dichterbij.web.login.kept import kept_form
from dichterbij.web.login.landing import first_page, safe_next
from dichterbij.web.login.views.pages import page
from dichterbij.web.site.private import private


def come_in(
    request: HttpRequest, user: UUID, *, how: str, next_path: str, now: datetime, provider: str = "", kvk: str = ""
) -> HttpResponse:
    """Begin the session. With several roles the first is taken and the page to choose comes next."""
    on = timezone.localdate(now)
    roles = queries.memberships_of(user=user, on=on)
    membership = roles[0].id if roles else None
    standing = queries.standing(user=user, membership=membership, on=on)
    if standing is None:
        session.end(request)
        return page(request, "no_role.html", {}, status=403)
    session.begin(request, user, membership, now, provider, kvk)
    actions.sign_in(user=user, how=how, now=now)
    if len(roles) > 1:
        request.session["going"] = safe_next(next_path)
        return private(redirect("login:role"))
    return private(redirect("login:kept" if kept_form(request) else first_page(standing.actor, next_path)))


def ask_code(request: HttpRequest, user: UUID, *, next_path: str, now: datetime, provider: str = "") -> HttpResponse:
    """Halfway: on to the second factor, or to setting it up."""
    session.begin_halfway(request, user, next_path, now, provider)
    is_set_up = queries.factor_of(user=user).is_set_up
    return private(redirect("login:code" if is_set_up else "login:set-up"))
