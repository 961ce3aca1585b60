"""Support for me: one question at a time, only those that matter, and then what may be there."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.support.rules.situation import differing_by_background, differing_by_route
from dichterbij.web.desks.cards import in_language
from dichterbij.web.support import asking, cookie
from dichterbij.web.support.forms import FORMS, QuestionForm
from dichterbij.web.support.items import Presenter
from dichterbij.web.support.result import answer
from dichterbij.web.support.told import Question, Told

MOST_NAMED = 4


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The first question. A region in the address, from the menukaart, need not be asked again."""
    told, was_dropped = cookie.open_told(request)
    region = _region_name(request.GET.get("regio", ""))
    if region and told.region is None:
        told = replace(told, region=request.GET["regio"]).mark_seen(Question.WHERE)
    return _ask(request, Question.WHO, told, was_dropped=was_dropped)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the further questions."""
    asked = next((item for item in Question if item.value == slug and item is not Question.WHO), None)
    if asked is None:
        raise Http404(gettext("There is no such question."))
    told, _ = cookie.open_told(request)
    if told.asker is None:
        return _private(redirect("support:mine"))
    return _ask(request, asked, told)


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """What may be there."""
    told, _ = cookie.open_told(request)
    if told.asker is None:
        return _private(redirect("support:mine"))
    presenter = Presenter(told.region)
    found = answer(told, presenter)
    context = {
        "told": told,
        "answer": found,
        "desk": found.desk,
        "region_name": _region_name(told.region or ""),
        "summary": _summary(told),
        "today": presenter.now.date(),
    }
    return _private(render(request, "support/result.html", context))


@require_POST
def wipe(request: HttpRequest) -> HttpResponse:
    """Take the answers away and start anew."""
    return _private(cookie.COOKIE.wipe(redirect("support:mine")))


def _ask(request: HttpRequest, asked: Question, told: Told, *, was_dropped: bool = False) -> HttpResponse:
    today = timezone.localdate()
    form = FORMS[asked](request.POST if request.method == "POST" else None, told=told, on=today)
    if request.method == "POST" and form.is_valid():
        now_told = asking.without_stale(form.now_told().mark_seen(asked), today)
        return _private(cookie.keep(redirect(_next(now_told)), now_told))
    status = 422 if form.errors else 200
    response = render(request, "support/question.html", _context(asked, told, form, was_dropped), status=status)
    return _private(cookie.COOKIE.wipe(response) if was_dropped else response)


def _context(asked: Question, told: Told, form: QuestionForm, was_dropped: bool) -> dict[str, Any]:
    today = timezone.localdate()
    order = asking.questions(told, today)
    step = order.index(asked) + 1 if asked in order else len(order)
    return {
        "form": form,
        "asked": asked.value,
        "step": step,
        "of": len(order),
        "may_be_fewer": Question.NEEDS not in told.seen,
        "before": _address(order[step - 2]) if step > 1 else None,
        "because": _because(asked, told),
        "dropped": was_dropped,
        "region_name": _region_name(told.region or ""),
        "has_told": told.asker is not None,
    }


def _because(asked: Question, told: Told) -> tuple[str, ...]:
    """The names of some items for which this question matters: why it is asked."""
    differing = {Question.ROUTE: differing_by_route, Question.BACKGROUND: differing_by_background}
    if asked not in differing:
        return ()
    found = differing[asked](asking.possible(told, timezone.localdate()))
    return tuple(in_language(support.name) for support in found[:MOST_NAMED])


def _next(told: Told) -> str:
    following = asking.next_question(told, timezone.localdate())
    return _address(following) if following else reverse("support:mine-result")


def _address(question: Question) -> str:
    is_first = question is Question.WHO
    return reverse("support:mine") if is_first else reverse("support:mine-question", args=[question.value])


def _summary(told: Told) -> list[dict[str, Any]]:
    """What was told, each with the way to change it."""
    today = timezone.localdate()
    rows = []
    for question in asking.questions(told, today):
        form = FORMS[question](told=told, on=today)
        rows.append({"label": form.question.label, "value": _said(question, told, form), "to": _address(question)})
    return rows


def _said(question: Question, told: Told, form: QuestionForm) -> str:
    if question is Question.WHERE:
        return _region_name(told.region or "") or gettext("Region not known")
    chosen = form.initial[form.name]
    codes = chosen if isinstance(chosen, list) else [chosen]
    labels = {code: str(text) for code, text in form.fields[form.name].choices}  # type: ignore[attr-defined]
    said = [labels[code] for code in codes if code in labels and code != ""]
    return "; ".join(said) or gettext("not filled in")


def _region_name(code: str) -> str:
    try:
        return areas.region(code).name if len(code) == 4 else ""
    except AreaNotFoundError:
        return ""


def _private(response: HttpResponse) -> HttpResponse:
    """The response with a word to browsers and proxies not to store it."""
    response["Cache-Control"] = "no-store"
    return response
