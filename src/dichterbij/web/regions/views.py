"""All regions on a map and in a list, a page each, the sheet to print and the figures to take along."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.network.queries import region_expert
from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.queries.areas import RegionRow
from dichterbij.web.content.pages import page
from dichterbij.web.desks.cards import language
from dichterbij.web.regions import desks, downloads, holding_back, labour, links, listing, maps, pdf, sheets, work
from dichterbij.web.regions.forms import SearchForm

View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def all_regions(request: HttpRequest) -> HttpResponse:
    """The map and the list; a search leads straight to the region, and goes no further."""
    form = SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("regions:region", form.region_code)
    order = request.GET.get("sorteer", "")
    order = order if order in listing.ORDERS else next(iter(listing.ORDERS))
    found = listing.rows(order)
    context = {"form": form, "rows": found, "map": maps.country(), "orders": listing.ORDERS, "order": order}
    return render(request, "regions/all.html", context, status=422 if form.errors else 200)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Who helps, what work there is, what holds people back, and the figures."""
    row, names, now = _region(code), work.region_names(), timezone.localtime()
    found = desks.of_region(row.code, now)
    return render(request, "regions/region.html", {
        "region": row,
        "desks": found,
        "desk": found.first,
        "expert": region_expert(row.code),
        "map": maps.region(row),
        "municipalities": [item.name for item in areas.municipalities(row.code)],
        "work": work.of_region(row.code, names),
        "held": holding_back.of_region(row.code, language(), now.date()),
        "labour": labour.of_region(row, names, language()),
        "text": page("regions", "region", language()),
        "catalogue": links.address("support:catalogue", region=row.code),
        "route_links": sheets.routes(row.code),
    })  # fmt: skip


@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The four routes of this region on one page of paper."""
    row, now = _region(code), timezone.localtime()
    return render(request, "regions/sheet.html", _sheet(request, row, now))


@require_safe
def sheet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a PDF that can be read aloud."""
    row, now = _region(code), timezone.localtime()
    context = _sheet(request, row, now)
    response = HttpResponse(pdf.of_sheet(context["sheet"], language()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="dichterbij-{row.code}-{language()}.pdf"'
    return response


@require_safe
def figures_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of the page, one a row."""
    row = _region(code)
    response = HttpResponse(downloads.as_csv(downloads.figures_of(row)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dichterbij-{row.code}.csv"'
    return response


@require_safe
def figures_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs."""
    row = _region(code)
    return JsonResponse(downloads.as_json(row, downloads.figures_of(row)), json_dumps_params={"ensure_ascii": False})


def _sheet(request: HttpRequest, row: RegionRow, now: Any) -> dict[str, Any]:
    found = desks.of_region(row.code, now)
    made = sheets.of_region(row, found, request.build_absolute_uri("/"), now.date())
    return {"region": row, "sheet": made, "desk": found.first}


def _region(code: str) -> RegionRow:
    """The region of today with this code, in capitals or not; 404 without."""
    try:
        row = areas.region(code.upper())
    except AreaNotFoundError:
        raise Http404 from None
    if row.obsolete_on is not None:
        raise Http404
    return row
