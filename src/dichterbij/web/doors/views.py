"""The three doors, the journey of a helper, and the poster for a library or a club."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.content.pages import page
from dichterbij.web.desks.cards import DeskCard, card
from dichterbij.web.doors import tasks
from dichterbij.web.site.forms import RegionForm
from dichterbij.web.site.navigation import address


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """For who looks for work."""
    return render(request, "doors/work.html", {"parts": tasks.parts(tasks.WORK, _language())})


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """For who looks for people."""
    return render(request, "doors/people.html", {"parts": tasks.parts(tasks.PEOPLE, _language())})


@require_safe
def helping(request: HttpRequest) -> HttpResponse:
    """For who helps somebody: together in five minutes."""
    text = page("help", "helper", _language())
    steps = [section for section in text.sections if section.id.startswith("step-")]
    return render(request, "doors/help.html", {"text": text, "steps": steps})


@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """An A4 to hang up: the region chosen with `?regio=`, its desk, and a square to point a phone at."""
    form = RegionForm(request)
    context: dict[str, object] = {"form": form}
    if form.code:
        start = request.build_absolute_uri(_start_of(form.code))
        context |= {"start": start, "shown": start.partition("://")[2].rstrip("/"), "desk": _desk(form.code)}
    return render(request, "doors/poster.html", context, status=422 if form.errors else 200)


def _start_of(region: str) -> str:
    """The region's own page, or the first question of its desks where there is none."""
    has_page = bool(address("regions:all"))
    return reverse("regions:region", args=[region]) if has_page else reverse("desks:who", args=[region])


def _desk(region: str) -> DeskCard:
    now = timezone.localtime()
    found = desks_for(who=Who.JOB_SEEKER, topic=Topic.WORK, home_region=region, work_region=None, on=now.date())
    return card(found.value[0].desk, now)


def _language() -> str:
    return get_language() or "nl"
