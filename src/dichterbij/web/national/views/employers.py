"""The register of national employers: the list, its file, adding one and mending its facts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ChangedError, EmployerThereError, NearNameError
from dichterbij.domains.network.queries import EmployerPage, EmployerRow, Wanted
from dichterbij.domains.network.rules import NewEmployer, NewSite
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.national import employer_forms, forms, words
from dichterbij.web.national.views.pages import actor_of, done, file, page
from dichterbij.web.near.words import SECTORS
from dichterbij.web.site.private import private

PAGE_SIZE, MOST_EXPORTED = 25, 10_000
FILTERS = {"zoek": "search", "status": "status", "partij": "party", "regio": "region", "route": "route",
           "volgorde": "order"}  # fmt: skip
FIELDS = {"name": "naam", "kvk": "kvk", "sector": "sector", "routes": "routes", "region": "regio1", "place": "plaats1"}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first part."""
    return private(redirect("national:employers"))


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The employers that this role sees."""
    form, wanted = _wanted(request)
    actor, now = actor_of(request), timezone.now()
    number = request.GET.get("pagina", "1")
    offset = (int(number) - 1) * PAGE_SIZE if number.isascii() and number.isdigit() and len(number) < 5 else 0
    rows, total = queries.employers(actor=actor, wanted=wanted, now=now, limit=PAGE_SIZE, offset=max(offset, 0))
    waiting = 0 if actor.region else queries.waiting_employers(actor=actor, now=now)
    kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    is_filtered = any(name != "volgorde" for name in kept)
    context = {
        "rows": rows, "total": total, "waiting": waiting, "came": words.CAME,
        "form": form, "is_filtered": is_filtered, "kept": urlencode(kept),
        "more": bool(set(kept) - {"zoek", "status"}), "shown": Paginator(range(total), PAGE_SIZE).get_page(number),
    }  # fmt: skip
    return page(request, "employers.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same employers as a file, the filters kept."""
    _form, wanted = _wanted(request)
    rows, _total = queries.employers(actor=actor_of(request), wanted=wanted, now=timezone.now(), limit=MOST_EXPORTED)
    names, parties = forms.region_names(), dict(forms.parties())
    routes = {code: str(text) for code, text in forms.routes()}
    head = [_("Employer"), _("KvK number"), _("Sector"), _("Status"), _("Status since"), _("Who approaches"),
            _("Approached since"), _("Reported itself on"), _("What was agreed"),
            _("Routes"), _("Region"), _("Town"), _("State of the site"),
            _("Words of the region")]  # fmt: skip
    lines = [
        [row.name, row.kvk, SECTORS.get(row.sector, ""), words.STATUSES[row.status],
         timezone.localdate(row.status_at), parties.get(row.party, row.party),
         timezone.localdate(row.since) if row.since else "",
         timezone.localdate(row.came_at) if row.came_at else "", row.agreed,
         ", ".join(routes.get(route, route) for route in row.routes), names.get(site.region, site.region), site.place,
         words.SITES[site.state], site.words]
        for row in rows for site in row.sites
    ]  # fmt: skip
    return file("werkgevers", head, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one; a name that is nearly there is shown before it is kept."""
    form = employer_forms.NewEmployerForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if not form.sites():
            form.add_error("regio1", _("Choose at least one region where this employer has a site."))
        else:
            made = _add(request, form, context)
            if made:
                return done("added", "national:employer", made)
    return page(request, "add.html", context, status=422 if form.errors or "near" in context else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, employer: UUID) -> HttpResponse:
    """Mend the facts."""
    found = page_of(request, employer)
    row = found.row
    initial = {"naam": row.name, "kvk": row.kvk, "sector": row.sector, "routes": row.routes}
    form = employer_forms.EmployerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_employer(
                actor=actor_of(request), employer=row.id, new=_new(form, ()), now=timezone.now(),
                version=version_of(request, row),
            )  # fmt: skip
        except EmployerThereError as error:
            form.add_error("naam", _("%(name)s is in the register already.") % {"name": error.fields["name"]})
        except ChangedError:
            form.add_error(None, _("A colleague changed this a moment ago. Look at it and try again."))
        except InputError as error:
            put_error(form, error, FIELDS)
        else:
            return done("changed", "national:employer", row.id)
    return page(request, "change.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def page_of(request: HttpRequest, employer: UUID) -> EmployerPage:
    """An employer, or "no such page"."""
    try:
        return queries.employer(actor=actor_of(request), employer=employer, now=timezone.now())
    except NotFoundError:
        raise Http404 from None


def version_of(request: HttpRequest, row: EmployerRow) -> int:
    """What the page was made of; what is there now when nobody says."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else row.version


def put_error(form: Any, error: InputError, names: dict[str, str]) -> None:
    """What is wrong, beside its field."""
    field = names.get(str(error.fields.get("field")), str(error.fields.get("field")))
    text = {
        "kvk": _("A KvK number has eight digits."),
        "naam": _("Fill in a name with letters or numbers."),
    }.get(field, _("This cannot be kept as it is. Look at it again."))
    form.add_error(field if field in form.fields else None, text)


def _add(request: HttpRequest, form: employer_forms.NewEmployerForm, context: dict[str, Any]) -> UUID | None:
    new = _new(form, tuple(NewSite(region, place) for region, place in form.sites()))
    try:
        return actions.add_employer(
            actor=actor_of(request), new=new, now=timezone.now(), is_another=form.cleaned_data["andere"]
        )
    except EmployerThereError as error:
        context["there"] = error.fields
        form.add_error("naam", _("%(name)s is in the register already.") % {"name": error.fields["name"]})
    except NearNameError as error:
        context["near"] = error.fields["near"]
    except InputError as error:
        put_error(form, error, FIELDS)
    return None


def _new(form: employer_forms.EmployerForm, sites: tuple[NewSite, ...]) -> NewEmployer:
    given = form.cleaned_data
    routes = tuple(given["routes"])
    return NewEmployer(given["naam"], sites, given["sector"], given["kvk"], routes, invented=settings.DEMO)


def _wanted(request: HttpRequest) -> tuple[employer_forms.FilterForm, Wanted]:
    form = employer_forms.FilterForm(request.GET)
    form.is_valid()
    given = {to: form.cleaned_data.get(name, "") for name, to in FILTERS.items()}
    came = given["status"] == words.CAME
    return form, Wanted(
        **given | {"order": given["order"] or "name", "status": "" if came else given["status"]}, is_waiting=came
    )
