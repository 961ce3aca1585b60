"""The four routes beside each other, and a page each."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.domains.regions.rules.desk_kinds import Who
from dichterbij.web.content.pages import page, slugs
from dichterbij.web.routes import present
from dichterbij.web.routes.kinds import AREA, KINDS
from dichterbij.web.site.forms import RegionForm


@require_safe
def all_routes(request: HttpRequest) -> HttpResponse:
    """The four routes, with one sentence each."""
    language = get_language() or "nl"
    return render(request, "routes/all.html", {"routes": [page(AREA, slug, language) for slug in slugs(AREA)]})


@require_safe
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """One route; with `?regio=` also who to call there."""
    kind = KINDS.get(slug)
    if kind is None:
        raise Http404
    now = timezone.localtime()
    text = page(AREA, slug, get_language() or "nl")
    form = RegionForm(request)
    contacts = present.contacts(kind, form.code, now)
    context = {
        "text": text,
        "steps": present.parts(text, "step"),
        "facts": present.parts(text, "fact"),
        "questions": present.parts(text, "question"),
        "pictures": present.bridge(text),
        "items": present.menukaart(kind, form.code, now.date()),
        "examples": present.examples(kind, form.names, form.code),
        "form": form,
        "contacts": contacts,
        "desk": contacts[0].desk if contacts else None,
        "others": [page(AREA, other, text.language) for other in slugs(AREA) if other != slug],
        "query": f"?{urlencode({'regio': form.code})}" if form.code else "",
        "seeker_query": urlencode({"wie": Who.JOB_SEEKER.value, "over": kind.seeker_topic.value}),
        "employer_query": urlencode({"wie": Who.EMPLOYER.value, "over": kind.employer_topic.value}),
        "support_query": urlencode({"route": kind.route.value} | ({"regio": form.code} if form.code else {})),
    }
    return render(request, "routes/route.html", context, status=422 if form.errors else 200)
