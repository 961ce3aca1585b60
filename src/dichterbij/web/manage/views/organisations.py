"""The organisations of a region: list, add, change, end."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import NotAllowedError, TakenError
from dichterbij.domains.accounts.queries import OrganisationRow
from dichterbij.domains.accounts.rules import Actor, OrganisationKind
from dichterbij.domains.regions import queries as regions
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.login.who import signed_in
from dichterbij.web.manage.forms import NewOrganisationForm, OrganisationForm
from dichterbij.web.manage.views.pages import done, page


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Those that this role may change."""
    rows = queries.organisations_to_run(actor=signed_in(request).actor, on=timezone.localdate())
    return page(request, "organisations.html", {"organisations": rows, "regions": dict(_regions(""))})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    actor = signed_in(request).actor
    form = NewOrganisationForm(request.POST if request.method == "POST" else None, regions=_regions(actor.region))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = actions.NewOrganisation(
            given["name"], OrganisationKind(given["kind"]), given["region"], given["phone"], given["email"]
        )
        try:
            actions.add_organisation(actor=actor, new=new, now=timezone.now())
        except TakenError:
            form.add_error("name", _("There is an organisation with this name in this region."))
        except NotAllowedError:
            form.add_error(
                "region", _("This kind does not go with this region. Only a national organisation has none.")
            )
        else:
            return done(request, _("%(name)s is added.") % {"name": new.name}, "manage:organisations")
    return page(request, "organisation_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Name and how to reach it."""
    actor = signed_in(request).actor
    row = _row(actor, organisation, timezone.localdate())
    initial = {"name": row.name, "phone": row.phone, "email": row.email}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(actor=actor, organisation=row.id, now=timezone.now(), **form.cleaned_data)
        except TakenError:
            form.add_error("name", _("There is an organisation with this name in this region."))
        else:
            return done(request, _("Saved."), "manage:organisations")
    context = {"form": form, "organisation": row, "is_mine": row.id == actor.organisation}
    return page(request, "organisation.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """It ends, with all roles in it, after one question."""
    actor, now = signed_in(request).actor, timezone.now()
    row = _row(actor, organisation, timezone.localdate(now))
    if row.id == actor.organisation:
        raise Http404
    if request.method != "POST":
        return page(request, "organisation_end.html", {"organisation": row})
    actions.end_organisation(actor=actor, organisation=row.id, now=now)
    return done(
        request, _("%(name)s has ended. Nobody works there any more.") % {"name": row.name}, "manage:organisations"
    )


def _row(actor: Actor, organisation: UUID, on: date) -> OrganisationRow:
    try:
        return queries.organisation_to_run(actor=actor, organisation=organisation, on=on)
    except NotFoundError:
        raise Http404 from None


def _regions(own: str) -> list[tuple[str, str]]:
    """The region of whoever works in one; for the country all of them, and none."""
    names = [(row.code, row.name) for row in regions.regions()]
    return [pair for pair in names if pair[0] == own] if own else [("", ""), *names]
