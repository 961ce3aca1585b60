"""Where the openings are: the whole table that goes with the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dichterbij.web.near import closing, durations, market, places
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.near.views.pages import needs_market, page, private
from dichterbij.web.near.work_map import rows, title

# By car half the country is within reach: more than a thousand places.
PAGE_SIZE = 100


@require_safe
@needs_market
def table(request: HttpRequest) -> HttpResponse:
    """Every place with openings within the filters, most openings first."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    kept = market.market().near(opened.answers).kept(opened.answers.filters)
    spots = places.spots_of(kept)
    towns, asked = rows(spots), request.GET.get("page", "")
    pages = max(1, -(-len(towns) // PAGE_SIZE))
    number = min(int(asked), pages) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else 1
    number = max(1, number)
    context = {
        "place": closing.place_name(opened.answers),
        "title": title(places.towns_of(spots)) if spots else "",
        "towns": towns[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        "pages": pages,
        "page_number": number,
        "page_before": number - 1,
        "page_after": number + 1,
        "count_words": durations.count(len(kept)),
        "filters_on": opened.answers.filters.any(),
    }
    return page(request, "places.html", context, opened=opened)
