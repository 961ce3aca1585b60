"""The desk journey: where, who, what about, and then a desk with a name and a number."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.network.queries import region_expert
from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries import areas, places
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import answer, cards, words
from dichterbij.web.desks.forms import TopicForm, WhereForm, WhoForm

NOWHERE = "NL"
LONGEST_SEARCH = 80
View = Callable[..., HttpResponse]


def start(request: HttpRequest) -> HttpResponse:
    """Asks where somebody lives and perhaps works; the postcode itself goes no further."""
    form = WhereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _next(form.home, _who_told(request), _topic_told(request), work=form.workplace, skipped=True)
    context = {"form": form, "topic": _topic_words(request), "of": _questions(request)}
    return render(request, "desks/start.html", context, status=200 if not form.errors else 422)


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """All regions, or those that fit a name of a region, place or municipality."""
    search = " ".join(request.GET.get("zoek", "").split())[:LONGEST_SEARCH]
    found = areas.regions()
    if search:
        in_place = {item.place.region_code for item in places.find_place(search)}
        found = tuple(row for row in found if search.casefold() in row.name.casefold() or row.code in in_place)
    return render(request, "desks/regions.html", {"regions": found, "search": search})


def who(request: HttpRequest, home: str) -> HttpResponse:
    """Asks who somebody is."""
    form = WhoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = Who(form.cleaned_data["who"])
        return _next(home, told, _topic_told(request), work=_workplace(request))
    return _question(request, "desks/who.html", form, home)


def topic(request: HttpRequest, home: str, who: Who) -> HttpResponse:
    """Asks what the question is about."""
    form = TopicForm(request.POST or None, who=who)
    if request.method == "POST" and form.is_valid():
        return _next(home, who, Topic(form.cleaned_data["topic"]), work=_workplace(request))
    return _question(request, "desks/topic.html", form, home, who=who)


@require_safe
def result(request: HttpRequest, home: str, who: Who, topic: Topic) -> HttpResponse:
    """The desks for this question."""
    found = answer.find(who=who, topic=topic, home=_code(home), work=_workplace(request), now=timezone.localtime())
    return render(request, "desks/result.html", {"answer": found, "desk": found.first.card, **_where(request, home)})


@require_safe
def all_of_region(request: HttpRequest, home: str) -> HttpResponse:
    """Every desk of a region, for whoever would rather choose."""
    where = _where(request, home)
    found = answer.all_of(_code(home), timezone.localtime())
    expert = region_expert(home) if _code(home) else None
    context = {"desks": found, "desk": found[0] if found else None, "expert": expert, **where}
    return render(request, "desks/all.html", context)


def _question(request: HttpRequest, template: str, form: Any, home: str, **values: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **_where(request, home), **values}, status=status)


def _next(home: str, who: Who | None, topic: Topic | None, *, work: str | None, skipped: bool = False) -> HttpResponse:
    """The first question that was not answered yet, or the answer; what was told goes along in the address.

    `skipped`: who somebody is was told on another page, and not asked here."""
    if who is None:
        return redirect(_with(reverse("desks:who", args=[home]), werk=work, over=topic.value if topic else None))
    if topic in words.topics_for(who):
        return redirect(_with(reverse("desks:result", args=[home, who, topic]), werk=work))
    return redirect(_with(reverse("desks:topic", args=[home, who]), werk=work, wie=who.value if skipped else None))


def _who_told(request: HttpRequest) -> Who | None:
    """Who somebody already said they are, by the link they chose on another page."""
    code = request.GET.get("wie", "")
    return next((who for who in Who if who.value == code), None)


def _topic_told(request: HttpRequest) -> Topic | None:
    """What the question is about, by the link they chose on another page."""
    code = request.GET.get("over", "")
    return next((topic for topic in Topic if topic.value == code), None)


def _topic_words(request: HttpRequest) -> str:
    told = _topic_told(request)
    return words.topic(told, _who_told(request) or Who.UNKNOWN) if told else ""


def _questions(request: HttpRequest) -> int:
    """How many questions there are for this visitor."""
    return 3 - bool(_who_told(request)) - bool(_topic_told(request))


def _where(request: HttpRequest, home: str) -> dict[str, object]:
    """The regions in words, and what the next addresses carry along."""
    work = _workplace(request)
    return {
        "home": home,
        "home_name": _name(home),
        "work_name": _name(work) if work else "",
        "query": f"?{urlencode({'werk': work})}" if work else "",
        "of": _questions(request),
        "topic_words": _topic_words(request),
        "language": cards.language(),
    }


def _workplace(request: HttpRequest) -> str | None:
    """The region of work in the address; None when there is none, or nothing like a region."""
    code = request.GET.get("werk", "")
    try:
        return areas.region(code).code if len(code) == 4 else None
    except AreaNotFoundError:
        return None


def _name(code: str) -> str:
    if code == NOWHERE:
        return ""
    try:
        return areas.region(code).name
    except AreaNotFoundError:
        raise Http404 from None


def _code(home: str) -> str | None:
    return None if home == NOWHERE else home


def _with(address: str, **told: str | None) -> str:
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{address}?{query}" if query else address
