"""Who takes part in a draw or is ranked, in which order, and how anybody can work that out again."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.queries import DrawRow
from dichterbij.shared.cells import BYTE_ORDER_MARK
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.schemes import present
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.site.private import private

SIZE, ROWS_AT_ONCE = 100, 5_000


@require_http_methods(["GET", "HEAD", "POST"])
def draws(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of one list of the round that opened last; numbers only, no names. On POST the page with one's number."""
    lists = _lists_or_404(slug)
    number = request.POST.get("number", "").strip()[:40]
    chosen, rank = _with(lists, number) if number else (None, None)
    if chosen is None:
        chosen = min(max(_asked(request, "lijst", len(lists)), 1), len(lists))
    draw = lists[chosen - 1]
    last = max(1, -(-draw.entrants // SIZE))
    page = min(max(_asked(request, "pagina", 1), 1), last) if rank is None else rank // SIZE + 1
    found = queries.entries(draw).some((page - 1) * SIZE, SIZE)
    context: dict[str, Any] = {
        "card": present.card(scheme_or_404(slug), timezone.now()),
        "lists": [(place, one) for place, one in enumerate(lists, 1) if place != chosen],
        "chosen": chosen,
        "draw": draw,
        "entries": found,
        "typed": number,
        "mine": None if rank is None else found[rank % SIZE],
        "page": page,
        "last": last,
        "before": page - 1,
        "after": page + 1 if page < last else 0,
    }
    shown = render(request, "schemes/draws.html", context)
    return private(shown) if request.method == "POST" else shown


@require_safe
def table(request: HttpRequest, slug: str, place: int) -> StreamingHttpResponse:
    """A whole list, as it is sent a part at a time."""
    lists = _lists_or_404(slug)
    if not 1 <= place <= len(lists):
        raise Http404("There is no such list.")
    head = [gettext("Place"), gettext("Application"), gettext("Points")]
    response = StreamingHttpResponse(_lines(lists[place - 1], head), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{place}.csv"'
    return response


def _lines(draw: DrawRow, head: Sequence[str]) -> Iterator[str]:
    entries = queries.entries(draw)
    yield BYTE_ORDER_MARK + ";".join(head) + "\r\n"
    for skip in range(0, draw.entrants, ROWS_AT_ONCE):
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerows((one.place, one.number, one.score) for one in entries.some(skip, ROWS_AT_ONCE))
        yield stream.getvalue()


def _lists_or_404(slug: str) -> tuple[DrawRow, ...]:
    try:
        found = queries.draws(scheme=slug)
    except NotFoundError as error:
        raise Http404(str(error)) from error
    if not found:
        raise Http404("Nobody was drawn or ranked in this scheme.")
    return found


def _with(lists: tuple[DrawRow, ...], number: str) -> tuple[int | None, int | None]:
    """The list on which this number stands, and how many stand before it there."""
    found = queries.list_with(number, lists)
    return (lists.index(found) + 1, queries.entries(found).rank_of(number)) if found else (None, None)


def _asked(request: HttpRequest, name: str, usual: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else usual
