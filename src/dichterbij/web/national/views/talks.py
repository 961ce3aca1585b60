"""Keeping in touch with regions: who was not spoken to for long, and one button to say that you did."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.queries import RegionTalks
from dichterbij.domains.network.rules import network_terms
from dichterbij.shared.errors import InputError
from dichterbij.web.login.who import signed_in
from dichterbij.web.national import forms, words
from dichterbij.web.national.views.pages import actor_of, done, page


@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest) -> HttpResponse:
    """Every region, those not spoken to for longest first."""
    actor, now = actor_of(request), timezone.now()
    region = request.POST.get("region", "")
    form = forms.TalkForm(request.POST if request.POST.get("move") == "talked" else None, name=region or "talk")
    if request.method == "POST" and region in forms.region_names():
        if request.POST.get("move") == "manager":
            standing = signed_in(request)
            name = standing.name or standing.email or _("unknown")
            actions.name_manager(actor=actor, region=region, manager=actor.user, name=name, now=now)
            return done("manager", "national:talks", part=f"#{region}")
        if form.is_valid() and _keep(request, form, region):
            return done("talked", "national:talks", part=f"#{region}")
    rows = queries.region_talks(actor=actor, now=now)
    chosen, search = request.GET.get("van", ""), " ".join(request.GET.get("zoek", "").split())[:80]
    wanted: dict[str, Callable[[RegionTalks], bool]] = {
        "mij": lambda row: row.manager == actor.user,
        "bellen": lambda row: row.is_due,
        "niemand": lambda row: row.manager is None,
    }
    shown = [row for row in rows if _found(row, search) and wanted.get(chosen, bool)(row)]
    terms = network_terms(timezone.localdate(now))
    context = {
        "rows": [(row, form if row.region.code == region and form.errors else forms.TalkForm(name=row.region.code))
                 for row in shown],
        "total": len(rows), "chosen": chosen, "search": search, "choices": words.TALKS,
        "is_filtered": bool(chosen or search), "wrong": form if form.errors else None,
        "due": sum(row.is_due for row in rows),
        "mine_due": sum(row.is_due and row.manager == actor.user for row in rows),
        "nobody": sum(row.manager is None for row in rows), "days": terms.speak_days,
        "is_assumption": terms.speak_is_assumption,
    }  # fmt: skip
    return page(request, "talks.html", context, status=422 if request.method == "POST" else 200)


def _found(row: RegionTalks, search: str) -> bool:
    text = " ".join((row.region.name, row.region.centre_name or "", row.manager_name))
    return search.casefold() in text.casefold()


def _keep(request: HttpRequest, form: forms.TalkForm, region: str) -> bool:
    given = form.cleaned_data
    try:
        actions.talked(actor=actor_of(request), region=region, on=given["on"], words=given["words"], now=timezone.now())
    except InputError:
        form.add_error("on", _("Choose today or a day before it."))
        return False
    return True
