"""What an employer who is signed in asked here: who has it, until when. No link has to be kept for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.network.queries import own_leads
from dichterbij.domains.network.rules import network_terms
from dichterbij.domains.openings.queries.own import own_message, own_messages
from dichterbij.domains.referral.queries.employers import handovers_by_reference
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.desks.cards import language
from dichterbij.web.login.who import signed_in
from dichterbij.web.placing import sending
from dichterbij.web.placing.ball import ball_of_own
from dichterbij.web.placing.desk import card_by_id
from dichterbij.web.placing.views.message import shown
from dichterbij.web.site.private import private


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    standing, now = signed_in(request), timezone.now()
    messages = own_messages(actor=standing.actor, now=now)
    balls = handovers_by_reference(row.reference for row in messages)
    names = organisations(ball.ball.holder for ball in balls.values())
    today = timezone.localdate(now)
    leads, parties = own_leads([row.reference for row in messages]), network_terms(today).parties
    lines = []
    for row in messages:
        ball = balls.get(row.reference)
        card = None if ball else card_by_id(row.desk_id, row.pc4)
        holder = names.get(ball.ball.holder) if ball and ball.ball.holder else None
        lead = leads.get(row.reference)
        party = parties.get(lead.party) if lead else None
        lines.append({
            "message": row, "ball": ball, "is_late": bool(ball and ball.is_overdue(today)),
            "party": party.in_language(language()) if party else "",
            "holder": holder.name if holder else card.name if card else "",
        })  # fmt: skip
    desk = card_by_id(messages[0].desk_id, messages[0].pc4) if messages else None
    return private(render(request, "placing/mine.html", {"lines": lines, "standing": standing, "desk": desk}))


@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them, as behind its secret link."""
    actor = signed_in(request).actor
    try:
        row, sender = own_message(actor=actor, reference=reference, now=timezone.now())
    except NotFoundError:
        raise Http404(_("There is no such message. Is the link complete?")) from None
    addresses = {
        "withdraw_url": reverse("placing:mine-withdraw", args=[reference]), "back_url": reverse("placing:mine"),
    }  # fmt: skip
    return shown(request, row, sender, ball_of_own(reference), addresses)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back; after that it is not in the list: who asked is deleted."""
    try:
        sending.withdraw_own(signed_in(request).actor, reference)
    except NotFoundError:
        raise Http404(_("There is no such message. Is the link complete?")) from None
    return private(redirect(f"{reverse('placing:mine')}?ingetrokken=1"))
