"""The desks of a region, kept by its coordinator: what is changed here is on every page at once."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.regions import actions
from dichterbij.domains.regions.errors import DeskChangedError
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.queries.desks import all_desks, changes_of
from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.desks.keep_forms import DeskForm
from dichterbij.web.desks.words import KIND_NAMES
from dichterbij.web.login.who import signed_in
from dichterbij.web.site.forms import RegionForm
from dichterbij.web.site.private import private

DONE = "desk_done"
TEAM_STAYS = gettext_lazy("One national desk stays, without a last day: it helps when nobody else does.")


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The desks of the region."""
    region, form = _region(request)
    desks = _desks(region)
    changes = changes_of([desk.desk_id for desk in desks])
    today = timezone.localdate()
    rows = [
        {
            "desk": desk,
            "name": desk.name.in_language(get_language() or "nl"),
            "kind": KIND_NAMES[desk.kind],
            "is_there": desk.is_valid(today),
            "changed": next((one for one in changes[desk.desk_id] if not one.taken_back_at), None),
        }
        for desk in desks
    ]
    return _page(request, "keep_list.html", {"rows": rows, "region": region, "form": form, "name": _name(region)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, desk: str) -> HttpResponse:
    """One desk."""
    found = _desk(signed_in(request).actor, desk)
    return _fill_in(request, found.region_code, found)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new desk in this region."""
    region, _form = _region(request)
    return _fill_in(request, region, None) if region else private(redirect("desks:keep"))


@require_POST
def take_back(request: HttpRequest, desk: str) -> HttpResponse:
    """The last change is undone."""
    actor = signed_in(request).actor
    found = _desk(actor, desk)
    try:
        number = int(request.POST.get("number", "")[:9])
        actions.take_desk_back(actor=actor, desk_id=found.desk_id, number=number, now=timezone.now())
    except (NotFoundError, ValueError):
        raise Http404 from None
    except DeskChangedError:
        return _done(request, _("Nothing is undone: this desk was changed in the meantime."), found.region_code)
    except InputError:
        return _done(request, str(TEAM_STAYS), found.region_code)
    return _done(request, _("The last change of %(name)s is undone.") % {"name": found.name.nl}, found.region_code)


def _fill_in(request: HttpRequest, region: str | None, desk: Desk | None) -> HttpResponse:
    actor = signed_in(request).actor
    changes = changes_of([desk.desk_id])[desk.desk_id] if desk else []
    kinds = {kind.value: KIND_NAMES[kind] for kind in Kind if (kind is Kind.NATIONAL) == (region is None)}
    form = DeskForm(request.POST if request.method == "POST" else None, desk=desk, seen=len(changes), kinds=kinds)
    if request.method == "POST" and form.is_valid():
        made = form.desk(region=region, like=desk)
        made = made if desk else actions.new_desk_id(made)
        try:
            actions.keep_desk(actor=actor, desk=made, seen=form.cleaned_data["seen"], now=timezone.now())
        except DeskChangedError:
            form.add_error(
                None, _("A colleague changed this desk in the meantime. Open it again and look what changed.")
            )
        except InputError:
            form.add_error("valid_to", TEAM_STAYS)
        else:
            return _done(request, _("%(name)s is kept. It is on every page now.") % {"name": made.name.nl}, region)
    context = {
        "form": form, "kept": desk, "region": region, "name": _name(region), "changes": changes,
        "last": next((one for one in changes if one.taken_back_at is None), None),
    }  # fmt: skip
    return _page(request, "keep_desk.html", context, status=422 if form.errors else 200)


def _region(request: HttpRequest) -> tuple[str | None, RegionForm | None]:
    """The coordinator's own region; else the one that was chosen, with the form to choose."""
    actor = signed_in(request).actor
    if actor.region:
        return actor.region, None
    form = RegionForm(request)
    return form.code or None, form


def _desks(region: str | None) -> list[Desk]:
    return [desk for desk in all_desks() if desk.region_code == region]


def _desk(actor: Actor, desk_id: str) -> Desk:
    """A desk that this role may keep; "no such page" for every other one."""
    found = next((desk for desk in all_desks() if desk.desk_id == desk_id), None)
    if found is None or (actor.region and found.region_code != actor.region):
        raise Http404
    return found


def _name(region: str | None) -> str:
    return areas.region(region).name if region else ""


def _done(request: HttpRequest, words: str, region: str | None) -> HttpResponse:
    request.session[DONE] = words
    back = redirect("desks:keep")
    if not signed_in(request).actor.region and region:
        back["Location"] += f"?regio={region}"
    return private(back)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    shared = {"done": request.session.pop(DONE, ""), "part": "desks"}
    return private(render(request, f"desks/{template}", {**shared, **context}, status=status))
