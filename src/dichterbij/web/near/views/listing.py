"""The list: openings by distance, in blocks by what lies in between, with routes, filters and what brings more."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from dichterbij.web.near import areas, closing, durations, market, places, present, told, words
from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.cookie import Opened, open_answers
from dichterbij.web.near.facts import facts_of
from dichterbij.web.near.forms import FiltersForm
from dichterbij.web.near.found import Found, Kept
from dichterbij.web.near.groups import links
from dichterbij.web.near.listed import Choice, Listed, listed_in, order
from dichterbij.web.near.views.pages import moved, needs_market, page
from dichterbij.web.near.work_map import work_map
from dichterbij.web.site.private import private

SLUGS = {slug: block for block, slug in present.BLOCK_SLUGS.items()}


@require_safe
@needs_market
def listing(request: HttpRequest) -> HttpResponse:
    """What is near: a few of every block."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return _ask_postcode(request, opened)
    return show(request, opened)


@require_safe
@needs_market
def block(request: HttpRequest, block: str) -> HttpResponse:
    """All openings of one block, 25 a page."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return _ask_postcode(request, opened)
    if block not in SLUGS:
        raise Http404(gettext("There is no such list."))
    return show(request, opened, choice=Choice(block=SLUGS[block]))


@require_safe
@needs_market
def area(request: HttpRequest, pc4s: str) -> HttpResponse:
    """All openings in some postcode areas: what a circle on the map stands for."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return _ask_postcode(request, opened)
    try:
        ranges = areas.read(pc4s)
    except ValueError as error:
        raise Http404(gettext("There is no such list.")) from error
    return show(request, opened, choice=Choice(pc4s=ranges))


def _ask_postcode(request: HttpRequest, opened: Opened) -> HttpResponse:
    from dichterbij.web.near.views.start import start

    return start(request) if opened.dropped else private(redirect("near:start"))


def show(
    request: HttpRequest, opened: Opened, *, form: FiltersForm | None = None, choice: Choice | None = None
) -> HttpResponse:
    """The list for these answers; `form` when a filter was filled in wrongly, `choice` for the pages of a part."""
    answers, choice = opened.answers, choice or Choice()
    stock = market.market()
    more = None if answers.tried or choice.is_paged else stock.soon_what_brings_more(answers)
    found = stock.near(answers)
    kept = found.kept(answers.filters)
    listed = listed_in(kept, order(answers), choice, request.GET.get("page", ""))
    context = {
        "place": closing.place_name(answers),
        "total": listed.total,
        "total_words": durations.count(listed.total),
        "told_words": told.in_words(answers),
        **_paging(listed),
        **_map(request, answers, kept, choice),
        "blocks": _blocks(listed),
        "routes": _routes(found, answers.filters),
        "filters_form": form or FiltersForm(filters=answers.filters, sectors=words.SECTORS),
        "filters_on": sum(value is not None for value in vars(answers.filters).values()),
        "groups": links(answers),
        "skills_unknown": not answers.knows_skills,
        "tried": told.tried(answers),
        "empty": None if listed.total else _empty(answers, found, choice),
        "desk": closing.desk_for(answers),
        "tips": told.tips(more.result(), answers) if more else [],
    }
    return page(request, "list.html", context, opened=opened, status=400 if form else 200)


def _map(request: HttpRequest, answers: Answers, kept: Kept, choice: Choice) -> dict[str, Any]:
    """The map beside the list; none beside the pages of one block."""
    if choice.block or not len(kept) or answers.pc4 is None:
        return {"map": None}
    spots = places.spots_of(kept)
    chosen = [spot for spot in spots if choice.pc4s and choice.holds(spot.pc4)]
    drawn = work_map(
        spots,
        places.home_of(answers.pc4),
        asked=request.GET.get("kaart", ""),
        chosen=[spot.pc4 for spot in chosen],
        on=kept.found.on,
    )
    zoom = f"&kaart={drawn.km}" if drawn and "kaart" in request.GET else ""
    return {"map": drawn, "area": places.name_of(chosen), "here": request.path, "keeps_zoom": zoom}


