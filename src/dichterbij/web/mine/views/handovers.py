"""What was handed over about somebody, from their own page."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.referral.actions.own import withdraw_own
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.queries.own import handovers_of
from dichterbij.web.handover import sending
from dichterbij.web.handover.one_page import shown
from dichterbij.web.mine.door import door
from dichterbij.web.site.private import private


@require_safe
def one(request: HttpRequest, handover: UUID, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """One of them: who has the ball, until when, what happened."""
    opened = door(request, token=token, person=person)
    for row, steps in handovers_of(person=opened.person):
        if row.id == handover:
            context = {
                "stop_url": opened.to("stop", handover=handover),
                "back_url": opened.to("page"),
                "onward_url": opened.to("handover", handover=row.onward) if row.onward else "",
            }
            return shown(request, row, steps, context)
    raise Http404(gettext("There is no such page."))


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, handover: UUID, token: str | None = None, person: UUID | None = None) -> HttpResponse:
    """Stop one; a second time does nothing."""
    opened = door(request, token=token, person=person)
    if request.method == "POST":
        with suppress(NotPossibleError):
            sending.send(withdraw_own(person=opened.person, handover=handover, now=timezone.now()).id)
    return private(redirect(opened.to("handover", handover=handover)))
