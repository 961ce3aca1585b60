"""Who speaks for which region, what is missing, and how one takes the place of another."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ThereError
from dichterbij.domains.network.queries import RegionContacts
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.national import forms
from dichterbij.web.national.views.pages import actor_of, done, file, page

MISSING = "mist"


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every region with who speaks for it, or the one of a coordinator."""
    rows = queries.region_contacts(actor=actor_of(request), now=timezone.now())
    kinds = dict(forms.kinds())
    route = request.GET.get("route", "")
    missing = request.GET.get(MISSING, "")
    search = " ".join(request.GET.get("zoek", "").split())[:80]
    shown = [row for row in rows if _wanted(row, missing if missing in kinds else "", search)]
    context = {
        "rows": [_row(row, kinds, route) for row in shown],
        "total": len(rows), "kinds": kinds, "route": route, "missing": missing, "search": search,
        "routes": forms.routes(), "is_open": bool(route) or len(shown) < 5,
        "lacking": [(code, name, sum(code in row.lacks for row in rows)) for code, name in kinds.items()],
    }  # fmt: skip
    return page(request, "contacts.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Everybody who speaks for a region now, as a file; a region without somebody has an empty row."""
    rows = queries.region_contacts(actor=actor_of(request), now=timezone.now())
    kinds, routes = dict(forms.kinds()), {code: str(text) for code, text in forms.routes()}
    head = [_("Region"), _("Speaks for the region about"), _("Name"), _("Function"), _("E-mail"), _("Phone number"),
            _("Routes"), _("Since"), _("Named by"), _("Named on")]  # fmt: skip
    lines: list[list[Any]] = []
    for row in rows:
        lines += [
            [row.region.name, kinds.get(one.kind, one.kind), one.name, one.role, one.email, one.phone,
             ", ".join(routes.get(route, route) for route in one.routes), one.since, one.named_by, one.named_on]
            for one in row.contacts
        ]  # fmt: skip
        lines += [[row.region.name, kinds[kind], _("nobody"), *[""] * 7] for kind in row.lacks]
    return file("contactpersonen", head, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def region(request: HttpRequest, region: str) -> HttpResponse:
    """Those of one region: now, before, and a new one."""
    actor, now = actor_of(request), timezone.now()
    rows = queries.region_contacts(actor=actor, now=now)
    row = next((one for one in rows if one.region.code == region), None)
    if row is None:
        raise Http404
    move = request.POST.get("move", "")
    form = forms.ContactForm(request.POST if move == "add" else None, there=row.contacts)
    try:
        if move == "add" and form.is_valid() and _add(request, form, region):
            return done("contact", "national:region", region)
        if move == "end":
            actions.end_contact(actor=actor, contact=_uuid(request), now=now)
            return done("end_contact", "national:region", region)
        if move == "restore":
            actions.restore_contact(actor=actor, contact=_uuid(request), now=now)
            return done("restore_contact", "national:region", region)
    except (NotFoundError, NotAllowedError):
        raise Http404 from None
    except ThereError:
        form.add_error(None, _("This person is on the list already."))
    if form.errors:  # as it is now, with what was typed
        row = next(one for one in queries.region_contacts(actor=actor, now=now) if one.region.code == region)
        form.fields["instead"].choices = forms.instead_of(row.contacts)  # type: ignore[attr-defined]
    context = {"row": row, "form": form, "kinds": dict(forms.kinds()), "today": timezone.localdate(now)}
    return page(request, "region.html", context, status=422 if form.errors or request.method == "POST" else 200)


def _wanted(row: RegionContacts, missing: str, search: str) -> bool:
    text = " ".join((row.region.name, row.region.centre_name or "", *(one.name for one in row.contacts)))
    return (not missing or missing in row.lacks) and search.casefold() in text.casefold()


def _row(row: RegionContacts, kinds: dict[str, str], route: str) -> dict[str, Any]:
    """A region with its people per kind; with a route, only whoever is the one to call for it."""
    people = [one for one in row.contacts if not route or not one.routes or route in one.routes]
    return {"row": row, "people": [(name, [one for one in people if one.kind == code]) for code, name in kinds.items()]}


def _add(request: HttpRequest, form: forms.ContactForm, region: str) -> bool:
    given = form.cleaned_data
    new = actions.NewContact(
        region=region, kind=given["kind"], name=given["person"], email=given["email"], named_by=given["named_by"],
        named_on=given["named_on"], role=given["role"], phone=given["phone"], routes=tuple(given["routes"]),
        invented=settings.DEMO,
    )  # fmt: skip
    instead = UUID(given["instead"]) if given["instead"] else None
    try:
        actions.add_contact(actor=actor_of(request), new=new, now=timezone.now(), instead_of=instead)
    except ThereError:
        form.add_error("email", _("This address is on the list already for this."))
        return False
    except NotFoundError:  # a colleague was first
        form.add_error("instead", _("Whoever you chose here has ended a moment ago. Choose again."))
        return False
    except InputError as error:
        field = str(error.fields.get("field"))
        texts = {"phone": _("Everybody may call this person: fill in a phone number.")}
        text = texts.get(field) if not given.get(field) else None
        form.add_error(
            field if field in form.fields else None, text or _("This cannot be kept as it is. Look at it again.")
        )
        return False
    return True


def _uuid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("contact", ""))
    except ValueError:
        raise Http404 from None
