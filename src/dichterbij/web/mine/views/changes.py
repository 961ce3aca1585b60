"""What somebody changes on their own page. Every change is one action; the page says afterwards what was done."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dichterbij.domains.people import actions
from dichterbij.domains.referral.queries.own import handovers_of
from dichterbij.gateways.sms import can_text
from dichterbij.web.handover import sending as letters
from dichterbij.web.mine import sending
from dichterbij.web.mine.door import Door, citizen, door
from dichterbij.web.mine.forms import CorrectForm
from dichterbij.web.mine.views.shared import own_page, shown
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """Change name, language and how one is reached."""
    opened = door(request, token=token, person=person)
    found = own_page(opened).person
    form = CorrectForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = actions.correct_person(
            person=opened.person, corrected=form.corrected(), by=opened.by, site=sending.site_of(request),
            by_text=can_text(), now=timezone.now(),
        )  # fmt: skip
        sending.leave(told)
        return _back(opened, "corrected")
    context = {"form": form, "links": opened.links}
    return shown(request, "correct.html", context, region=found.region, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_profile(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """Remove what was told about work."""
    opened = door(request, token=token, person=person)
    if request.method != "POST":
        return _back(opened)
    actions.remove_profile(person=opened.person, by=opened.by, now=timezone.now())
    return _back(opened, "work")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """Take back what was agreed to with one organisation; a second time changes nothing."""
    opened = door(request, token=token, person=person)
    if request.method != "POST":
        return _back(opened)
    try:
        organisation = UUID(request.POST.get("organisation", ""))
    except ValueError:
        raise Http404 from None
    actions.withdraw_consent(person=opened.person, organisation=organisation, by=opened.by, now=timezone.now())
    for row, _steps in handovers_of(person=opened.person):  # those that stopped with it, or go on elsewhere
        letters.send(row.id)
    return _back(opened, "withdrawn")


@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """A new secret link; the old one opens nothing any more."""
    opened = door(request, token=token, person=person)
    if request.method != "POST":
        return _back(opened)
    was_tied = opened.has_link and own_page(opened).has_account
    fresh = actions.new_token(person=opened.person, by=opened.by, now=timezone.now())
    return _back(Door(opened.person, opened.by, "mine", {"token": fresh}), "link-alone" if was_tied else "link")


@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """Keep the page with the account of the citizen who is signed in."""
    opened, actor = door(request, token=token, person=person), citizen(request)
    if request.method != "POST" or token is None:  # without one it is their account's already
        return _back(opened)
    if actor is None:
        raise Http404
    told = actions.tie_by_link(
        person=opened.person, token=token, actor=actor, site=sending.site_of(request), by_text=can_text(),
        now=timezone.now(),
    )  # fmt: skip
    sending.leave(told)
    return _back(opened, "tied")


@require_http_methods(["GET", "HEAD", "POST"])
def untie(request: HttpRequest, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """Take the page away from the account. Whoever came by that account asks a link after this."""
    opened = door(request, token=token, person=person)
    if request.method != "POST":
        return _back(opened)
    actions.untie_account(person=opened.person, by=opened.by, now=timezone.now())
    return _back(opened, "untied") if opened.has_link else private(redirect("mine:start"))


def _back(opened: Door, done: str = "") -> HttpResponse:
    """To the page, which says what was done; whoever only opens such an address gets there too."""
    return private(redirect(opened.to("page") + (f"?gedaan={done}" if done else "")))
