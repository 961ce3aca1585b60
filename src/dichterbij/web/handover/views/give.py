"""Handing somebody over: where they live, and then one page."""

import secrets
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.rules import NewPerson
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.queries import agreement
from dichterbij.domains.referral.rules import Income, load_terms
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.gateways.often import TooOftenError, count_sending, network_address, take_back
from dichterbij.gateways.sms import can_text
from dichterbij.shared.errors import InputError, NotFoundError, UnavailableError
from dichterbij.web.desks import words
from dichterbij.web.desks.cards import language
from dichterbij.web.handover import proposing, sending
from dichterbij.web.handover.brought import may_go_along
from dichterbij.web.handover.forms import GiveForm, QuestionForm, WhereForm
from dichterbij.web.handover.sent import KNOWN, is_over, keeper, known_elsewhere, session_ended, token_for
from dichterbij.web.handover.views.place import place_of
from dichterbij.web.login.who import actor_of
from dichterbij.web.near import esco, readout
from dichterbij.web.near.answers import Answers, person_row
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.site.private import private

TOO_OFTEN = "handing over without an account"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Asks who it is about and where they live; skipped where this device or this desk already says where."""
    actor = desk_actor(request)
    form = WhereForm(request.POST or None, is_desk=actor is not None)
    if request.method == "POST" and form.is_valid():
        return redirect("handover:give-self" if form.is_self else "handover:give", form.region, form.topic_code)
    known = _known_region(request, actor)
    if request.method != "POST" and known and "anders" not in request.GET:
        return redirect("handover:give", known, Topic.WORK)
    return private(render(request, "handover/start.html", {"form": form}, status=422 if form.errors else 200))


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, region: str, topic: Topic, *, is_self: bool = False) -> HttpResponse:
    """Who, where to, what for, yes: and it is sent. `is_self`: somebody asks for themselves."""
    actor, answers = desk_actor(request), open_answers(request).answers
    if is_self and actor:
        return private(redirect("handover:give", region, topic))
    topic = proposing.asked_topic(request, topic)
    to = proposing.proposals(
        region=region, topic=topic, not_to=actor.organisation if actor else None, on=timezone.localdate()
    )
    has_result = may_go_along(request, answers)
    empty = partial(GiveForm, to=to, has_result=has_result, is_desk=actor is not None, is_self=is_self)
    initial = initial_of(to, actor, topic)
    if request.method == "POST" and "propose" in request.POST:
        form = empty(initial=initial | proposing.kept(request))
    else:
        form = empty(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid() and not session_ended(form, actor):
            token = _send(request, form, actor, answers, region, is_self=is_self)
            if token:
                return private(redirect(reverse("handover:own", args=[token]) + "?nieuw=1"))
    context = context_of(form, to, region, topic) | {
        "place": None if actor else place_of(request),
        "actor": actor,
        "is_self": is_self,
        "is_over": is_over(form, actor),
        "keeper": keeper(actor),
        "told": readout.rows(answers) if has_result else (),
    }
    return private(render(request, "handover/give.html", context, status=422 if form.errors else 200))


def desk_actor(request: HttpRequest) -> Actor | None:
    """Who is signed in for an organisation that hands people over; everybody else hands over without an account."""
    actor = actor_of(request)
    if actor is None or actor.organisation is None:
        return None
    may = read_permissions(timezone.localdate()).reach(actor.role, "hand_over", "hand_over")
    return actor if may else None


def _send(
    request: HttpRequest, form: GiveForm, actor: Actor | None, answers: Answers, region: str, *, is_self: bool
) -> str:
    """The token of the person's page; empty, with an error on the form, when it could not be sent."""
    places = (network_address(request),) if actor is None else ()
    most = load_terms(on=timezone.localdate()).an_hour_per_place
    try:
        count_sending(TOO_OFTEN, *places, problem=TOO_OFTEN, most=most)
    except TooOftenError:
        form.add_error(None, gettext("That is a lot in one hour from this place. Call the desk, or try again later."))
        return ""
    try:
        return _hand_over(request, form, actor, answers, region, is_self=is_self)
    except (InputError, NotPossibleError, UnavailableError, NotFoundError):
        take_back(TOO_OFTEN, *places)
        form.add_error(None, gettext("It could not be sent now. Nothing is lost: try again, or call the desk below."))
        return ""


def _hand_over(
    request: HttpRequest, form: GiveForm, actor: Actor | None, answers: Answers, region: str, *, is_self: bool
) -> str:
    cleaned, now = form.cleaned_data, timezone.now()
    place = None if actor else place_of(request)
    contacts = form.contacts()
    token = token_for(cleaned, "name", "phone", "email", "question", "to", "topic")
    with_result = bool(cleaned.get("result"))
    profile = person_row(answers, esco.held(answers)) if with_result else None
    new = actions.NewHandover(
        token=token,
        person=NewPerson(cleaned["name"], language(), region, contacts, profile=profile),
        region=region,
        topic=form.topic_code.value,
        to=UUID(cleaned["to"]),
        question=cleaned["question"],
        agreed=is_self or bool(cleaned["agreed"]),
        language=language(),
        sender_words="" if actor or is_self else (cleaned.get("sender_words") or gettext("a helper")),
        link=request.build_absolute_uri(reverse("handover:own", args=[token])),
        result_goes_along=with_result,
        place=place.code if place else "",
        by_text=can_text(),
        income=Income(cleaned["income"] or Income.UNTOLD),
        last_day=cleaned.get("last_day"),
    )
    by = actor or (Through("finding_place", place.code) if place else Through("self" if is_self else "helper", ""))
    known = known_elsewhere(contacts, actor)
    sent = actions.hand_over(by=by, new=new, now=now)
    sending.send(sent.id)
    if known:
        request.session[KNOWN] = sent.reference
    return token


def initial_of(to: tuple[proposing.Proposal, ...], actor: Actor | None, topic: Topic) -> dict[str, Any]:
    """How the form begins."""
    return {
        "to": str(to[0].organisation.id) if to and to[0].why else "",
        "token": secrets.token_urlsafe(32),
        "desk": str(actor.organisation) if actor else "",
        "topic": topic.value,
        "result": False,  # the answers in this browser may be of the one before
    }


def context_of(form: QuestionForm, to: tuple[proposing.Proposal, ...], region: str, topic: Topic) -> dict[str, Any]:
    """What the pages with this form show around it."""
    today = timezone.localdate()
    return {
        "form": form,
        "to": to,
        "region": region,
        "region_name": areas.region(region).name if region != "NL" else "",
        "topic": topic,
        "topic_words": words.topic(topic, Who.JOB_SEEKER),
        "agreement": agreement(region=region, on=today),
        "proposed": to[0] if to else None,
        "desk": proposing.first_desk(region, topic),
    }


def _known_region(request: HttpRequest, actor: Actor | None) -> str:
    """The region of the desk that is signed in, or of the postcode that was filled in on this device."""
    if actor and actor.region:
        return actor.region
    pc4 = open_answers(request).answers.pc4
    return areas.region_of_postcode(pc4).code if pc4 else ""
