"""State aid of one undertaking: its companies, what they had in three years, and what is left."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries.cases import Undertaking
from dichterbij.domains.schemes.rules.checks import TieKind
from dichterbij.shared.errors import DichterbijError, NotFoundError
from dichterbij.web.schemes import officer_check_words as check_words
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.officer_article_words import article
from dichterbij.web.schemes.officer_check_forms import AidForm, TieForm
from dichterbij.web.schemes.views.officer import done, officer, page
from dichterbij.web.schemes.views.officer_acting import view_of


@require_http_methods(["GET", "HEAD", "POST"])
def aid(request: HttpRequest, case: UUID) -> HttpResponse:
    """The aid of whoever applied; on POST aid or a company is written down, or a line that was wrong is struck out."""
    actor, now = officer(request), timezone.now()
    found = _found(case)
    if request.method != "POST" or found is None:
        return _show(request, case, found)
    do = request.POST.get("do")
    try:
        if do == "strike":
            cases.strike_out(id=_line(request.POST.get("line", ""), found), actor=actor, now=now)
            return done(request, gettext("Struck out: it does not count any more."), "schemes:aid", case)
        form = _write(do, request, found, actor)
    except DichterbijError as error:
        if isinstance(error, NotFoundError):
            raise Http404 from error
        form = AidForm(found.members, request.POST) if do == "aid" else TieForm(request.POST)
        typed = {do: form} if do in ("aid", "tie") else {}
        return _show(request, case, found, forms_of=typed, failed=words.problem(error), status=words.status_of(error))
    if form is None:
        return _show(request, case, found, failed=gettext("Choose what you want to do."), status=422)
    if not form.is_valid():
        return _show(request, case, found, forms_of={str(do): form}, status=422)
    return done(request, gettext("Written down. The sum is worked out again."), "schemes:aid", case)


def _write(do: str | None, request: HttpRequest, found: Undertaking, actor: Actor) -> AidForm | TieForm | None:
    """What was filled in, written down when it is right; None for another button."""
    if do not in ("aid", "tie"):
        return None
    form = AidForm(found.members, request.POST) if do == "aid" else TieForm(request.POST)
    if not form.is_valid():
        return form
    given, now = form.cleaned_data, timezone.now()
    if do == "aid":
        cases.tell_aid(
            aid=given["id"], entity=given["entity"], cents=given["amount"], on=given["on"], source=given["source"],
            actor=actor, now=now,
        )  # fmt: skip
    else:
        cases.tell_tie(
            tie=given["id"], one=found.entity, other=given["other"], kind=TieKind(given["kind"]), since=given["since"],
            source=given["source"], actor=actor, now=now,
        )  # fmt: skip
    return form


def _line(given: str, found: Undertaking) -> UUID:
    """A line of this undertaking; of no other one."""
    lines = [*(one.id for one in found.aids), *(one.id for one in found.ties)]
    line = next((one for one in lines if str(one) == given), None)
    if line is None:
        raise Http404
    return line


def _found(case: UUID) -> Undertaking | None:
    try:
        return reading.undertaking_of(case, on=timezone.localdate())
    except NotFoundError as error:
        raise Http404 from error


def _show(
    request: HttpRequest, case: UUID, found: Undertaking | None, *, forms_of: dict[str, Any] | None = None,
    failed: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    typed = forms_of or {}
    view = view_of(case, timezone.localdate())
    context: dict[str, Any] = {"view": view, "row": view.row, "found": found, "failed": failed,
                               "open_form": next(iter(typed), "")}  # fmt: skip
    if found is not None:
        called = words.names({*(one.told_by for one in found.aids), *(one.told_by for one in found.ties)})
        room = found.room.value
        context |= {
            "members": [(check_words.company(one), one == found.entity) for one in found.members],
            "aids": [(one, check_words.company(one.entity), called.get(one.told_by, "")) for one in found.aids],
            "grants": [(one, check_words.company(one.entity)) for one in found.grants],
            "ties": [
                (one, check_words.TIES[one.kind.value], check_words.company(one.one), check_words.company(one.other),
                 called.get(one.told_by, ""))
                for one in found.ties
            ],
            "room": room,
            "source": article(found.room.reasons[0].source),
            "used_parts": min(1000, 1000 * room.given_cents // found.ceiling_cents),
            "is_over": room.given_cents > found.ceiling_cents,
            "aid_form": typed.get("aid") or AidForm(found.members),
            "tie_form": typed.get("tie") or TieForm(),
        }  # fmt: skip
    return page(request, "officer/aid.html", context, status=status)
