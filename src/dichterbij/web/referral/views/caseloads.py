"""Dividing the work of a desk: who has how many, and giving all of one colleague's to others; with a way back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries.receivers import OrganisationRow, desks_of, organisations
from dichterbij.domains.accounts.rules import Actor, Reach, read_permissions
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import HolderGoneError
from dichterbij.domains.referral.may import CASELOAD, PURPOSE
from dichterbij.domains.referral.queries import Caseload, DivisionRow, Tab, Team
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.referral.colleagues import away
from dichterbij.web.referral.views.pages import desk, page, uuid_of
from dichterbij.web.site.private import private

TOLD, NOBODY = "divided_words", "desk"


@require_http_methods(["GET", "HEAD", "POST"])
def caseloads(request: HttpRequest) -> HttpResponse:
    """Who has how many; a division is shown in numbers before it is made, and can be taken back after it."""
    actor = desk(request)
    organisation = _organisation(request, actor)
    do = request.POST.get("doen", "")
    try:
        if do == "show":
            return _preview(request, actor, organisation)
        if do == "divide":
            return _divide(request, actor, organisation)
        if do == "undo":
            return _undo(request, actor, organisation)
        return _shown(request, actor, organisation)
    except (NotAllowedError, NotFoundError):
        raise Http404 from None


def _preview(request: HttpRequest, actor: Actor, organisation: UUID) -> HttpResponse:
    loads = queries.caseloads(actor=actor, organisation=organisation, now=timezone.now())
    plan = _plan(request, loads)
    problem = "" if plan else gettext("Choose to whom this work goes.")
    return _shown(request, actor, organisation, plan=plan, problem=problem)


def _shown(
    request: HttpRequest, actor: Actor, organisation: UUID, *, plan: dict[str, Any] | None = None, problem: str = ""
) -> HttpResponse:
    now = timezone.now()
    loads = queries.caseloads(actor=actor, organisation=organisation, now=now)
    group = Team(actor.user, tuple(one.colleague for one in loads if one.colleague))
    kept = queries.divisions(actor=actor, organisation=organisation, now=now)
    context: dict[str, Any] = {
        "loads": [_line(one, group) for one in loads],
        "desks": _desks(actor, now),
        "chosen": organisation,
        "is_ours": organisation == actor.organisation,
        "name": organisations([organisation])[organisation].name,
        "plan": plan,
        "problem": problem,
        "told": request.session.pop(TOLD, ""),
        "ours": Tab.OURS,
        "divisions": [_division(one) for one in kept],
    }
    response = page(request, actor, "caseloads.html", context, tab=None, failed=None)
    response.status_code = 422 if problem else 200
    return response


def _line(load: Caseload, group: Team) -> dict[str, Any]:
    one = load.colleague
    others = [(str(other.user), other.name) for other in group.colleagues if one is None or other.user != one.user]
    return {
        "id": _id(load),
        "name": one.name if one else gettext("Nobody yet"),
        "about": away(group, one) if one and one.away_until else "",
        "is_me": one is not None and one.user == group.me,
        "count": load.count,
        "others": others,
        "is_nobody": one is None,
    }


def _division(row: DivisionRow) -> dict[str, Any]:
    shares = [(name or gettext("the desk, nobody in particular"), number) for name, number in row.shares]
    return {"row": row, "of": row.of or gettext("the desk"), "shares": shares}


def _id(load: Caseload) -> str:
    return str(load.colleague.user) if load.colleague else NOBODY


def _plan(request: HttpRequest, loads: tuple[Caseload, ...]) -> dict[str, Any] | None:
    """What would happen, in numbers; None when nobody was chosen."""
    of, to = request.POST.get("of", ""), _chosen(request)
    names = {str(one.colleague.user): one.colleague.name for one in loads if one.colleague}
    names[NOBODY] = gettext("the desk, nobody in particular")
    found = next((one for one in loads if _id(one) == of), None)
    if found is None or not to or of in to or any(one not in names for one in to):
        return None
    share, left = divmod(found.count, len(to))
    shares = [(names[one], share + (number < left)) for number, one in enumerate(to)]
    return {"of": of, "name": names[of] if of != NOBODY else gettext("the desk"), "count": found.count,
            "shares": shares, "to": to}  # fmt: skip


def _divide(request: HttpRequest, actor: Actor, organisation: UUID) -> HttpResponse:
    of, to = request.POST.get("of", ""), _chosen(request)
    if not to:
        return _shown(request, actor, organisation, problem=gettext("Choose to whom this work goes."))
    given = actions.divide(
        actor=actor, organisation=organisation, of=None if of == NOBODY else _uuid(of),
        to=[None if one == NOBODY else _uuid(one) for one in to], now=timezone.now(),
    )  # fmt: skip
    words = ngettext("%(n)s hand-over went over.", "%(n)s hand-overs went over.", len(given))
    return _back(request, actor, organisation, words % {"n": len(given)})


def _undo(request: HttpRequest, actor: Actor, organisation: UUID) -> HttpResponse:
    division = _uuid(request.POST.get("division", ""))
    try:
        back = actions.undo_divide(actor=actor, organisation=organisation, division=division, now=timezone.now())
    except HolderGoneError:
        problem = gettext("Whoever had this work does not work at this desk any more. Nothing moved: divide it anew.")
        return _shown(request, actor, organisation, problem=problem)
    words = gettext("%(n)s of %(all)s are with who had them before.") % {"n": back.back, "all": back.all}
    return _back(request, actor, organisation, words)


def _back(request: HttpRequest, actor: Actor, organisation: UUID, words: str) -> HttpResponse:
    request.session[TOLD] = words
    told = {} if organisation == actor.organisation else {"loket": str(organisation)}
    return private(redirect(f"{reverse('referral:caseloads')}{'?' if told else ''}{urlencode(told)}"))


def _organisation(request: HttpRequest, actor: Actor) -> UUID:
    asked = request.POST.get("loket") or request.GET.get("loket") or ""
    found = uuid_of(asked) if asked else actor.organisation
    if found is None:
        raise Http404
    return found


def _desks(actor: Actor, now: Any) -> list[OrganisationRow]:
    """The desks to choose from, for whoever may do this in the whole region."""
    reach = read_permissions(timezone.localdate(now)).reach(actor.role, PURPOSE, CASELOAD)
    return list(desks_of(actor.region)) if reach is Reach.REGION else []


def _chosen(request: HttpRequest) -> list[str]:
    return list(dict.fromkeys(request.POST.getlist("to")))


def _uuid(text: str) -> UUID:
    found = uuid_of(text)
    if found is None:
        raise Http404
    return found
