"""One move from the list or from the page of a hand-over: accept, return, send on, finish, take back."""

import secrets
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import GoneOnError, OnwardNeededError
from dichterbij.domains.referral.queries import HandoverRow, Tab
from dichterbij.domains.referral.rules import Ending, Level, State
from dichterbij.gateways.sms import can_text
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError
from dichterbij.web.handover import sending
from dichterbij.web.referral.colleagues import chosen
from dichterbij.web.referral.failing import Failed, in_words, status_of
from dichterbij.web.referral.tabs import tab_of
from dichterbij.web.referral.views import listing, one
from dichterbij.web.referral.views.pages import desk, uuid_of
from dichterbij.web.site.private import private

MOVES = ("accept", "return", "redirect", "close", "withdraw", "take", "give")


@require_POST
def move(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Do it, or show the same page with what is wrong and everything that was typed."""
    actor, name = desk(request), request.POST.get("move", "")
    if name not in MOVES:
        raise Http404
    token = secrets.token_urlsafe(32)
    try:
        row = _do(request, actor, handover, name, token)
    except NotFoundError:
        raise Http404 from None
    except DichterbijError as error:
        return _again(request, _failed(request, handover, name, error))
    sending.send(row.id)
    if row.onward:
        sending.send(row.onward)
    if row.onward and not row.is_employer:
        return private(redirect(reverse("handover:own", args=[token]) + "?nieuw=1"))  # the link, once, for the person
    return _onward(request, row, name)


def _do(request: HttpRequest, actor: Actor, handover: UUID, name: str, token: str) -> HandoverRow:
    now, version = timezone.now(), _version(request)
    reason, to = request.POST.get("reason", ""), uuid_of(request.POST.get("to", ""))
    if name == "accept":
        return actions.accept(actor=actor, handover=handover, version=version, now=now)
    if name == "return":
        return actions.give_back(actor=actor, handover=handover, version=version, reason=reason, now=now)
    if name == "withdraw":
        return actions.withdraw(actor=actor, handover=handover, version=version, reason=reason, now=now)
    if name == "redirect":
        if to is None:
            raise OnwardNeededError("Choose a desk.")
        return actions.redirect(
            actor=actor, handover=handover, version=version, to=to, reason=reason, now=now,
            agreed="agreed" in request.POST,
        )  # fmt: skip
    if name in ("take", "give"):
        colleague = actor.user if name == "take" else chosen(request.POST.get("colleague", ""))
        return actions.give(actor=actor, handover=handover, version=version, to=colleague, now=now)
    return _close(request, actor, handover, version, token)


def _close(request: HttpRequest, actor: Actor, handover: UUID, version: int, token: str) -> HandoverRow:
    """With `not_suitable`: on to another desk, in the same moment."""
    now, to = timezone.now(), uuid_of(request.POST.get("to", ""))
    try:
        ending = Ending(request.POST.get("ending", ""))
    except ValueError:
        raise InputError("Choose how it ended.", field="ending") from None
    onward = None
    if ending is Ending.NOT_SUITABLE:
        if to is None:
            raise OnwardNeededError("Choose a desk.")
        row, _steps = queries.handover(actor=actor, handover=handover, now=now)
        question = request.POST.get("reason", "").strip() or row.question
        onward = actions.NewHandover(
            token=token, person=row.about, region=row.region, topic=row.topic, to=to, question=question,
            agreed="agreed" in request.POST, language=row.language,
            link=request.build_absolute_uri(reverse("handover:own", args=[token])),
            result_goes_along=row.result_goes_along, invented=row.invented, by_text=can_text(),
        )  # fmt: skip
    return actions.close(
        actor=actor, handover=handover, version=version, ending=ending, onward=onward, now=now,
        answer=request.POST.get("answer", ""),
    )  # fmt: skip


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _failed(request: HttpRequest, handover: UUID, name: str, error: DichterbijError) -> Failed:
    given = request.POST
    return Failed(
        handover, name, in_words(error), status_of(error), reason=given.get("reason", "")[:1000],
        is_gone=isinstance(error, GoneOnError), answer=given.get("answer", "")[:1000],
        to=given.get("to", ""), ending=given.get("ending", ""),
    )  # fmt: skip


def _again(request: HttpRequest, failed: Failed) -> HttpResponse:
    tab = tab_of(request.POST.get("tab", ""))
    if tab is None and not failed.is_gone:
        return one.show(request, failed.handover, failed)
    return listing.show(request, tab or Tab.ACCEPT, failed)


def _onward(request: HttpRequest, row: HandoverRow, name: str) -> HttpResponse:
    """Accepted: to the page with the number to call. Otherwise back to the list."""
    done = {"accept": "accepted", "return": "returned", "redirect": "redirected", "close": "closed",
            "withdraw": "withdrawn", "take": "taken", "give": "given"}[name]  # fmt: skip
    if name == "return" and row.ball.level in (Level.COORDINATOR, Level.NATIONAL):
        done = "up"
    told = urlencode({"gedaan": done, "kenmerk": row.message or row.reference})
    if name == "accept" or (row.state is State.ACCEPTED and tab_of(request.POST.get("tab", "")) is None):
        return redirect(f"{reverse('referral:one', args=[row.id])}?{told}")
    tab = tab_of(request.POST.get("tab", "")) or Tab.ACCEPT
    return redirect(f"{reverse('referral:tab', args=[tab])}?{told}")
