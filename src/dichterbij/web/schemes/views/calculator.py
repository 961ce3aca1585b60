"""What would I get, and why? Nothing that is filled in is kept."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.rules.formulas import PerUnit
from dichterbij.domains.schemes.rules.judging import Judged, judge
from dichterbij.domains.schemes.rules.reasons import Why, reason_texts
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.web.schemes import present, words
from dichterbij.web.schemes.forms import CalculatorForm
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.site.private import private

STARTED = (Why.STARTED_TOO_EARLY, Why.STARTED_TOO_LATE)


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that was applied. `source` is empty for an assumption."""

    text: str
    source: str
    is_refusal: bool


@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions; on POST the answer above them, with every rule that led to it."""
    read, now = scheme_or_404(slug), timezone.now()
    if not present.may_calculate(read, now):
        raise Http404("This scheme cannot be calculated.")
    form = CalculatorForm(read, request.POST if request.method == "POST" else None)
    may_apply = slug in queries.open_schemes(now=now)
    context: dict[str, Any] = {"card": present.card(read, now), "form": form, "may_apply": may_apply}
    if form.is_bound and form.is_valid():
        as_asked = read.as_exercise() if read.may_exercise else read
        facts = form.facts()
        context["found"] = found(read, judge(as_asked, facts)) | _counted(read, facts.quantity)
        context["typed"] = [(name, form[name].value()) for name in form.fields if name in form.data]
    return private(render(request, "schemes/calculator.html", context, status=422 if form.errors else 200))


def found(scheme: Scheme, outcome: Outcome[Judged]) -> dict[str, Any]:
    """The answer for the page."""
    judged = outcome.value
    return {
        "cents": judged.cents,
        "own_cents": judged.own_cents,
        "why": present.in_words(reason_texts()[judged.why].words),
        "days": present.days_that_count(scheme) if judged.why in STARTED else "",
        "is_granted": judged.why is Why.GRANTED,
        "evidence": words.EVIDENCE[judged.evidence] if judged.evidence else "",
        "papers": present.papers(scheme, judged.evidence) if judged.evidence else "",
        "steps": [_step(scheme, reason) for reason in outcome.reasons],
    }


def _counted(scheme: Scheme, asked: int) -> dict[str, Any]:
    """How many are paid for, whether the sum stopped there, and how many applications that takes."""
    if not isinstance(scheme.formula, PerUnit):
        return {}
    most = scheme.formula.most
    units = min(asked, most) if most else asked
    return {
        "asked": asked, "units": units, "stopped": asked > units, "unit_cents": scheme.formula.cents,
        "unit": present.units(scheme), "most_source": present.source_words(scheme, scheme.formula_source),
        "applications": units if present.is_about_one(scheme) else 1,
    }  # fmt: skip


def _step(scheme: Scheme, reason: Reason) -> Step:
    source = present.source_words(scheme, reason.source.partition(";")[0])
    refusal = next((one for one in Why if one.slug == reason.rule and not one.is_grant), None)
    if refusal is not None:
        return Step(present.in_words(reason_texts()[refusal].words), source, is_refusal=True)
    kind, _, code = reason.rule.partition(".")
    if kind == "condition":
        condition = next(one for one in scheme.conditions if one.code == code)
        text = present.in_words(condition.words)
        return Step(text if condition.must else words.not_so(text), source, is_refusal=False)
    if reason.rule == "amount.per_unit":
        text = gettext("An amount per %(unit)s, up to the maximum") % {"unit": present.units(scheme)[0]}
        return Step(text, source, is_refusal=False)
    return Step(str(words.RULES.get(reason.rule, reason.rule)), source, is_refusal=False)
