"""The register of finding places of a region: what is there, who goes there, what it brought, and a poster."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.queries import PlaceRow
from dichterbij.domains.referral.rules.finding import (
    LONGEST_NAME,
    LONGEST_TEXT,
    SMALLEST_SHOWN,
    NewPlace,
    PlaceKind,
    shown,
)
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.handover import proposing
from dichterbij.web.referral import words
from dichterbij.web.referral.views.pages import desk, page, uuid_of
from dichterbij.web.site.private import private

LONGEST_CODE, MOST_ALIKE = 30, 100


class PlaceForm(forms.Form):
    """A place to add."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Name of the place"),
        help_text=_("As people call it, for example: library at the market."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Fill in the name of the place.")},
    )
    kind = forms.ChoiceField(
        label=_("What sort of place?"), choices=[(one.value, text) for one, text in words.PLACES.items()]
    )
    where = forms.CharField(
        label=_("Where?"), help_text=_("Street or square, and town."), required=False, max_length=LONGEST_TEXT
    )
    contact = forms.CharField(
        label=_("Who do you ask there?"),
        help_text=_("A function and a work number: colleagues of your region see this."),
        required=False,
        max_length=LONGEST_TEXT,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """See them; add one, say that you go there, or that you stopped."""
    actor = desk(request)
    if not actor.region:
        raise Http404
    do = request.POST.get("doen", "")
    form = PlaceForm(request.POST if do == "add" else None)
    if do == "add" and form.is_valid() and _add(actor, form):
        return private(redirect(f"{reverse('referral:places')}?gedaan=1"))
    if do in ("go", "stop"):
        _go_or_stop(request, actor, do)
        return private(redirect(f"{reverse('referral:places')}#p-{request.POST.get('place', '')[:36]}"))
    return _shown(request, actor, form)


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """An A4 for this place, to print: the square, the address and the desk."""
    actor = desk(request)
    found = queries.place_of_code(code, on=timezone.localdate())
    if found is None or found.region != actor.region:
        raise Http404
    link = request.build_absolute_uri(reverse("handover_links:come", args=[found.code]))
    context = {"place": found, "link": link, "shown": link.partition("://")[2].rstrip("/"),
               "desk": proposing.first_desk(found.region)}  # fmt: skip
    return private(render(request, "referral/place_poster.html", context))


def _shown(request: HttpRequest, actor: Actor, form: PlaceForm) -> HttpResponse:
    today = timezone.localdate()
    rows = queries.finding_places(actor=actor, on=today)
    context: dict[str, Any] = {
        "form": form,
        "places": [_row(row, actor) for row in rows],
        "progress": queries.progress(region=actor.region, on=today),
        "shared": sum(any(visit.shares for visit in row.visits) for row in rows),
        "done": gettext("The place is in the list. Print its poster.") if "gedaan" in request.GET else "",
    }
    response = page(request, actor, "places.html", context, tab=None, failed=None)
    response.status_code = 422 if form.errors else 200
    return response


def _row(row: PlaceRow, actor: Actor) -> dict[str, Any]:
    brought = row.brought
    steps = ((_("Code opened"), brought.opened), (_("Registered"), brought.registered),
             (_("Talked with a desk"), brought.talked), (_("Took a next step"), brought.next_step))  # fmt: skip
    few = gettext("fewer than %(number)s") % {"number": SMALLEST_SHOWN}
    return {
        "row": row,
        "kind": words.PLACES[row.kind],
        "steps": [(name, few if shown(count) is None else str(count)) for name, count in steps],
        "shares": any(visit.shares for visit in row.visits),
        "goes": any(visit.organisation == actor.organisation and visit.until is None for visit in row.visits),
    }


def _add(actor: Actor, form: PlaceForm) -> bool:
    """Whether it was kept; else the form says what to mend."""
    given = form.cleaned_data
    try:
        for code in _codes(actor.region, given["name"]):
            new = NewPlace(code, given["name"], PlaceKind(given["kind"]), given["where"], given["contact"])
            if _added(actor, new):
                return True
    except actions.PlaceThereError:
        form.add_error("name", gettext("This place is in the list already: say there that you go too."))
        return False
    except InputError:
        form.add_error("name", gettext("Give it a name with letters or numbers."))
        return False
    form.add_error("name", gettext("Give it a name that differs more from the other places."))
    return False


def _added(actor: Actor, new: NewPlace) -> bool:
    """False where this code is of another place; PlaceThereError where the place itself is there."""
    try:
        actions.add_place(actor=actor, new=new, now=timezone.now())
    except actions.PlaceThereError as error:
        if error.fields.get("field") == "name":
            raise
        return False
    return True


def _codes(region: str, name: str) -> Iterator[str]:
    """Codes to try, the shortest first: names may begin alike."""
    whole = f"{region}-{slugify(name)}".lower()
    yield whole[:LONGEST_CODE].strip("-")
    for number in range(2, MOST_ALIKE):
        yield f"{whole[: LONGEST_CODE - 4].strip('-')}-{number}"


def _go_or_stop(request: HttpRequest, actor: Actor, do: str) -> None:
    place, now = uuid_of(request.POST.get("place", "")), timezone.now()
    if place is None:
        raise Http404
    today = timezone.localdate(now)
    try:
        if do == "go":
            when = request.POST.get("when", "")[:LONGEST_TEXT]
            actions.go_there(actor=actor, place=place, when_words=when, since=today, until=None, now=now)
        else:
            actions.stop_going(actor=actor, place=place, on=today, now=now)
    except NotFoundError:
        raise Http404 from None
