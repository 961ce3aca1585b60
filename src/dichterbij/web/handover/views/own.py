"""The page of the person, behind a secret link: who has the ball, until when, whom to call; and stopping it."""

from contextlib import suppress
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.people import queries as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.post.queries import states
from dichterbij.domains.post.rules import LetterState
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.actions.own import withdraw_own
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.queries import HandoverRow, StepRow
from dichterbij.domains.referral.queries.own import goes_on
from dichterbij.gateways.often import TooOftenError, count_sending, network_address
from dichterbij.gateways.sms import can_text
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.handover import sending
from dichterbij.web.handover.one_page import shown
from dichterbij.web.handover.sent import KNOWN
from dichterbij.web.login.who import actor_of
from dichterbij.web.mine.sending import send_to_person
from dichterbij.web.mine.views.asking import link_over
from dichterbij.web.site.private import private

ASKED = "asking a link from a hand-over"
MOST_ASKED = 20  # an hour, from one hand-over or one network address: people press again


@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The hand-over as it is now; for a link that opens nothing the way to a link to one's own page."""
    try:
        row, steps = _found(token)
    except Http404:
        return link_over(request)
    link = request.build_absolute_uri(request.path)
    context = {
        "is_new": "nieuw" in request.GET,
        "known_elsewhere": _known_elsewhere(request, row),
        "link": link,
        "sms": f"sms:?&body={quote(_text_message(row.reference, link))}",
        "stop_url": reverse("handover:withdraw", args=[token]),
        "onward_url": reverse("handover:onward", args=[token]),
        "is_refused": _is_refused(row),
        **_key(request, row, token),
    }
    return shown(request, row, steps, context)


@require_safe
def onward(request: HttpRequest, token: str) -> HttpResponse:
    """What came in place of a hand-over that ended: whoever has its link reads on here."""
    row, steps = _onward(token)
    link = request.build_absolute_uri(request.path)
    context = {
        "link": link,
        "sms": f"sms:?&body={quote(_text_message(row.reference, link))}",
        "stop_url": reverse("handover:withdraw-onward", args=[token]),
        "back_url": reverse("handover:own", args=[token]),
    }
    return shown(request, row, steps, context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Stop it; a second time does nothing."""
    _found(token)
    if request.method == "POST":
        with suppress(NotPossibleError):  # it has ended already, and the page says so
            sending.send(actions.withdraw_by_person(token=token, now=timezone.now()).id)
    return private(redirect(reverse("handover:own", args=[token])))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_onward(request: HttpRequest, token: str) -> HttpResponse:
    """Stop what came in its place."""
    row, _steps = _onward(token)
    if request.method == "POST" and row.person:
        with suppress(NotPossibleError):
            sending.send(withdraw_own(person=row.person, handover=row.id, now=timezone.now()).id)
    return private(redirect(reverse("handover:onward", args=[token])))


@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, token: str) -> HttpResponse:
    """Send the link of the own page to the address of the person: whoever handed them over has this page too."""
    row, _steps = _found(token)
    page = reverse("handover:own", args=[token])
    if request.method != "POST" or row.person is None:
        return private(redirect(page))
    with suppress(TooOftenError):  # the answer is the same
        count_sending(ASKED, row.reference, network_address(request), problem=ASKED, most=MOST_ASKED)
        send_to_person(request, row.person, Through("self", row.reference))
    return private(redirect(f"{page}?link=1#mijn-gegevens"))


def _known_elsewhere(request: HttpRequest, row: HandoverRow) -> bool:
    """For the desk that just handed over, once."""
    if "nieuw" not in request.GET or actor_of(request) is None:
        return False
    return bool(request.session.pop(KNOWN, "") == row.reference)


def _is_refused(row: HandoverRow) -> bool:
    """Whether the newest letter to the person was refused: whoever handed them over, and they, read it here."""
    found = states([row.reference], now=timezone.now()).get(row.reference, {})
    return LetterState.REFUSED in (found.get("person"), found.get("person_sms"))


def _key(request: HttpRequest, row: HandoverRow, token: str) -> dict[str, object]:
    """Where the link of the own page would go. Said only after it was asked, always in the same words."""
    if row.person is None or row.is_forgotten:
        return {}
    hint = people.reach_hint(row.person)
    can_be_sent = "@" in hint or (bool(hint) and can_text())
    return {
        "key_url": reverse("handover:key", args=[token]) if can_be_sent else "",
        "key_hint": hint if can_be_sent and "link" in request.GET else "",
        "shows_key": True,
    }


def _onward(token: str) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    found = goes_on(_found(token)[0])
    if found is None:
        raise Http404(gettext("There is no such page. Is the link complete?"))
    return found


def _text_message(reference: str, link: str) -> str:
    text: str = gettext("Your hand-over %(code)s: %(link)s")
    return text % {"code": reference, "link": link}


def _found(token: str) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    try:
        found = queries.handover_of(token=token)
        if found[0].is_employer:
            raise NotFoundError("An employer's message has a page of its own.")
        return found
    except NotFoundError:
        raise Http404(gettext("There is no such page. Is the link complete?")) from None
