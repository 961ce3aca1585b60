"""Asking for money: one page, a receipt at once, and what happens next. What is typed stays in one's own browser."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.errors import OtherContentError
from dichterbij.domains.schemes.queries.cases import OwnCase, own_case
from dichterbij.domains.schemes.rules.written import written
from dichterbij.shared.errors import DichterbijError, NotFoundError, UnavailableError
from dichterbij.web.login.who import standing_of
from dichterbij.web.schemes import coming, present, turns
from dichterbij.web.schemes.forms import ApplicationForm
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import SealedCookie, TooLongError

COOKIE = SealedCookie("application", most_bytes=3000)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; on POST the application is received, once for its key."""
    scheme_or_404(slug)
    now = timezone.now()
    is_sent = request.method == "POST"
    # What is sent after the last second is received too, and its decision says that it came too late.
    found = (queries.opened_last if is_sent else queries.open_now)(scheme=slug, now=now)
    if request.POST.get("save"):
        return _keep(request, HttpResponse(status=204), slug)
    if found is None:
        return redirect("schemes:scheme", slug)
    turn = turns.turn_of(request, found)
    if turn.waits:
        page = private(render(request, "schemes/wait.html", {"card": _card(slug), "turn": turn}))
        return turns.keep(_keep(request, page, slug) if is_sent else page, turn)
    if not is_sent:
        form = ApplicationForm(found.scheme, initial=_typed_before(request, slug) or _known(request))
        return turns.keep(_page(request, slug, form), turn)
    form = ApplicationForm(found.scheme, request.POST)
    if not form.is_valid():
        return _keep(request, _page(request, slug, form, status=422), slug)
    return _receive(request, slug, form)


def _receive(request: HttpRequest, slug: str, form: ApplicationForm) -> HttpResponse:
    key: UUID = form.cleaned_data["key"]
    try:
        actions.receive(scheme=slug, key=key, applicant=form.applicant(), facts=written(form.facts()))
    except OtherContentError as error:
        number = error.fields["number"]
        problem = _("You sent this form before, as %(number)s, with other answers. That application stands.")
        return _page(request, slug, form, problem=problem % {"number": number}, again=True, status=409)
    except UnavailableError:
        problem = _("We could not keep your application just now. Nothing is lost: press the button again.")
        return _page(request, slug, form, problem=problem, status=503)
    except DichterbijError as error:
        return _page(request, slug, form, problem=error.message, status=409)
    return private(COOKIE.wipe(redirect("schemes:application", key)))


@require_safe
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt, and what happened and happens next. Only who sent it knows this address."""
    row = queries.by_key(key=key)
    if row is None:
        raise Http404("Nothing came with this key.")
    own = _case(row.number)
    context = {
        "row": row,
        "own": own,
        "card": present.card(scheme_or_404(row.scheme), timezone.now()),
        "steps": coming.steps(row, own, timezone.localdate()),
        "answer": coming.answer(row),
        "facts": coming.told(row),
    }
    return private(render(request, "schemes/application.html", context))


def _case(number: str) -> OwnCase | None:
    """The case of this application; None before an officer has it."""
    try:
        return own_case(number, on=timezone.localdate())
    except NotFoundError:
        return None


def _page(request: HttpRequest, slug: str, form: ApplicationForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"card": _card(slug), "form": form, **more}
    if more.get("again"):
        context["new_key"] = uuid4()
    return private(render(request, "schemes/apply.html", context, status=status))


def _card(slug: str) -> present.Card:
    return present.card(scheme_or_404(slug), timezone.now())


def _known(request: HttpRequest) -> dict[str, Any]:
    """What is known of who is signed in; and a key for this application."""
    standing = standing_of(request)
    name = (standing.organisation_name or standing.name) if standing else ""
    return {"organisation": name, "key": uuid4()}


def _typed_before(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    try:
        kept = COOKIE.unseal(COOKIE.value(request))
        return dict(kept[slug])
    except (ValueError, KeyError, TypeError):
        return None


def _keep(request: HttpRequest, response: HttpResponse, slug: str) -> HttpResponse:
    """What was typed, in the browser of whoever typed it; too much for a cookie is not kept, and still on the page."""
    typed = {name: value for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "save")}
    try:
        return private(COOKIE.keep(response, COOKIE.seal({slug: typed})))
    except TooLongError:
        return private(response)
