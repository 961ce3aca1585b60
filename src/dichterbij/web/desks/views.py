"""The desk journey: where, who, what about, and then a desk with a name and a number."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries import areas, places
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import answer, cards
from dichterbij.web.desks.forms import TopicForm, WhereForm, WhoForm

NOWHERE = "NL"
LONGEST_SEARCH = 80
View = Callable[..., HttpResponse]


def start(request: HttpRequest) -> HttpResponse:
    """Asks where somebody lives and perhaps works; the postcode itself goes no further."""
    form = WhereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = _who_told(request)
        address = reverse("desks:topic", args=[form.home, told]) if told else reverse("desks:who", args=[form.home])
        return redirect(_with_work(address, form.workplace))
    return render(request, "desks/start.html", {"form": form}, status=200 if not form.errors else 422)


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
        return _on(request, "desks:topic", home, Who(form.cleaned_data["who"]))
    return _question(request, "desks/who.html", form, home)


def topic(request: HttpRequest, home: str, who: Who) -> HttpResponse:
    """Asks what the question is about."""
    form = TopicForm(request.POST or None, who=who)
    if request.method == "POST" and form.is_valid():
        return _on(request, "desks:result", home, who, Topic(form.cleaned_data["topic"]))
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
    return render(request, "desks/all.html", {"desks": found, "desk": found[0] if found else None, **where})


def _question(request: HttpRequest, template: str, form: Any, home: str, **values: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **_where(request, home), **values}, status=status)


def _on(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    return redirect(_with_work(reverse(name, args=args), _workplace(request)))


def _who_told(request: HttpRequest) -> Who | None:
    """Who somebody already said they are, by the link they chose on another page."""
    code = request.GET.get("wie", "")
    return next((who for who in Who if who.value == code), None)


def _where(request: HttpRequest, home: str) -> dict[str, object]:
    """The regions in words, and what the next addresses carry along."""
    work = _workplace(request)
    return {
        "home": home,
        "home_name": _name(home),
        "work_name": _name(work) if work else "",
        "query": f"?{urlencode({'werk': work})}" if work else "",
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


def _with_work(address: str, work: str | None) -> str:
    return f"{address}?{urlencode({'werk': work})}" if work else address
