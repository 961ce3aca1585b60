"""Whom others call at one's own organisation; for a partner also whom it calls in each region."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ThereError
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.national import forms
from dichterbij.web.national.views.pages import actor_of, done, file, page

MOVES = {"end": actions.end_own_contact, "restore": actions.restore_own_contact}
ENDED = {"end": "end_contact", "restore": "restore_contact"}


@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest) -> HttpResponse:
    """Those of one's own organisation, to keep; of all organisations, to read, for the national team."""
    move = request.POST.get("move", "")
    form = forms.OwnContactForm(request.POST if move == "add" else None)
    try:
        if move == "add" and form.is_valid() and _add(request, form):
            return done("contact", "national:own")
        if move in MOVES:
            MOVES[move](actor=actor_of(request), contact=_uuid(request), now=timezone.now())
            return done(ENDED[move], "national:own")
    except (NotFoundError, NotAllowedError):
        raise Http404 from None
    except ThereError:
        form.add_error(None, _("This person is on the list already."))
    return page(request, "own.html", _context(request, form), status=422 if request.method == "POST" else 200)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same contact persons as a file."""
    rows = [row for row in queries.own_contacts(actor=actor_of(request), now=timezone.now()) if row.until is None]
    names, routes = forms.region_names(), dict(forms.routes())
    there = organisations(row.organisation for row in rows)
    head = [_("Organisation"), _("Name"), _("Function"), _("E-mail"), _("Phone number"), _("Region"), _("Routes"),
            _("Since")]  # fmt: skip
    lines = [
        [there[row.organisation].name if row.organisation in there else "", row.name, row.role, row.email, row.phone,
         ", ".join(names.get(code, code) for code in row.regions), ", ".join(str(routes[code]) for code in row.routes),
         row.since]
        for row in rows
    ]  # fmt: skip
    return file("contactpersonen-organisatie", head, lines)


def _context(request: HttpRequest, form: forms.OwnContactForm) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    route, search = request.GET.get("route", ""), " ".join(request.GET.get("zoek", "").split())[:80]
    rows = queries.own_contacts(actor=actor, now=now)
    there = organisations(row.organisation for row in rows)
    callers = queries.region_callers(actor=actor, now=now, route=route)
    names = forms.region_names()
    shown = [row for row in callers if search.casefold() in f"{names.get(row.region, '')} {row.name}".casefold()]
    return {
        "rows": [(row, there.get(row.organisation)) for row in rows if row.until is None],
        "former": [row for row in rows if row.until is not None], "today": timezone.localdate(now), "form": form,
        "callers": [(row, names.get(row.region, row.region)) for row in shown], "route": route, "search": search,
        "calls": bool(callers or route), "routes": forms.routes(),
    }  # fmt: skip


def _add(request: HttpRequest, form: forms.OwnContactForm) -> bool:
    given = form.cleaned_data
    new = actions.NewOwnContact(
        given["person"], given["email"], given["role"], given["phone"], tuple(given["regions"]), tuple(given["routes"])
    )
    try:
        actions.add_own_contact(actor=actor_of(request), new=new, now=timezone.now())
    except ThereError:
        form.add_error("email", _("This address is on the list already for this."))
    except InputError as error:
        field = {"name": "person"}.get(str(error.fields.get("field")), str(error.fields.get("field")))
        form.add_error(field if field in form.fields else None, _("This cannot be kept as it is. Look at it again."))
    return not form.errors


def _uuid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("contact", ""))
    except ValueError:
        raise Http404 from None
