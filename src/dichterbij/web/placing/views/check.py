"""The whole message once more, beside how many people it reaches; then it goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.domains.openings import queries
from dichterbij.domains.openings.rules import load_terms
from dichterbij.gateways.often import TooOftenError, count_sending, network_address, take_back
from dichterbij.shared.errors import NotFoundError, UnavailableError
from dichterbij.web.placing import ball, cookie, sending, summary
from dichterbij.web.placing.cookie import Opened, open_draft
from dichterbij.web.placing.crowd import CrowdLoadingError, crowd
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.reach import Shown, shown
from dichterbij.web.placing.views.pages import must_first, page
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show the message; on POST send it, once."""
    opened = open_draft(request)
    if request.method == "POST":
        sent = _sent_before(request.POST.get("token", ""))
        if sent:
            return sent
    first = must_first(request, opened.draft, "placing:check")
    if first:
        return first
    return _send(request, opened) if request.method == "POST" else _page(request, opened)


def _sent_before(token: str) -> HttpResponse | None:
    """The page of the message that this form made before."""
    try:
        queries.message_of(token=token)
    except NotFoundError:
        return None
    return private(cookie.COOKIE.wipe(redirect("placing:message", token)))


def _send(request: HttpRequest, opened: Opened) -> HttpResponse:
    draft = opened.draft
    if request.POST.get("shown", _digest(draft)) != _digest(draft):
        problem = _(
            "You changed something since you saw this page, perhaps in another tab. Look once more, then send it."
        )
        return _page(request, opened, problem=problem, status=409)
    places = (network_address(request), draft.email)
    try:
        problem = _("You sent five messages this hour. Call the desk, or try again later.")
        count_sending("placing", *places, problem=problem)
        sending.place(draft, request.build_absolute_uri(reverse("placing:message", args=[draft.token])))
    except TooOftenError as error:
        return _page(request, opened, problem=error.message, status=429)
    except UnavailableError:
        take_back("placing", *places)
        problem = _(
            "We could not keep your message just now. Nothing is lost: try again in a moment, or call the desk."
        )
        return _page(request, opened, problem=problem, status=503)
    return private(cookie.COOKIE.wipe(redirect("placing:message", draft.token)))


def _digest(draft: Draft) -> str:
    """What was on the page that somebody pressed send on, in short; the key makes that it tells nothing."""
    return salted_hmac("placing.check", repr(draft), algorithm="sha256").hexdigest()


def _page(request: HttpRequest, opened: Opened, *, problem: str = "", status: int = 200) -> HttpResponse:
    draft = opened.draft
    context = {
        "chapters": (*summary.chapters(draft), summary.sender(vars(draft))),
        "reach": _reach(draft),
        "problem": problem,
        "answer_days": ball.answer_days(draft.pc4 or 0),
        "shown": _digest(draft),
        "keep_days": load_terms(on=timezone.localdate()).keep_sender_days,
        "sends_no_mail": bool(sending.demo_folder()),
    }
    return page(request, "check.html", context, opened=opened, status=status)


def _reach(draft: Draft) -> Shown | None:
    """The numbers; None while the invented people are made: nobody waits for those with a message to send."""
    try:
        return shown(draft, crowd(patience=0.5))
    except CrowdLoadingError:
        return None
