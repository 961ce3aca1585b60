"""Doing one thing with a case as it was shown: its version is compared, and nothing that was typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries.cases import CaseView
from dichterbij.shared.errors import DichterbijError, NotFoundError
from dichterbij.web.schemes import officer_forms as forms
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.views.officer import done


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that is done with a case as it was shown."""

    view: CaseView
    actor: Actor
    now: datetime
    proposal: int
    given: Mapping[str, Any]

    @property
    def common(self) -> dict[str, Any]:
        """What every action asks."""
        return {"case": self.view.row.id, "version": self.view.row.version, "actor": self.actor, "now": self.now}


Act = tuple[type[forms.CaseForm] | None, Callable[[Doing], None], str]
"""The form that is filled in, what is done with it, and what is said then."""
Show = Callable[..., HttpResponse]


def act(request: HttpRequest, actor: Actor, case: UUID, acts: Mapping[str, Act], show: Show, to: str) -> HttpResponse:
    """Do what the button of the page says, and go on to page `to`; else `show` the page again with what was typed."""
    now = timezone.now()
    view = view_of(case, timezone.localdate(now))
    do = request.POST.get("do", "")
    kind, carry_out, told = acts.get(do, (None, None, ""))
    if carry_out is None:
        return show(request, actor, view, failed=gettext("Choose what you want to do."), status=422)
    form = kind(view, request.POST, files=request.FILES) if kind else None
    typed = {do: form} if form else {}
    if request.POST.get("version") != str(view.row.version):
        failed = words.problem(cases.ChangedError("Somebody else did something with this case."))
        return show(request, actor, view, failed=failed, forms_of=typed, status=409)
    if form is not None and not form.is_valid():
        return show(request, actor, view, forms_of=typed, status=422)
    try:
        carry_out(Doing(view, actor, now, whole(request.POST.get("proposal", "")), form.cleaned_data if form else {}))
    except NotFoundError as error:
        raise Http404 from error
    except DichterbijError as error:
        return show(
            request, actor, view_of(case, timezone.localdate(now)), failed=words.problem(error), forms_of=typed,
            status=words.status_of(error),
        )  # fmt: skip
    return done(request, gettext(told), to, case)


def view_of(case: UUID, on: date) -> CaseView:
    """The case as it is now; "no such page" for none."""
    try:
        return reading.case(case, on=on)
    except NotFoundError as error:
        raise Http404 from error


def whole(given: str) -> int:
    """A number that was sent; 0 for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0
