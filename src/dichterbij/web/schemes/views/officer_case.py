"""One case: facts beside evidence, reasons to look, the proposal, and what can be done now."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_noop, override
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries import contact_of
from dichterbij.domains.schemes.queries.cases import CaseView
from dichterbij.domains.schemes.rules.checks import Found
from dichterbij.domains.schemes.rules.contact import BY_APPLICANT
from dichterbij.domains.schemes.rules.procedure import Ground, Step
from dichterbij.domains.schemes.rules.procedure.stages import ENDED, WITH_MONEY
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.schemes import officer_forms as forms
from dichterbij.web.schemes import officer_present as present
from dichterbij.web.schemes import officer_warning as warning
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.views.officer import officer, page
from dichterbij.web.schemes.views.officer_acting import Act, Doing, act, view_of
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """The case; on POST one thing is done with it, on the version that was shown."""
    actor = officer(request)
    if request.method == "POST":
        return act(request, actor, case, ACTS, _show, "schemes:case")
    return _show(request, actor, view_of(case, timezone.localdate()))


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


@require_safe
def document(request: HttpRequest, case: UUID, document: int) -> HttpResponse:
    """A document that was shown, to read; nothing in it is carried out."""
    officer(request)
    try:
        content, media_type, title = reading.document(document, case=case)
    except NotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(False, title) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def _show(
    request: HttpRequest, actor: Actor, view: CaseView, *, failed: str = "", status: int = 200,
    forms_of: Mapping[str, Any] = {},
) -> HttpResponse:  # fmt: skip
    state, today = view.state, timezone.localdate()
    known = _known_account(view)
    amount = {"amount": present.plain_euros(view.row.proposed_cents or state.granted_cents or state.undue_cents)}
    fresh: Mapping[str, Callable[[], forms.CaseForm]] = {
        "propose": lambda: forms.ProposeForm(view, initial=amount),
        "step": lambda: forms.StepForm(view),
        "send_back": lambda: forms.BackForm(view),
        "account": lambda: forms.AccountForm(view, initial=known),
        "repaid": lambda: forms.RepaidForm(view),
        "evidence": lambda: forms.EvidenceForm(view),
        "ask": lambda: forms.AskForm(view, initial={"until": warning.completion_day(view, today)}),
        "later": lambda: forms.LaterForm(view),
        "ended": lambda: forms.EndedForm(view),
    }
    flags = _flag_forms(view, forms_of.get("flag"))
    context = {
        "given": known if known.get("reason") else None,
        "changed_account": _changed_account(view),
        "view": view,
        "row": view.row,
        "shown": present.case(view, actor, today, flags),
        "forms": {name: forms_of.get(name) or make() for name, make in fresh.items()},
        "open_form": next(iter(forms_of), ""),
        "failed": failed,
        "has_ended": state.stage in ENDED,
        "can_repay": Step.REPAID in view.possible and state.claimed_cents > state.repaid_cents,
        "can_account": Step.ACCOUNT_CHANGED in view.possible,
        "can_add": Step.EVIDENCE_ADDED in view.possible,
        "can_end": Step.PLACEMENT_ENDED in view.possible and state.stage in WITH_MONEY,
        "can_ask": Step.COMPLETION_ASKED in view.possible,
        "can_complete": Step.COMPLETED in view.possible,
        "is_late": warning.about(view, today),
        "evidence": _evidence_forms(view, actor, forms_of.get("strike")),
    }
    return page(request, "officer/case.html", context, status=status)


def _known_account(view: CaseView) -> dict[str, str]:
    """Where is paid now; before anybody wrote that down, what the applicant gave, and that it came from there.

    One that the applicant changed is not taken over with one press: whoever does it writes how they checked it.
    """
    if _changed_account(view):
        return {"account": _changed_account(view)}
    given = None if view.account else contact_of(view.row.number)
    if given is None or not given.sure_account:
        return {"account": view.account}
    day = date_format(timezone.localdate(given.given_at), "j F Y")
    return {
        "account": given.sure_account,
        "reason": gettext("The applicant gave it when applying, on %(day)s.") % {"day": day},
    }


def _changed_account(view: CaseView) -> str:
    """The account that the applicant gave since, which nobody looked at yet; empty when there is none."""
    if BY_APPLICANT not in {one.kind for one in view.tasks}:
        return ""
    given = contact_of(view.row.number)
    return given.account if given else ""


def _flag_forms(view: CaseView, typed: forms.CaseForm | None) -> Mapping[int, forms.CaseForm]:
    """For every reason to look a form of its own, with ids of its own."""
    found: dict[int, forms.CaseForm] = {}
    for one in (event.number for event in view.events if event.step == Step.FLAGGED.value):
        form = typed if typed and str(typed["flagged"].value()) == str(one) else None
        found[one] = form or forms.FlagForm(view, initial={"flagged": one})
        found[one].auto_id = f"id_{one}_%s"
    return found


def _evidence_forms(view: CaseView, actor: Actor, typed: forms.CaseForm | None) -> list[tuple[Any, Any]]:
    """Every document; with a form to take it back for whoever put it there, until a decision stands on it."""
    found: list[tuple[Any, Any]] = []
    for one in view.evidence:
        is_own = one.added_by == str(actor) and one.struck_at is None
        sent = typed if typed and str(typed["evidence"].value()) == str(one.id) else None
        form = sent or forms.StrikeForm(view, initial={"evidence": one.id})
        form.auto_id = f"id_{one.id}_%s"
        stays = any(event.assessed_by and event.at > one.added_at for event in view.events)
        found.append((one, form if is_own and not stays else None))
    return found


def _strike(doing: Doing) -> None:
    cases.strike_evidence(**doing.common, evidence=doing.given["evidence"], reason=doing.given["reason"])


def _penalty(doing: Doing) -> None:
    due = doing.view.penalty_to_set
    cases.propose(**doing.common, step=Step.PENALTY_SET, cents=due.cents if due else 0)


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
    given = doing.given
    cases.answer_flag(
        **doing.common, flagged=given["flagged"], answer=given["answer"], found=Found(given["found"])
    )  # fmt: skip


def _evidence(doing: Doing) -> None:
    name, content = doing.given["document"]
    kept = cases.read_document(kind=doing.given["kind"], title=name, content=content)
    cases.add_evidence(**doing.common, document=kept)


def _ask(doing: Doing) -> None:
    given = doing.given
    with override(doing.view.language):
        asked = [str(words.MISSING[one]) for one in given["missing"]]
    reason = "; ".join([*asked, *([given["reason"]] if given["reason"] else [])])
    cases.take_step(**doing.common, step=Step.COMPLETION_ASKED, reason=reason, until=given["until"])


def _complete(doing: Doing) -> None:
    cases.take_step(**doing.common, step=Step.COMPLETED)


def _later(doing: Doing) -> None:
    given = doing.given
    cases.take_step(**doing.common, step=Step.POSTPONED, reason=given["reason"], until=given["until"])


def _ended(doing: Doing) -> None:
    given = doing.given
    cases.end_placement(**doing.common, last_day=given["last_day"], reason=given["reason"])


def _account(doing: Doing) -> None:
    cases.change_account(**doing.common, account=doing.given["account"], reason=doing.given["reason"])


def _repaid(doing: Doing) -> None:
    cases.receive_repayment(**doing.common, cents=doing.given["amount"], reference=doing.given["reference"])


def _tasks(doing: Doing) -> None:
    cases.finish_tasks(tasks=[task.id for task in doing.view.tasks], actor=doing.actor, now=doing.now)


ACTS: Mapping[str, Act] = {
    "propose": (forms.ProposeForm, _propose, gettext_noop("Proposed. A colleague approves it.")),
    "approve": (None, _approve, gettext_noop("Approved. The letter goes out.")),
    "send_back": (forms.BackForm, _send_back, gettext_noop("Sent back.")),
    "step": (forms.StepForm, _step, gettext_noop("Written down.")),
    "flag": (forms.FlagForm, _flag, gettext_noop("Written down what you found.")),
    "evidence": (forms.EvidenceForm, _evidence, gettext_noop("The document is added.")),
    "strike": (forms.StrikeForm, _strike, gettext_noop("Taken back. The line stays in the history.")),
    "penalty": (None, _penalty, gettext_noop("Proposed. A colleague approves it, and the letter goes out.")),
    "ask": (forms.AskForm, _ask, gettext_noop("Asked. The letter goes out, and our term stands still.")),
    "complete": (None, _complete, gettext_noop("Written down. Our term runs again.")),
    "later": (forms.LaterForm, _later, gettext_noop("Told. The letter goes out.")),
    "ended": (forms.EndedForm, _ended, gettext_noop("Written down. The next check looks at it.")),
    "account": (forms.AccountForm, _account, gettext_noop("The account number is changed.")),
    "repaid": (forms.RepaidForm, _repaid, gettext_noop("Written down what came back.")),
    "tasks": (None, _tasks, gettext_noop("Done: the tasks of this case are gone.")),
}
