"""How hand-overs go in a region, without names."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.accounts.rules import Reach, read_permissions
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import About, Figures
from dichterbij.domains.regions.queries import areas
from dichterbij.web.handover import proposing
from dichterbij.web.login.who import signed_in
from dichterbij.web.referral import words
from dichterbij.web.site.forms import RegionForm
from dichterbij.web.site.private import private

DAYS = 91
FRESH_SECONDS = 60


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The last thirteen weeks of the own region; whoever works for the country chooses one."""
    actor, now = signed_in(request).actor, timezone.now()
    reach = read_permissions(timezone.localdate(now)).reach(actor.role, "watch_region", "figures")
    form = RegionForm(request) if reach is Reach.COUNTRY else None
    region = form.code if form else actor.region
    context = {
        "form": form,
        "region_name": areas.region(region).name if region else "",
        "parts": [(words.KINDS[about], about, found) for about, found in _figures(region, now).items()]
        if region
        else (),
        "incomes": queries.incomes(region=region, since=_since(now)) if region else None,
        "incomes_since": _since(now),
        "agreement": queries.agreement(region=region, on=timezone.localdate(now)) if region else None,
        "may_agree": read_permissions(timezone.localdate(now)).may_open(actor.role, "referral:agreement"),
        "now": now,
        "since": now - timedelta(days=DAYS),
        "desk": proposing.first_desk(region or "NL"),
    }
    status = 422 if form and form.errors else 200
    return private(render(request, "referral/figures.html", context, status=status))


def _since(now: datetime) -> date:
    """The first of the month in which the figures begin: incomes are counted by month."""
    return timezone.localdate(now - timedelta(days=DAYS)).replace(day=1)


def _figures(region: str, now: datetime) -> Mapping[About, Figures]:
    """Counted once a minute: everybody of a region asks for the same numbers."""
    key = f"figures:{connection.settings_dict['NAME']}:{region}:{timezone.localdate(now)}"
    found: Mapping[About, Figures] | None = cache.get(key)
    if found is None:
        found = queries.figures(region=region, since=now - timedelta(days=DAYS), now=now)
        cache.set(key, found, FRESH_SECONDS)
    return found
