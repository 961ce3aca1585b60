"""Home, the pages about the site, and the pages shown when something goes wrong."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language

from dichterbij.domains.openings.rules import load_terms
from dichterbij.domains.people.rules import read_retention
from dichterbij.domains.schemes.rules.contact import keep_until
from dichterbij.web.content.languages import language_of
from dichterbij.web.content.pages import page, slugs
from dichterbij.web.site.accessibility import last_scan
from dichterbij.web.site.context import spoken
from dichterbij.web.site.middleware import passes_by_itself, unavailable
from dichterbij.web.site.sources import data_sets, rule_sets


def home(request: HttpRequest) -> HttpResponse:
    """One sentence, the bridge, three doors, four routes."""
    language = get_language() or "nl"
    return render(request, "site/home.html", {"routes": [page("routes", slug, language) for slug in slugs("routes")]})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is computed, what is kept, who looks."""
    on = timezone.localdate()
    kept = read_retention(on)
    context = {
        "keep_days": load_terms(on=on).keep_sender_days,
        "hand_over_days": kept.lasts("hand_over").days,
        "guide_days": kept.lasts("guide_person").days,
        "forget_days": kept.without_access.days,
        "apply_days": (keep_until(on) - on).days,
    }
    return render(request, "site/privacy.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    """Every packaged data set with publisher, licence and date."""
    return render(request, "site/sources.html", {"data_sets": data_sets(), "rule_sets": rule_sets()})


def rules(request: HttpRequest) -> HttpResponse:
    """How the bridge is calculated, in words."""
    return render(request, "site/rules.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with what the last scan found."""
    text = page("accessibility", "statement", get_language() or "nl")
    return render(request, "site/accessibility.html", {"scan": last_scan(), "text": text})


def health(request: HttpRequest) -> HttpResponse:
    """`ok` when the process answers: for a load balancer, so no database and no language."""
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read: too large, or broken."""
    return render(request, "site/error_400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not for this visitor."""
    return render(request, "site/error_403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    return render(request, "site/error_404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our mistake. Uses nothing that may be broken: no database, no request.

    A database that went before the page itself began (while it was asked who is there) is nobody's mistake, and passes.
    """
    if passes_by_itself(sys.exception()):
        return unavailable(request)
    language = language_of(request.path)
    with translation.override(language):
        page = render_to_string("site/error_500.html", spoken())
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: often a page that was open too long, or cookies that are off."""
    return render(request, "site/error_csrf.html", status=403)
