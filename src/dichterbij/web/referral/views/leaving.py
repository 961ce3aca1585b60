"""Keeping the last day at school and the first contact after it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dichterbij.domains.referral import actions, queries
from dichterbij.shared.errors import DichterbijError, NotFoundError
from dichterbij.web.referral.failing import Failed, in_words, status_of
from dichterbij.web.referral.leaving import NO_DAY, LeavingForm
from dichterbij.web.referral.views import one
from dichterbij.web.referral.views.pages import desk
from dichterbij.web.site.private import private


@require_POST
def say(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Keep both days, or show the page with what is wrong."""
    actor, now = desk(request), timezone.now()
    try:
        row, _steps = queries.handover(actor=actor, handover=handover, now=now)
        form = LeavingForm(request.POST, may_contact=row.ball.holder == actor.organisation)
        if not form.is_valid():
            return one.show(request, handover, Failed(handover, "leaving", str(NO_DAY), 422))
        given = form.cleaned_data
        contact_on = given.get("contact_on", row.contact_on) if given["last_day"] else None
        version = request.POST.get("version", "")
        actions.say_leaving(
            actor=actor, handover=handover, version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            last_day=given["last_day"], contact_on=contact_on, now=now,
        )  # fmt: skip
    except NotFoundError:
        raise Http404 from None
    except DichterbijError as error:
        return one.show(request, handover, Failed(handover, "leaving", in_words(error), status_of(error)))
    told = urlencode({"gedaan": "leaving", "kenmerk": row.reference})
    return private(redirect(f"{reverse('referral:one', args=[handover])}?{told}"))
