"""The page of the person, behind a secret link: who has the ball, until when, whom to call; and stopping it."""

from contextlib import suppress
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.queries import HandoverRow, StepRow
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks import words
from dichterbij.web.desks.cards import language
from dichterbij.web.handover import history, proposing, sending
from dichterbij.web.site.private import private


@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The hand-over as it is now."""
    row, steps = _found(token)
    onward = queries.goes_on_with(token=token)
    next_holder = onward.ball.holder if onward else None
    names = organisations([*row.organisations, next_holder, *(step.organisation for step in steps),
                           *(step.to_organisation for step in steps)])  # fmt: skip
    holder, link = names.get(row.ball.holder), request.build_absolute_uri(request.path)
    context = {
        "row": row,
        "token": token,
        "holder": holder,
        "owner": names.get(row.ball.owner),
        "sender": history.sender(row, names),
        "onward": onward,
        "onward_holder": names.get(onward.ball.holder) if onward else None,
        "history": history.lines(row, steps, names),
        "is_overdue": row.is_overdue(timezone.localdate()),
        "is_new": "nieuw" in request.GET,
        "link": link,
        "sms": f"sms:?&body={quote(_text_message(row.reference, link))}",
        "topic_words": words.topic(Topic(row.topic), Who.JOB_SEEKER),
        "region_name": areas.region(row.region).name if row.region != "NL" else "",
        "desk": proposing.desk_card(holder) or proposing.first_desk(row.region, Topic(row.topic)),
        "text": content_page("handover", "own", language()),
    }
    return private(render(request, "handover/own.html", context))


@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Stop it; a second time does nothing."""
    _found(token)
    with suppress(NotPossibleError):  # it has ended already, and the page says so
        sending.send(actions.withdraw_by_person(token=token, now=timezone.now()).id)
    return private(redirect(reverse("handover:own", args=[token])))


def _text_message(reference: str, link: str) -> str:
    text: str = gettext("Your hand-over %(code)s: %(link)s")
    return text % {"code": reference, "link": link}


def _found(token: str) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    try:
        return queries.handover_of(token=token)
    except NotFoundError:
        raise Http404(gettext("There is no such page. Is the link complete?")) from None
