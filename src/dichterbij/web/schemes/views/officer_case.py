"""One case: facts beside evidence, reasons to look, the proposal, and what can be done now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries import contact_of
from dichterbij.domains.schemes.queries.cases import CaseView
from dichterbij.domains.schemes.rules.procedure import Ground, Step
from dichterbij.shared.errors import DichterbijError, NotFoundError
from dichterbij.web.schemes import officer_forms as forms
from dichterbij.web.schemes import officer_present as present
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.views.officer import done, officer, page
from dichterbij.web.site.private import private


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


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """The case; on POST one thing is done with it, on the version that was shown."""
    actor, now = officer(request), timezone.now()
    view = _view(case, timezone.localdate(now))
    if request.method != "POST":
        return _show(request, actor, view)
    do = request.POST.get("do", "")
    kind, act, told = ACTS.get(do, (None, None, ""))
    if act is None:
        return _show(request, actor, view, failed=gettext("Choose what you want to do."), status=422)
    form = kind(view, request.POST) if kind else None
    typed = {do: form} if form else {}
    if request.POST.get("version") != str(view.row.version):
        failed = words.problem(cases.ChangedError("Somebody else did something with this case."))
        return _show(request, actor, view, failed=failed, forms_of=typed, status=409)
    if form is not None and not form.is_valid():
        return _show(request, actor, view, forms_of=typed, status=422)
    try:
        act(Doing(view, actor, now, _whole(request.POST.get("proposal", "")), form.cleaned_data if form else {}))
    except NotFoundError as error:
        raise Http404 from error
    except DichterbijError as error:
        return _show(
            request, actor, _view(case, timezone.localdate(now)), failed=words.problem(error), forms_of=typed,
            status=words.status_of(error),
        )  # fmt: skip
    return done(request, gettext(told), "schemes:case", case)


@require_safe
def letter(request: HttpRequest, case: UUID, letter: int) -> HttpResponse:
    """A letter as it was sent, to the byte."""
    officer(request)
    try:
        content, digest = reading.letter_pdf(letter, case=case)
    except NotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="brief-{letter}-{digest[:8]}.pdf"'
    return private(response)


def _view(case: UUID, on: date) -> CaseView:
    try:
        return reading.case(case, on=on)
    except NotFoundError as error:
        raise Http404 from error


def _show(
    request: HttpRequest, actor: Actor, view: CaseView, *, failed: str = "", status: int = 200,
    forms_of: Mapping[str, Any] = {},
) -> HttpResponse:  # fmt: skip
    state, today = view.state, timezone.localdate()
    amount = {"amount": present.plain_euros(view.row.proposed_cents or state.granted_cents or state.undue_cents)}
    fresh: Mapping[str, Callable[[], forms.CaseForm]] = {
        "propose": lambda: forms.ProposeForm(view, initial=amount),
        "step": lambda: forms.StepForm(view),
        "send_back": lambda: forms.BackForm(view),
        "account": lambda: forms.AccountForm(view, initial=_known_account(view)),
        "repaid": lambda: forms.RepaidForm(view),
    }
    context = {
        "view": view,
        "row": view.row,
        "shown": present.case(view, actor, today),
        "forms": {name: forms_of.get(name) or make() for name, make in fresh.items()},
        "flag_form": forms_of.get("flag"),
        "open_form": next(iter(forms_of), ""),
        "failed": failed,
        "can_repay": Step.REPAID in view.possible and state.claimed_cents > state.repaid_cents,
        "can_account": Step.ACCOUNT_CHANGED in view.possible,
    }
    return page(request, "officer/case.html", context, status=status)


def _known_account(view: CaseView) -> dict[str, str]:
    """Where is paid now; before anybody wrote that down, what the applicant gave, and that it came from there."""
    given = None if view.account else contact_of(view.row.number)
    if given is None or not given.account:
        return {"account": view.account}
    day = date_format(timezone.localdate(given.given_at), "j F Y")
    return {
        "account": given.account,
        "reason": gettext("The applicant gave it when applying, on %(day)s.") % {"day": day},
    }


def _propose(doing: Doing) -> None:
    given = doing.given
    ground = Ground(given["ground"]) if given.get("ground") else None
    step = Step(given["step"])
    is_no = step in (Step.REFUSED, Step.NOT_CONSIDERED, Step.WITHDRAWN)
    cents = 0 if is_no else given["amount"] or 0
    cases.propose(**doing.common, step=step, cents=cents, reason=given["reason"], ground=ground)


def _approve(doing: Doing) -> None:
    cases.approve(**doing.common, proposal=doing.proposal)


def _send_back(doing: Doing) -> None:
    cases.send_back(**doing.common, proposal=doing.proposal, reason=doing.given["reason"])


def _step(doing: Doing) -> None:
    given = doing.given
    cases.take_step(**doing.common, step=Step(given["step"]), reason=given["reason"], until=given["until"])


def _flag(doing: Doing) -> None:
    cases.answer_flag(**doing.common, flagged=doing.given["flagged"], answer=doing.given["answer"])


def _account(doing: Doing) -> None:
    cases.change_account(**doing.common, account=doing.given["account"], reason=doing.given["reason"])


def _repaid(doing: Doing) -> None:
    cases.receive_repayment(**doing.common, cents=doing.given["amount"], reference=doing.given["reference"])


def _tasks(doing: Doing) -> None:
    for task in doing.view.tasks:
        cases.finish_task(task=task.id, actor=doing.actor, now=doing.now)


def _whole(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


ACTS: Mapping[str, tuple[type[forms.CaseForm] | None, Callable[[Doing], None], str]] = {
    "propose": (forms.ProposeForm, _propose, gettext_noop("Proposed. A colleague approves it.")),
    "approve": (None, _approve, gettext_noop("Approved. The letter goes out.")),
    "send_back": (forms.BackForm, _send_back, gettext_noop("Sent back.")),
    "step": (forms.StepForm, _step, gettext_noop("Written down.")),
    "flag": (forms.FlagForm, _flag, gettext_noop("Written down what you found.")),
    "account": (forms.AccountForm, _account, gettext_noop("The account number is changed.")),
    "repaid": (forms.RepaidForm, _repaid, gettext_noop("Written down what came back.")),
    "tasks": (None, _tasks, gettext_noop("Done: the tasks of this case are gone.")),
}
