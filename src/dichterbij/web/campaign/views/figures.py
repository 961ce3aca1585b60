"""What campaign links brought: a page and a file, for everybody to see."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.domains.outreach import queries
from dichterbij.domains.outreach.rules import Step
from dichterbij.web.campaign import present
from dichterbij.web.campaign.forms import FiguresForm
from dichterbij.web.campaign.words import STEPS
from dichterbij.web.content.pages import page as written
from dichterbij.web.site.tables import csv_file

ROWS = 25


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Per region and per item: from visit to contact."""
    form = _form(request)
    today = timezone.localdate()
    figures = form.ordered(queries.public_figures(today=today, region=form.region, since=form.since))
    shown = Paginator(figures, ROWS).get_page(request.GET.get("pagina"))
    context: dict[str, Any] = {
        "form": form,
        "rows": present.item_rows(shown.object_list, today=today),
        "regions": present.region_rows(figures),
        "steps": [STEPS[step] for step in Step],
        "shown": shown,
        "items": len(figures),
        "first": queries.first_count(),
        "today": today,
        "query": _query(request),
        "text": written("campaign", "figures", get_language() or "nl"),
    }
    return render(request, "campaign/figures.html", context, status=422 if form.errors else 200)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a file for a spreadsheet."""
    form = _form(request)
    figures = queries.public_figures(today=timezone.localdate(), region=form.region, since=form.since)
    head, *rows = queries.table(form.ordered(figures))
    return csv_file(f"campagne-{timezone.localdate()}.csv", head, rows)


def _form(request: HttpRequest) -> FiguresForm:
    return FiguresForm(
        request.GET.dict(), items=queries.items(), first=queries.first_count(), today=timezone.localdate()
    )


def _query(request: HttpRequest) -> str:
    """The filters, for the links that keep them."""
    kept = {name: request.GET[name] for name in ("regio", "vanaf", "volgorde") if request.GET.get(name)}
    return urlencode(kept)
