"""Who works where: list and search, absence, a new app for codes, and leaving."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries import MemberRow
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.may import DATA, PURPOSE
from dichterbij.domains.referral.queries import caseload_size, goes_up
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.login.absence import note
from dichterbij.web.login.forms import AbsenceForm
from dichterbij.web.login.who import signed_in
from dichterbij.web.manage.views.pages import done, page
from dichterbij.web.site.private import private

MOST = 25


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody within reach, by name; and invitations that nobody took up yet."""
    actor, now = signed_in(request).actor, timezone.now()
    search = request.GET.get("zoek", "")[:100]
    number = max(1, _number(request.GET.get("pagina", "1")))
    found = queries.members(
        actor=actor, search=search, on=timezone.localdate(now), first=(number - 1) * MOST, most=MOST
    )
    context = {
        "members": found.rows,
        "count": found.count,
        "search": search,
        "before": number - 1,
        "after": number + 1 if number * MOST < found.count else 0,
        "invitations": queries.open_invitations(actor=actor, now=now, on=timezone.localdate(now)),
    }
    return page(request, "members.html", context)


@require_safe
def member(request: HttpRequest, membership: int) -> HttpResponse:
    """One of them, and what can be done."""
    actor, on = signed_in(request).actor, timezone.localdate()
    row = _row(actor, membership, on)
    return _page(request, row, AbsenceForm(None, colleagues=_colleagues(actor, row, on)))


@require_POST
def absence(request: HttpRequest, membership: int) -> HttpResponse:
    """Plan days away, or call them off."""
    actor, now = signed_in(request).actor, timezone.now()
    on = timezone.localdate(now)
    row = _row(actor, membership, on)
    form = AbsenceForm(request.POST, colleagues=_colleagues(actor, row, on))
    words = note(request.POST, form, actor=actor, membership=row.id, now=now)
    return done(request, words, "manage:member", row.id) if words else _page(request, row, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, membership: int) -> HttpResponse:
    """The role ends, after one question: to whom the work goes that this colleague has open."""
    actor, now = signed_in(request).actor, timezone.now()
    row = _row(actor, membership, timezone.localdate(now))
    if request.method != "POST":
        return _end_page(request, row)
    try:
        work_to = [UUID(one) for one in request.POST.getlist("to")]
        actions.end_membership(actor=actor, membership=row.id, now=now, work_to=work_to)
    except NotAllowedError:
        return _end_page(request, row, _("This is the last administrator. Make another one first."), status=409)
    except NotPossibleError:
        words = _("This is the last one of this desk, and nobody stands above it. Invite a colleague first.")
        return _end_page(request, row, words, status=409)
    except (NotFoundError, ValueError):
        return _end_page(request, row, _("Choose colleagues who work there now."), status=422)
    if row.user == actor.user and row.id == signed_in(request).membership:
        return private(redirect("login:out"))
    words = _("%(name)s no longer has this role, and is signed out.") % {"name": row.name or row.email}
    return done(request, words, "manage:members")


def _end_page(request: HttpRequest, row: MemberRow, problem: str = "", *, status: int = 200) -> HttpResponse:
    actor, on = signed_in(request).actor, timezone.localdate()
    asks = row.seen_by(actor)
    there = queries.coworkers(actor=asks, organisation=row.organisation, what=(PURPOSE, DATA), on=on)
    is_last = queries.works_alone(actor=asks, membership=row.id, what=(PURPOSE, DATA), on=on)
    context = {
        "goes_up": goes_up(organisation=row.organisation, on=on) if is_last else (),
        "member": row,
        "problem": problem,
        "is_me": row.user == actor.user,
        "open": caseload_size(organisation=row.organisation, user=row.user),
        "colleagues": [one for one in there if one.user != row.user],
        "chosen": request.POST.getlist("to"),
    }
    return page(request, "end.html", context, status=status)


@require_POST
def reset(request: HttpRequest, membership: int) -> HttpResponse:
    """Phone and codes are lost: a new app at the next sign-in."""
    actor, now = signed_in(request).actor, timezone.now()
    row = _row(actor, membership, timezone.localdate(now))
    try:
        actions.reset_factor(actor=actor, membership=row.id, now=now)
    except NotAllowedError:
        words = _("Somebody else must do this: an administrator, or a coordinator of all regions this person works in.")
        return done(request, words, "manage:member", row.id)
    words = _("At the next sign-in %(name)s sets up a new app for codes.") % {"name": row.name or row.email}
    return done(request, words, "manage:member", row.id)


def _page(request: HttpRequest, row: MemberRow, form: AbsenceForm, *, status: int = 200) -> HttpResponse:
    is_me = row.user == signed_in(request).actor.user
    return page(request, "member.html", {"member": row, "form": form, "is_me": is_me}, status=status)


def _row(actor: Actor, membership: int, on: date) -> MemberRow:
    try:
        return queries.member(actor=actor, membership=membership, on=on)
    except NotFoundError:
        raise Http404 from None


def _colleagues(actor: Actor, row: MemberRow, on: date) -> tuple[queries.Colleague, ...]:
    return queries.colleagues(actor=actor, membership=row.id, on=on)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
