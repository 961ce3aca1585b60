"""Where the openings are: the whole table that goes with the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dichterbij.web.near import closing, durations, market, places
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.near.views.pages import needs_market, page, private
from dichterbij.web.near.work_map import rows, title


@require_safe
@needs_market
def table(request: HttpRequest) -> HttpResponse:
    """Every place with openings within the filters, most openings first."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    kept = market.market().near(opened.answers).kept(opened.answers.filters)
    spots = places.spots_of(kept)
    context = {
        "place": closing.place_name(opened.answers),
        "title": title(places.towns_of(spots)) if spots else "",
        "towns": rows(spots),
        "count_words": durations.count(len(kept)),
        "filters_on": opened.answers.filters.any(),
    }
    return page(request, "places.html", context, opened=opened)
