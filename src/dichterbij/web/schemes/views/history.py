"""What was decided in a round of a scheme, for everybody: every document, and whether it can all be made again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.queries.documents import (
    MOST_REPLAYED,
    Kind,
    PublicRound,
    checked,
    documents,
    how_many_documents,
    public_round,
    public_rounds,
    replay_command,
)
from dichterbij.domains.schemes.queries.public_money import public_money
from dichterbij.domains.schemes.rules.disclosure import FEWEST
from dichterbij.web.schemes import history
from dichterbij.web.schemes.present import in_words
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.site.tables import csv_file

SIZE, MOST_IN_A_TABLE = 25, 100_000


@require_safe
def newest(request: HttpRequest, slug: str) -> HttpResponse:
    """The round that opened last; or that there is none yet."""
    found = public_rounds(scheme=slug)
    if found:
        return _page(request, found[0], found)
    scheme = scheme_or_404(slug)
    return render(request, "schemes/history.html", {"title": in_words(scheme.title), "slug": slug})


@require_safe
def of_round(request: HttpRequest, slug: str, round: str) -> HttpResponse:
    """One round."""
    return _page(request, _round_or_404(slug, round), public_rounds(scheme=slug))


@require_safe
def table(request: HttpRequest, slug: str, round: str) -> HttpResponse:
    """The documents as rows, for a spreadsheet; `soort`: of one kind."""
    here = _round_or_404(slug, round)
    rows = (history.row(one) for one in documents(here, kind=_kind(request), most=MOST_IN_A_TABLE))
    return csv_file(f"{slug}-{here.name}.csv", history.head(), rows)


def _page(request: HttpRequest, here: PublicRound, rounds: tuple[PublicRound, ...]) -> HttpResponse:
    kind = _kind(request)
    count = how_many_documents(here, kind=kind)
    last = max(1, -(-count // SIZE))
    asked = request.GET.get("pagina", "1")
    page = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 7 else 1
    live = public_money(here, now=timezone.now())
    runs_out = live.pace.runs_out
    context: dict[str, Any] = {
        "title": in_words(here.title),
        "slug": here.scheme,
        "round": here,
        "others": [one for one in rounds if one.name != here.name],
        "live": live,
        "lasts": runs_out is not None and runs_out > timezone.localdate(here.closes_at),
        "kinds": [(one.value, words) for one, words in history.KINDS.items()],
        "chosen": kind.value if kind else "",
        "lines": history.lines(documents(here, kind=kind, skip=(page - 1) * SIZE, most=SIZE)),
        "count": count,
        "page": page,
        "last": last,
        "before": page - 1,
        "after": page + 1 if page < last else 0,
        "checked": checked(here),
        "command": replay_command(here),
        "most": MOST_REPLAYED,
        "few": FEWEST,
    }
    return render(request, "schemes/history.html", context)


def _kind(request: HttpRequest) -> Kind | None:
    asked = request.GET.get("soort", "")
    return next((one for one in Kind if one.value == asked), None)


def _round_or_404(slug: str, name: str) -> PublicRound:
    try:
        return public_round(name, scheme=slug)
    except NoRoundError as error:
        raise Http404(str(error)) from error
