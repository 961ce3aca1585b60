"""What happens to my income when I start: the dates of easy return, and whom to ask. Nothing typed is kept with us."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.domains.support.rules.easy_return import EasyReturn, EasyReturnRule, easy_return, rule_on
from dichterbij.rules.outcome import Outcome
from dichterbij.web.content.pages import page
from dichterbij.web.desks.cards import DeskCard, in_language
from dichterbij.web.support import cookie
from dichterbij.web.support.calculators import calculators
from dichterbij.web.support.choosing import asked
from dichterbij.web.support.income_form import IncomeForm
from dichterbij.web.support.items import Presenter
from dichterbij.web.support.timeline import timeline
from dichterbij.web.support.told import Told

BENEFITS = ("welfare", "ww", "wia", "wajong", "zw", "none", "working")


@require_http_methods(["GET", "HEAD", "POST"])
def income(request: HttpRequest) -> HttpResponse:
    """The page with the form and, once it is filled in, the dates.

    The days travel in the cookie: never in the address, and a browser can go back to this page."""
    told, _ = cookie.open_told(request)
    form = IncomeForm(request.POST if request.method == "POST" else _told_before(told))
    if request.method == "POST" and form.is_valid():
        typed = tuple(str(form[name].value() or "") for name in form.fields)
        return cookie.keep(redirect(request.get_full_path()), replace(told, work=typed))
    text = page("support", "income", get_language() or "nl")
    context: dict[str, Any] = {
        "form": form,
        "text": text,
        "benefits": [text.section[code] for code in BENEFITS],
        "calculators": [
            {"name": in_language(item.name), "what": in_language(item.what), "item": item} for item in calculators()
        ],
        "desk": _desk(request, told),
        "desk_query": urlencode({"wie": Who.JOB_SEEKER.value, "over": Topic.INCOME.value}),
    }
    if request.method != "POST" and form.is_valid():
        context["found"] = _found(form)
    response = render(request, "support/income.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _told_before(told: Told) -> dict[str, str] | None:
    """What was filled in here before, when it still holds."""
    typed = dict(zip(IncomeForm.base_fields, told.work, strict=False))
    return typed if typed and IncomeForm(typed).is_valid() else None


def _found(form: IncomeForm) -> dict[str, Any]:
    option, start, trial_end = form.answers()
    rule = rule_on(start)
    outcome = easy_return(option=option, start=start, trial_end=trial_end, rule=rule)
    return {
        "option": option.value,
        "start": start,
        "value": outcome.value,
        "line": timeline(outcome.value, start),
        "is_over": outcome.value.until < timezone.localdate(),
        "rule": rule,
        "reasons": _reasons(outcome, rule, start),
        "assumptions": [in_language(words) for words in rule.assumptions],
    }


def _reasons(outcome: Outcome[EasyReturn], rule: EasyReturnRule, start: date) -> list[dict[str, Any]]:
    """What was applied, in the order in which it was."""
    value = outcome.value
    return [
        {"rule": reason.rule, "source": reason.source, "start": start, "value": value, "months": rule.months}
        for reason in outcome.reasons
    ]


def _desk(request: HttpRequest, told: Told) -> DeskCard | None:
    """The desk for questions about income in the region of the address or of the earlier answers; None: not known."""
    region = asked(request.GET).region or told.region
    if region is None:
        return None
    presenter = Presenter(region)
    found = which_desks(
        who=Who.JOB_SEEKER,
        topic=Topic.INCOME,
        home_region=region,
        work_region=None,
        on=timezone.localdate(),
        desks=presenter.desks.desks,
    )
    wanted = [row.desk for row in found.value if row.desk.kind.value == "gemeente"]
    return presenter.card(wanted[0] if wanted else found.value[0].desk)
