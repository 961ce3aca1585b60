"""One national employer: what is known, what can be done, and what happened."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.network import actions
from dichterbij.domains.network.errors import ApproachedError, ChangedError, NothingToUndoError, ThereError
from dichterbij.domains.network.queries import EmployerPage, StepRow
from dichterbij.domains.network.rules import NewSite, SiteState, Status
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError
from dichterbij.web.national import employer_forms, forms, words
from dichterbij.web.national.views.employers import page_of, put_error, version_of
from dichterbij.web.national.views.pages import actor_of, done, page

FIELDS = {"email": "email", "name": "person", "agreed": "agreed", "words": "words", "place": "place"}
Move = Callable[..., None]


@require_safe
def one(request: HttpRequest, employer: UUID) -> HttpResponse:
    """Everything of it that this role sees."""
    return _shown(request, page_of(request, employer), {})


@require_POST
def do(request: HttpRequest, employer: UUID) -> HttpResponse:
    """Something of the national team: who approaches, status, what was agreed, a note, sites, contact persons."""
    found, move = page_of(request, employer), request.POST.get("move", "")
    form = _form(move, request.POST, found)
    if move not in MOVES or (form is not None and not form.is_valid()):
        return _shown(request, found, {move: form} if form else {}, status=422)
    given = {"actor": actor_of(request), "now": timezone.now(), "employer": found.row.id}
    try:
        MOVES[move](request, found, form, given)
    except NotFoundError:
        raise Http404 from None
    except InputError as error:
        _put(form, error)
        return _shown(request, found, {move: form}, status=422)
    except DichterbijError as error:
        return _shown(request, page_of(request, employer), {move: form}, failed=_told(error), status=409)
    return done(move, "national:employer", employer)


@require_POST
def follow(request: HttpRequest, employer: UUID) -> HttpResponse:
    """What a region does with a site of its own."""
    found = page_of(request, employer)
    site = next((row for row in found.row.sites if str(row.id) == request.POST.get("site")), None)
    form = employer_forms.FollowForm(request.POST, name=f"s{site.id}" if site else "follow")
    if site is None or not form.is_valid():
        return _shown(request, found, {f"s{site.id}": form} if site else {}, status=422)
    given = form.cleaned_data
    try:
        actions.follow_site(
            actor=actor_of(request), site=site.id, state=SiteState(given["state"]), words=given["words"],
            now=timezone.now(),
        )  # fmt: skip
    except InputError:
        form.add_error("words", _("Say with whom your region is in touch."))
        return _shown(request, found, {f"s{site.id}": form}, status=422)
    except NotFoundError:
        raise Http404 from None
    return done("follow", "national:employer", employer, part=f"#s{site.id}")


def _shown(
    request: HttpRequest, found: EmployerPage, bound: dict[str, Any], *, failed: str = "", status: int = 200
) -> HttpResponse:
    row, region = found.row, actor_of(request).region
    empty = {move: _form(move, None, found) for move in MOVES}
    sites = [
        (
            site,
            bound.get(f"s{site.id}")
            or employer_forms.FollowForm(name=f"s{site.id}", initial=_state(site.state, site.words)),
        )
        for site in row.sites
    ]
    context = {
        "found": found, "row": row, "waits": row.came_at and row.status is Status.PROSPECT,
        "forms": {**empty, **{move: form for move, form in bound.items() if form}},
        "sites": sites, "steps": [_step(step) for step in found.steps], "failed": failed,
        "wrong": next((form for form in bound.values() if form is not None and form.errors), None),
        "opened": next(iter(bound), ""), "own_region": region,
    }  # fmt: skip
    return page(request, "employer.html", context, status=status)


def _state(state: SiteState, told: str) -> dict[str, str]:
    return {"state": "" if state is SiteState.OPEN else state.value, "words": told}


def _step(step: StepRow) -> dict[str, Any]:
    """A step with its codes in words."""
    parties = dict(forms.parties())
    states = {one.value: text for told in (words.STATUSES, words.SITES) for one, text in told.items()}
    names: dict[str, Any] = {**states, **parties}
    if step.kind in ("changed", "site_added", "site_ended"):
        names = {}
    return {
        "step": step, "kind": words.STEPS.get(step.kind, step.kind), "was": names.get(step.was, step.was),
        "became": names.get(step.became, step.became), "region": forms.region_names().get(step.region, step.region),
    }  # fmt: skip


def _form(move: str, data: Any, found: EmployerPage) -> Any:
    """The form of a move; None for one that is only a button."""
    if move == "approach":
        return employer_forms.PartyForm(data)
    if move == "take_over":
        return employer_forms.PartyForm(data, name="take_over")
    if move == "status":
        return employer_forms.StatusForm(data, row=found.row if data is None else None)
    if move == "agreed":
        return employer_forms.AgreedForm(data, name="agreed", initial={"agreed": found.row.agreed})
    made = {"note": employer_forms.NoteForm, "site": employer_forms.SiteForm, "contact": employer_forms.PersonForm}.get(
        move
    )
    return made(data, name=move) if made else None


def _approach(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    actions.approach(**given, **form.cleaned_data, version=version_of(request, found.row))


def _take_over(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    actions.take_over(**given, **form.cleaned_data, version=version_of(request, found.row))


def _status(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    told = form.cleaned_data
    actions.set_status(
        **given, status=Status(told["status"]), words=told["words"], version=version_of(request, found.row)
    )


def _undo(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    actions.undo_status(**given, version=version_of(request, found.row))


def _agreed(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    actions.say_agreed(**given, words=form.cleaned_data["agreed"], version=version_of(request, found.row))


def _note(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    actions.add_note(**given, words=form.cleaned_data["words"])


def _site(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    actions.add_site(**given, site=NewSite(form.cleaned_data["region"], form.cleaned_data["place"]))


def _end_site(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    site = _of(request.POST.get("site", ""), [row.id for row in found.row.sites])
    actions.end_site(actor=given["actor"], now=given["now"], site=site)


def _contact(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    told = form.cleaned_data
    actions.add_employer_contact(
        **given, name=told["person"], role=told["role"], email=told["email"], phone=told["phone"]
    )


def _end_contact(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    contact = _of(request.POST.get("contact", ""), [row.id for row in found.contacts])
    actions.end_employer_contact(actor=given["actor"], now=given["now"], contact=contact)


def _keep_contact(request: HttpRequest, found: EmployerPage, form: Any, given: dict[str, Any]) -> None:
    """Whoever reported the employer stays as its contact person, also after their message is forgotten."""
    lead = next((one for one in found.leads if one.reference == request.POST.get("lead") and one.person), None)
    if lead is None:
        raise NotFoundError("There is no such message.")
    actions.add_employer_contact(**given, name=lead.person, role="", email=lead.email, phone=lead.phone)


MOVES: dict[str, Move] = {
    "approach": _approach, "take_over": _take_over, "status": _status, "undo": _undo, "agreed": _agreed,
    "note": _note, "site": _site, "end_site": _end_site, "contact": _contact, "end_contact": _end_contact,
    "keep_contact": _keep_contact,
}  # fmt: skip


def _of(given: str, ids: list[UUID]) -> UUID:
    """One of these; NotFoundError for another."""
    found = next((one for one in ids if str(one) == given), None)
    if found is None:
        raise NotFoundError("There is no such row.")
    return found


def _put(form: Any, error: InputError) -> None:
    if isinstance(error, ThereError):
        form.add_error("place", _("This site is in the register already."))
    elif error.fields.get("field") == "email":
        form.add_error("email", _("Give a work e-mail address or a work phone number."))
    elif error.fields.get("field") == "party":
        form.add_error("party", _("Choose another party than the one that approaches now."))
    elif form is not None:
        put_error(form, error, FIELDS)


def _told(error: DichterbijError) -> str:
    """What is wrong, in words."""
    if isinstance(error, ApproachedError):
        parties = dict(forms.parties())
        party, since = str(error.fields["party"]), error.fields["since"]
        return _("%(party)s approaches this employer already, since %(day)s. Call them first.") % {
            "party": parties.get(party, party), "day": date_format(timezone.localtime(since), "j F Y"),  # type: ignore[arg-type]
        }  # fmt: skip
    if isinstance(error, ChangedError):
        return _("A colleague changed this a moment ago. Below is how it is now; nothing was done twice.")
    if isinstance(error, NothingToUndoError):
        return _("There is no change of status to take back.")
    return _("It could not be done now. Nothing is lost: try again.")
