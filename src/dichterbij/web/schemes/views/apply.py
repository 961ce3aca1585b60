"""Asking for money: one page, a receipt at once, and what happens next. What is typed stays in one's own browser."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.errors import OtherContentError
from dichterbij.domains.schemes.rules.applying import applying
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.procedure.payments import masked
from dichterbij.domains.schemes.rules.written import written
from dichterbij.gateways import outbox
from dichterbij.shared.errors import DichterbijError, UnavailableError
from dichterbij.web.login.who import kvk_of, standing_of
from dichterbij.web.schemes import confirming, drafts, present, turns
from dichterbij.web.schemes.application_form import ApplicationForm, Before, Signed
from dichterbij.web.schemes.present import hidden
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; on POST the application is received, once for its key."""
    scheme_or_404(slug)
    now = timezone.now()
    is_sent = request.method == "POST"
    # What is sent after the last second is received too, and its decision says that it came too late.
    found = (queries.opened_last if is_sent else queries.open_now)(scheme=slug, now=now)
    if request.POST.get("save"):
        return drafts.keep_typed(request, HttpResponse(status=204), slug)
    if found is None:
        return redirect("schemes:scheme", slug)
    kvk = kvk_of(request)
    if not kvk and not applying(slug).without_sign_in:
        page = _sign_in(request, slug, status=403 if is_sent else 200)
        return drafts.keep_typed(request, page, slug) if is_sent else page
    turn = turns.turn_of(request, found)
    if turn.waits:
        page = private(render(request, "schemes/wait.html", {"card": _card(slug), "turn": turn}))
        return turns.keep(drafts.keep_typed(request, page, slug) if is_sent else page, turn)
    known = queries.known_of(kvk=kvk) if kvk else None
    signed = _signed(request, kvk, known)
    if not is_sent:
        initial = {**_known(request, known), **(drafts.draft_of(request, slug) or {})}
        before = None if known else _before(initial.get("before"))
        return turns.keep(_page(request, slug, ApplicationForm(found.scheme, None, initial, signed, before)), turn)
    form = ApplicationForm(found.scheme, request.POST, None, signed, _before(request.POST.get("before")))
    if not form.is_valid():
        return drafts.keep_typed(request, _page(request, slug, form, status=422), slug)
    return _receive(request, slug, form)


def _receive(request: HttpRequest, slug: str, form: ApplicationForm) -> HttpResponse:
    key: UUID = form.cleaned_data["key"]
    contact = form.contact(language=(get_language() or "nl")[:2], link=confirming.link_to(request))
    try:
        done = actions.receive(
            scheme=slug, key=key, applicant=form.applicant(), facts=written(form.facts()), contact=contact,
            confirm=confirming.confirming(form.scheme, contact),
        )  # fmt: skip
    except OtherContentError as error:
        number = error.fields["number"]
        problem = _("You sent this form before, as %(number)s, with other answers. That application stands.")
        return _page(request, slug, form, problem=problem % {"number": number}, again=True, status=409)
    except UnavailableError:
        problem = _("We could not keep your application just now. Nothing is lost: press the button again.")
        return _page(request, slug, form, problem=problem, status=503)
    except DichterbijError as error:
        return _page(request, slug, form, problem=error.message, status=409)
    outbox.leave(done.number, actor=confirming.ACTOR)
    return drafts.forget(request, redirect("schemes:application", key), slug)


def _page(request: HttpRequest, slug: str, form: ApplicationForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "card": _card(slug),
        "form": form,
        "parts": list(form.parts()),
        "known": form.initial.get(drafts.KNOWN, ""),
        "may_sign_in": standing_of(request) is None,
        **more,
    }
    if more.get("again"):
        context["new_key"] = uuid4()
    return private(render(request, "schemes/apply.html", context, status=status))


def _sign_in(request: HttpRequest, slug: str, *, status: int) -> HttpResponse:
    context = {"card": _card(slug), "standing": standing_of(request), "next": request.path}
    return private(render(request, "schemes/sign_in.html", context, status=status))


def _card(slug: str) -> present.Card:
    return present.card(scheme_or_404(slug), timezone.now())


def _signed(request: HttpRequest, kvk: str, known: queries.Known | None) -> Signed:
    """Who is signed in as an undertaking. Its name is that of the account, or of an earlier application."""
    standing = standing_of(request)
    if not kvk or standing is None:
        return Signed()
    return Signed(kvk, standing.name or (known.organisation if known else ""))


def _before(given: object) -> Before | None:
    """The earlier application that this one follows: only who sent that one has its key."""
    try:
        row = queries.by_key(key=UUID(str(given)))
    except ValueError:
        return None
    contact = queries.contact_of(row.number) if row else None
    if row is None or contact is None:
        return None
    known = NewContact(contact.email, contact.sure_account)
    return Before(row.number, known, hidden(contact.email), masked(contact.sure_account))


def _known(request: HttpRequest, known: queries.Known | None) -> dict[str, Any]:
    """What is known of who is signed in, from the account and an earlier application; and a key for this one."""
    standing = standing_of(request)
    told: dict[str, Any] = {"key": uuid4()}
    if standing:
        told |= {"organisation": standing.organisation_name or standing.name, "email": standing.email}
    if known:
        told |= {"group": known.group, "account": known.account, drafts.KNOWN: "application"}
        told |= {"email": known.email} if known.email else {}
    return told
