"""Where the openings are: the whole table that goes with the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dichterbij.web.near import closing, market, places
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.near.paging import Pages
from dichterbij.web.near.views.pages import needs_market, page
from dichterbij.web.near.work_map import rows, title
from dichterbij.web.site.private import private

# By car half the country is within reach: more than a thousand places.
PAGE_SIZE = 30
NEAREST = "dichtbij"


@require_safe
@needs_market
def table(request: HttpRequest) -> HttpResponse:
    """Every place with openings within the filters: most openings first, or the nearest."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    kept = market.market().near(opened.answers).kept(opened.answers.filters)
    spots = places.spots_of(kept)
    nearest_first = request.GET.get("volgorde") == NEAREST
    towns = rows(spots, nearest_first=nearest_first)
    paging = Pages.asked(request.GET.get("page", ""), len(towns), PAGE_SIZE)
    context = {
        "place": closing.place_name(opened.answers),
        "title": title(places.towns_of(spots)) if spots else "",
        "towns": towns[(paging.number - 1) * PAGE_SIZE : paging.number * PAGE_SIZE],
        "paging": paging,
        "nearest_first": nearest_first,
        "keeps": f"&volgorde={NEAREST}" if nearest_first else "",
        "filters_on": opened.answers.filters.any(),
    }
    return page(request, "places.html", context, opened=opened)
