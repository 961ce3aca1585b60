"""The same person to another desk: nothing is asked twice."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people.queries import PersonRow
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import NotPossibleError, ThereAlreadyError
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.regions.rules.desk_kinds import Topic
from dichterbij.gateways.sms import can_text
from dichterbij.shared.errors import InputError, NotFoundError, UnavailableError
from dichterbij.web.handover import proposing, sending
from dichterbij.web.handover.forms import QuestionForm
from dichterbij.web.handover.sent import is_over, session_ended, token_for
from dichterbij.web.handover.views.give import context_of, desk_actor, initial_of
from dichterbij.web.handover.views.person_link import person_of
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Where to and what for; who it is, is known."""
    actor = desk_actor(request)
    if actor is None:
        raise Http404
    person = person_of(actor, handover)
    row, _steps = queries.handover(actor=actor, handover=handover, now=timezone.now())
    topic = proposing.asked_topic(request, Topic(row.topic))
    to = proposing.proposals(region=row.region, topic=topic, not_to=actor.organisation, on=timezone.localdate())
    empty, initial = partial(QuestionForm, to=to), initial_of(to, actor, topic) | {"question": row.question}
    if request.method == "POST" and "propose" in request.POST:
        form = empty(initial=initial | proposing.kept(request))
    else:
        form = empty(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid() and not session_ended(form, actor):
            token = _send(request, form, actor, person, row)
            if token:
                return private(redirect(reverse("handover:own", args=[token]) + "?nieuw=1"))
    context = context_of(form, to, row.region, topic)
    context |= {"person": person, "handover": row, "is_over": is_over(form, actor),
                "work_goes_along": person.profile is not None}  # fmt: skip
    return private(render(request, "handover/again.html", context, status=422 if form.errors else 200))


def _send(request: HttpRequest, form: QuestionForm, actor: Actor, person: PersonRow, row: HandoverRow) -> str:
    """The token of the new page; empty, with an error on the form, when it could not be sent."""
    cleaned = form.cleaned_data
    token = token_for(cleaned, "question", "to", "topic")
    new = actions.NewHandover(
        token=token,
        person=person.id,
        region=row.region,
        topic=form.topic_code.value,
        to=UUID(cleaned["to"]),
        question=cleaned["question"],
        agreed=bool(cleaned["agreed"]),
        language=person.language,
        link=request.build_absolute_uri(reverse("handover:own", args=[token])),
        result_goes_along=person.profile is not None,
        invented=person.invented,
        by_text=can_text(),
    )
    try:
        sending.send(actions.hand_over(by=actor, new=new, now=timezone.now()).id)
    except ThereAlreadyError as error:
        form.add_error("to", gettext("%(holder)s has this person already. Choose another desk.") % error.fields)
        form.there_already = _seen(actor, UUID(str(error.fields["handover"])))
        return ""
    except (InputError, NotPossibleError, UnavailableError, NotFoundError):
        form.add_error(None, gettext("It could not be sent now. Nothing is lost: try again, or call the desk below."))
        return ""
    return token


def _seen(actor: Actor, handover: UUID) -> str:
    """The number of this hand-over where the actor may open it; else empty."""
    try:
        return str(queries.handover(actor=actor, handover=handover, now=timezone.now())[0].id)
    except NotFoundError:
        return ""
