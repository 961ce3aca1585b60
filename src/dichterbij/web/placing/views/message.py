"""A message that was sent, behind its secret link: reference, what happens next, and taking it back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.network.queries import own_lead
from dichterbij.domains.network.rules import network_terms
from dichterbij.domains.openings import queries
from dichterbij.domains.openings.queries import MessageRow, SenderRow
from dichterbij.domains.openings.rules import NO_TITLE, load_terms
from dichterbij.domains.regions import queries as regions
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks.cards import language
from dichterbij.web.handover import proposing
from dichterbij.web.placing import sending, summary
from dichterbij.web.placing.ball import Ball, ball_of
from dichterbij.web.placing.desk import card_by_id, email_of
from dichterbij.web.site.national import national_desk
from dichterbij.web.site.private import private


@require_safe
def message(request: HttpRequest, token: str) -> HttpResponse:
    """The message as it was sent, and where it is now."""
    row = _found(token)
    sender = queries.sender_of(token=token, actor=sending.ACTOR, purpose="own message", now=timezone.now())
    link, back = request.build_absolute_uri(request.path), reverse("placing:withdraw", args=[token])
    return shown(request, row, sender, ball_of(token), {"link": link, "withdraw_url": back, "token": token})


def shown(
    request: HttpRequest, row: MessageRow, sender: SenderRow | None, ball: Ball | None, addresses: dict[str, str]
) -> HttpResponse:
    """The page, behind whichever door. `addresses`: `withdraw_url`; `link` and `token` (secret), or `back_url`."""
    draft = replace(sending.draft_of(row), place=regions.postcode(row.pc4).place)
    chapters = summary.chapters(replace(draft, title=NO_TITLE))
    if sender:
        own = replace(draft, own_tasks=sender.own_tasks, own_demands=sender.own_demands)
        values = {name: getattr(sender, name) for name in sender.__slots__}
        chapters = (*summary.chapters(own), summary.sender(values))
    terms = load_terms(on=timezone.localdate())
    context = {
        "message": row,
        "ball": ball,
        "longest": timezone.localdate(row.placed_at) + timedelta(days=terms.longest_days),
        "chapters": chapters,
        "is_forgotten": sender is None,
        "has_email": bool(sender and sender.email),
        "to_desk": row.letter("desk"),
        "to_sender": row.letter("copy"),
        "lead": _lead(row),
        "must_call": row.letter("desk") in ("sent", "unsure") and row.letter("withdrawal") in ("none", "refused"),
        "answer": terms.answer(row.region_code),
        "region": regions.region(row.region_code).name,
        "desk": (proposing.desk_card(ball.holder) if ball else None) or card_by_id(row.desk_id, row.pc4),
        "folder": sending.demo_folder(),
        "text": content_page("placing", "after", language()),
        **addresses,
    }
    return private(render(request, "placing/message.html", context))


def _lead(row: MessageRow) -> dict[str, Any] | None:
    """Who calls about the sites in other regions; None for a message that names none, or was taken back."""
    lead = own_lead(row.reference) if row.withdrawn_at is None and len(row.regions) > 1 else None
    if lead is None:
        return None
    party = network_terms(timezone.localdate()).parties.get(lead.party)
    names = {one.code: one.name for one in regions.regions()}
    return {
        "lead": lead, "party": party.in_language(language()) if party else "",
        "regions": [names.get(code, code) for code in lead.regions], "desk": national_desk(),
    }  # fmt: skip


@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take the message back; a second time does nothing."""
    row = _found(token)
    sending.withdraw(token, email_of(row.desk_id))
    return private(redirect("placing:message", token))


def _found(token: str) -> MessageRow:
    try:
        return queries.message_of(token=token)
    except NotFoundError:
        raise Http404(_("There is no such message. Is the link complete?")) from None