def _paging(listed: Listed) -> dict[str, Any]:
    block = listed.choice.block
    one_block = present.BLOCK_TITLES[block]() if block else ""
    return {"paging": listed.pages, "one_block": one_block, "is_part": listed.choice.is_paged}


def _blocks(listed: Listed) -> list[dict[str, Any]]:
    facts = facts_of([near.opening_id for nears in listed.shown.values() for near in nears], get_language())
    return [
        {
            "code": block.value,
            "slug": present.BLOCK_SLUGS[block],
            "title": present.BLOCK_TITLES[block](),
            "words": present.BLOCK_WORDS[block](),
            "count": listed.counts[block],
            "count_words": durations.count(listed.counts[block]),
            "has_more": not listed.choice.is_paged and len(nears) < listed.counts[block],
            "rows": [present.row(near, facts[near.opening_id]) for near in nears if near.opening_id in facts],
        }
        for block, nears in listed.shown.items()
        if nears
    ]


def _routes(found: Found, filters: Filters) -> list[dict[str, Any]]:
    """How many openings each route reaches, with the other filters on."""
    total, counts = found.counts(filters)
    if not total:
        return []
    everything = {
        "code": "",
        "name": gettext("All routes"),
        "count": durations.count(total),
        "pressed": filters.route is None,
    }
    return [everything] + [
        {
            "code": code,
            "name": name,
            "count": durations.count(counts[code]),
            "pressed": filters.route == code,
            "meaning": words.ROUTES_MEAN[code],
        }
        for code, name in words.ROUTES.items()
    ]


@dataclass(frozen=True, slots=True)
class Empty:
    """Why a list is empty, and which button helps: other answers, taking filters off, or the whole list."""

    title: str
    words: str
    takes_filters_off: bool = False
    to_list: bool = False


def _empty(answers: Answers, found: Found, choice: Choice) -> Empty:
    """Why there is nothing, and what would bring something."""
    without_filters = listed_in(found.kept(Filters()), order(answers), choice, "").total
    if without_filters:
        left_out = ngettext(
            "Your filters leave out %(n)s place that is within reach.",
            "Your filters leave out all %(n)s places that are within reach.",
            without_filters,
        )
        said = left_out % {"n": durations.count(without_filters)}
        return Empty(gettext("Nothing with these filters"), said, takes_filters_off=True)
    if choice.is_paged and len(found):
        said = gettext("This part of the list is empty with your answers. The whole list does have work.")
        return Empty(gettext("Nothing here now"), said, to_list=True)
    minutes = answers.max_travel_minutes or 60
    said = gettext(
        "We looked for work that you can reach in %(minutes)s and that fits your answers. "
        "A longer journey, another way to travel or other hours may bring some nearer. "
        "The desk below knows more work than this list."
    )
    return Empty(gettext("Nothing within reach yet"), said % {"minutes": durations.minutes(minutes)})


@require_POST
@needs_market
def filter_list(request: HttpRequest) -> HttpResponse:
    """Keep other filters; one route button changes only the route."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    if "clear" in request.POST:
        return moved(replace(opened.answers, filters=Filters()), "near:list")
    if set(request.POST) <= {"csrfmiddlewaretoken", "route"}:
        route = request.POST.get("route") or None
        changed = replace(opened.answers.filters, route=route if route in words.ROUTES else None)
        return moved(replace(opened.answers, filters=changed), "near:list")
    form = FiltersForm(request.POST, filters=opened.answers.filters, sectors=words.SECTORS)
    if form.is_valid():
        return moved(replace(opened.answers, filters=form.filters()), "near:list")
    return show(request, opened, form=form)


@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Take the answer that was proposed, with a way back."""
    answers = open_answers(request).answers
    if answers.pc4 is None:
        return private(redirect("near:start"))
    changes = told.changes_of(request.POST.get("code", ""), answers)
    return moved(answers.try_out(request.POST["code"], changes) if changes else answers, "near:list")


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Back to the answers as they were before the try."""
    answers = open_answers(request).answers
    return moved(answers.take_back(), "near:list") if answers.pc4 else private(redirect("near:start"))
