"""Objections of a case: received, made whole, talked about, answered by others than who decided."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import officers
from dichterbij.domains.schemes.queries.cases import CaseView
from dichterbij.domains.schemes.rules.procedure import ObjectionStep
from dichterbij.web.schemes import officer_objection_forms as forms
from dichterbij.web.schemes import officer_objection_present as present
from dichterbij.web.schemes.views.officer import officer, page
from dichterbij.web.schemes.views.officer_acting import Act, Doing, act, view_of


@require_http_methods(["GET", "HEAD", "POST"])
def objections(request: HttpRequest, case: UUID) -> HttpResponse:
    """The objections of a case; on POST one is received, goes a step further, or gets a proposed answer."""
    actor = officer(request)
    if request.method == "POST":
        return act(request, actor, case, ACTS, _show, "schemes:objections")
    return _show(request, actor, view_of(case, timezone.localdate()))


def _show(
    request: HttpRequest, actor: Actor, view: CaseView, *, failed: str = "", status: int = 200,
    forms_of: Mapping[str, Any] = {},
) -> HttpResponse:  # fmt: skip
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "view": view,
        "row": view.row,
        "lodge": forms_of.get("lodge") or forms.LodgeForm(view, initial={"received_on": today}),
        "objections": [
            (present.objection(one, view, actor, today), *_forms(view, one.id, forms_of)) for one in view.objections
        ],
        "money": officers.ceiling(view.row.round_id, now=now),
        "open_form": next(iter(forms_of), ""),
        "failed": failed,
    }
    return page(request, "officer/objections.html", context, status=status)


def _forms(view: CaseView, objection: UUID, typed: Mapping[str, Any]) -> tuple[Any, ...]:
    """The forms of one objection: what was typed, where it was about this one."""
    kinds = {"next": forms.NextForm, "answer": forms.AnswerForm, "money": forms.MoneyForm}
    found = [
        typed[name] if name in typed and typed[name].row and typed[name].row.id == objection
        else kind(view, initial={"objection": objection})
        for name, kind in kinds.items()
    ]  # fmt: skip
    return tuple(found)


def _lodge(doing: Doing) -> None:
    given = doing.given
    cases.lodge_objection(
        **doing.common, objection=given["objection"], against=int(given["against"]), received_on=given["received_on"],
        posted_on=given["posted_on"], with_committee=given["with_committee"], words=given["words"],
    )  # fmt: skip


def _next(doing: Doing) -> None:
    given, until = doing.given, doing.given["until"]
    cases.take_objection_step(
        **doing.common, objection=given["objection"], step=ObjectionStep(given["step"]), reason=given["reason"],
        until=until if isinstance(until, date) else None,
    )  # fmt: skip


def _answer(doing: Doing) -> None:
    given, step = doing.given, ObjectionStep(doing.given["step"])
    cents = (given["amount"] or 0) if step is ObjectionStep.UPHELD else 0
    cases.take_objection_step(
        **doing.common, objection=given["objection"], step=step, reason=given["reason"], cents=cents
    )  # fmt: skip


def _money(doing: Doing) -> None:
    given = doing.given
    cases.take_objection_step(
        **doing.common, objection=given["objection"], step=ObjectionStep.UPHELD, reason=given["reason"],
        cents=given["amount"],
    )  # fmt: skip


PROPOSED = gettext_noop("Proposed. A colleague who had no part in the decision approves it.")
ACTS: Mapping[str, Act] = {
    "lodge": (forms.LodgeForm, _lodge, gettext_noop("Written down. The applicant gets a letter that it came.")),
    "next": (forms.NextForm, _next, gettext_noop("Written down.")),
    "money": (forms.MoneyForm, _money, PROPOSED),
    "answer": (forms.AnswerForm, _answer, PROPOSED),
}
