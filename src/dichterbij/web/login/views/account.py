"""Somebody's own account: role, name, recovery codes, leaving."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.gateways.identity import read_providers
from dichterbij.web.login import session
from dichterbij.web.login.absence import note
from dichterbij.web.login.forms import AbsenceForm
from dichterbij.web.login.kept import kept_form
from dichterbij.web.login.landing import first_page
from dichterbij.web.login.views.pages import page
from dichterbij.web.login.who import signed_in, standing_of
from dichterbij.web.site.private import private


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one can do about it."""
    return _page(request, None)


@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    """One's own days away."""
    standing, now = signed_in(request), timezone.now()
    if standing.membership is None or not _has_work(standing):
        raise Http404
    form = _absence_form(request, standing)
    words = note(request.POST, form, actor=standing.actor, membership=standing.membership, now=now)
    return private(redirect("login:account")) if words else _page(request, form)


def _page(request: HttpRequest, form: AbsenceForm | None) -> HttpResponse:
    standing, on = signed_in(request), timezone.localdate()
    user = standing.actor.user
    context: dict[str, Any] = {
        "standing": standing,
        "roles": queries.memberships_of(user=user, on=on),
        "factor": queries.factor_of(user=user),
    }
    if standing.membership and _has_work(standing):
        member = queries.member(actor=standing.actor, membership=standing.membership, on=on)
        context |= {"member": member, "form": form or _absence_form(request, standing)}
    return page(request, "account.html", context, status=422 if form else 200)


def _has_work(standing: queries.Standing) -> bool:
    """Whether a colleague can do this work on days away: that of people who wait."""
    permissions = read_permissions(timezone.localdate())
    return permissions.reach(standing.actor.role, "hand_over", "person") is not None


def _absence_form(request: HttpRequest, standing: queries.Standing) -> AbsenceForm:
    held = standing.membership or 0
    colleagues = queries.colleagues(actor=standing.actor, membership=held, on=timezone.localdate())
    return AbsenceForm(request.POST if request.method == "POST" else None, colleagues=colleagues)


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest) -> HttpResponse:
    """Choose in which role to go on."""
    standing = signed_in(request)
    now = timezone.now()
    roles = queries.memberships_of(user=standing.actor.user, on=timezone.localdate(now))
    if request.method == "POST":
        chosen = next((row for row in roles if str(row.id) == request.POST.get("membership")), None)
        if chosen:
            going = request.session.get("going", "")
            session.change_role(request, chosen.id)
            actor = Actor(standing.actor.user, chosen.role, chosen.organisation, chosen.region)
            actions.choose_role(user=standing.actor.user, role=chosen.role, organisation=chosen.organisation, now=now)
            return private(redirect("login:kept" if kept_form(request) else first_page(actor, going)))
    problem = _("Choose one of your roles.") if request.method == "POST" else ""
    context = {"standing": standing, "roles": roles, "problem": problem}
    return page(request, "role.html", context, status=422 if problem else 200)


@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    standing = signed_in(request)
    user = standing.actor.user
    if not queries.factor_of(user=user).is_set_up:
        return private(redirect("login:account"))
    codes = actions.renew_recovery_codes(user=user, now=timezone.now())
    return page(request, "codes.html", {"codes": codes, "going": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def out(request: HttpRequest) -> HttpResponse:
    """Sign out, here or everywhere."""
    standing = standing_of(request)
    if request.method != "POST":
        return page(request, "out.html", {"standing": standing, "provider": _provider(request.GET.get("bij", ""))})
    key = request.session.get(session.PROVIDER, "")
    if standing:
        leave = actions.sign_out_everywhere if "everywhere" in request.POST else actions.sign_out
        leave(user=standing.actor.user, now=timezone.now())
    session.end(request)
    there = f"?{urlencode({'bij': key})}" if _provider(key) else ""
    return private(redirect(f"{reverse('login:out')}{there}"))


def _provider(key: str) -> dict[str, str] | None:
    """The provider where somebody may sign out as well, in words; None where there is none."""
    found = read_providers().get(key)
    if found is None:
        return None
    return {"key": found.key, "label": found.label.get(get_language() or "nl", found.label["nl"])}
