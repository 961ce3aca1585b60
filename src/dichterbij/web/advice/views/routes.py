"""Which route fits my vacancy? A few questions in the address, then routes with reasons."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.routes import queries
from dichterbij.domains.routes.rules.advice import asked
from dichterbij.domains.routes.rules.values import Advice, Question
from dichterbij.web.advice.calling import desks_to_call, first_desk
from dichterbij.web.advice.forms import PlaceForm, QuestionsForm
from dichterbij.web.advice.result import Answered, money_supports, shown_routes
from dichterbij.web.advice.telling import REGION, Told, told_in
from dichterbij.web.desks.cards import in_language

STEP = "stap"


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """One page of questions; after the last one on to the advice."""
    told = told_in(request)
    pages = sorted({question.page for question in asked(told.rules, told.answers)})
    page = next((number for number in pages if number >= _step(request)), None)
    if page is None:
        return redirect(reverse("advice:result") + told.query())
    shown = tuple(question for question in asked(told.rules, told.answers) if question.page == page)
    context = {
        "form": QuestionsForm(shown, told.answers),
        "alone": len(shown) == 1,
        "number": pages.index(page) + 1,
        "count": len(pages),
        "next": page + 1,
        "carried": _carried(told, shown),
        "back": _back(told, pages, page),
    }
    return render(request, "advice/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest) -> HttpResponse:
    """The advice; a postcode in the body becomes a region in the address."""
    told = told_in(request)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("advice:result") + told.query(**{REGION: form.region}) + "#bellen")
    outcome = queries.route_advice(told.answers, on=told.on)
    status = 422 if form.errors else 200
    return render(request, "advice/result.html", _context(request, told, outcome.value, form), status=status)


def _context(request: HttpRequest, told: Told, advice: Advice, form: PlaceForm) -> dict[str, Any]:
    routes = shown_routes(advice, told)
    call = desks_to_call(told.region, [topic for route in routes[:2] for topic in route.advice.facts.topics])
    link = request.build_absolute_uri(reverse("advice:result") + told.query())
    return {
        "told": told,
        "advice": advice,
        "routes": routes,
        "not_now": [route for route in advice.routes if route not in advice.proposed],
        "money": money_supports(told),
        "call": call if told.region else (),
        "desk": call[0],
        "first_desk": first_desk(told.region, routes[0].advice.facts.topics[0]) if told.region else None,
        "form": form,
        "answered": _answered(told),
        "query": told.query(),
        "mail": urlencode({"subject": gettext("Which route fits my vacancy?"), "body": link}).replace("+", "%20"),
    }


def _answered(told: Told) -> list[Answered]:
    """Every question that mattered, with its answer in words."""
    return [
        Answered(
            short=in_language(question.short),
            answer=in_language(label) if (label := question.label(told.answers.get(question.code))) else "",
            page=question.page,
        )
        for question in asked(told.rules, told.answers)
    ]


def _step(request: HttpRequest) -> int:
    given = request.GET.get(STEP, "1")[:3]
    return int(given) if given.isascii() and given.isdigit() else 1


def _carried(told: Told, shown: tuple[Question, ...]) -> list[tuple[str, str]]:
    """The other answers and the region, which the next address must hold too."""
    here = {question.code for question in shown}
    carried = [(code, answer) for code, answer in told.answers.items() if code not in here]
    return [*carried, (REGION, told.region)] if told.region else carried


def _back(told: Told, pages: list[int], page: int) -> str:
    before = [number for number in pages if number < page]
    return reverse("advice:route") + told.query(**{STEP: before[-1]}) if before else ""
