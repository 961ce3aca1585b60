"""Sheets beside a scheme: who pays and who gains, the phases of a fund, what a fund reports, how long a stay lasts."""

import csv
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.data import DEMO
from dichterbij.domains.schemes.rules.cost_benefit import Line, Party, lines_on, sheet
from dichterbij.domains.schemes.rules.files import scheme
from dichterbij.domains.schemes.rules.fund_report import Job, fund_report
from dichterbij.domains.schemes.rules.phases import may_enter
from dichterbij.domains.schemes.rules.scheme import Limit
from dichterbij.domains.schemes.rules.stays import may_begin, stay
from dichterbij.shared.errors import InputError
from dichterbij.web.schemes import present
from dichterbij.web.schemes.sheet_forms import PHASES, JobsForm, PhaseForm, StayForm
from dichterbij.web.site.private import private

FUND, LAST, IMPULSE = "social_innovation_fund", "last_obstacle", "jobs_agreement_impulse"
GOAL = (60, 80)  # printed, as the scheme's file has it: a test lays them beside each other
PARTIES = {
    Party.EMPLOYER: _("The employer"),
    Party.PERSON: _("Who gets the job"),
    Party.MUNICIPALITY: _("The municipality"),
    Party.STATE: _("The state"),
    Party.SOCIETY: _("Society"),
    Party.FUND: _("The fund"),
}
CHECKS = {
    "phase.is_next": _("No phase is skipped"),
    "phase.region_from_start": _("The region takes part from the beginning"),
    "phase.needs_known": _("What the employer needs is written down"),
    "phase.region_agreement": _("There is an agreement with the region"),
    "phase.case_closes": _("The case closes: all of it is paid for"),
}
NEEDED = {
    "bike": _("Bike, electric too"),
    "licence": _("Driving licence"),
    "computer": _("Computer, laptop or tablet"),
    "other": _("Something else"),
}


@require_safe
def who_pays(request: HttpRequest) -> HttpResponse:
    """The social cost-benefit sheet of inclusive jobs: each line, who pays, who gains, and that the sums close."""
    form = JobsForm(request.GET if "jobs" in request.GET else {"jobs": _printed(FUND, "employers")})
    jobs = form.cleaned_data["jobs"] if form.is_valid() else 1
    found = sheet(lines_on(timezone.localdate()), jobs)
    parties = [
        (name, found.pays[one], found.gains[one], found.balance[one])
        for one, name in PARTIES.items()
        if found.pays[one] or found.gains[one]
    ]
    context = {
        "card": present.card(scheme(FUND, timezone.localdate()), timezone.now()), "form": form, "found": found,
        "parties": parties, "lines": [_line(one, jobs) for one in found.lines],
    }  # fmt: skip
    return render(request, "schemes/sheets/who_pays.html", context, status=200 if form.is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: HttpRequest) -> HttpResponse:
    """May a plan enter the next phase of the fund? With each thing that was looked at."""
    form = PhaseForm(request.POST if request.method == "POST" else None)
    read = scheme(FUND, timezone.localdate())
    context: dict[str, Any] = {
        "card": present.card(read, timezone.now()), "form": form, "phases": PHASES.values(),
        "first": _printed(FUND, "first_pilot"), "extra": _printed(FUND, "extra"),
        "together": _printed(FUND, "employers"),
    }  # fmt: skip
    if form.is_valid():
        case, wanted = form.case()
        entered = may_enter(case, wanted)
        context |= {
            "may": entered.value, "wanted": PHASES[wanted], "shortage": max(0, case.shortage_cents),
            "checks": [(CHECKS[one.rule], one.inputs["holds"]) for one in entered.reasons],
        }  # fmt: skip
    return private(render(request, "schemes/sheets/phases.html", context, status=422 if form.errors else 200))


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What the last-obstacle fund reports, worked out again from its records: the goal, and the means."""
    read = scheme(LAST, timezone.localdate())
    least, most = GOAL
    found = fund_report(_records(), most)
    context = {
        "card": present.card(read, timezone.now()), "found": found, "least": least, "most": most,
        "months": _tenths(found.mean_months_tenths), "hours": _tenths(found.mean_hours_tenths),
        "shares": [(NEEDED[kind], _tenths(share)) for kind, share in
                   sorted(found.share_tenths.items(), key=lambda one: (one[0] == "other", -one[1]))],
        "jobs": read.printed["jobs"], "printed_months": _number(read.printed["mean_months"]),
        "printed_hours": _number(read.printed["mean_hours"]),
    }  # fmt: skip
    return render(request, "schemes/sheets/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def duration(request: HttpRequest) -> HttpResponse:
    """When a last-resort stay is reviewed and ends, and that it does not come again."""
    form = StayForm(request.POST if request.method == "POST" else None)
    read = scheme(IMPULSE, timezone.localdate())
    context: dict[str, Any] = {"card": present.card(read, timezone.now()), "form": form, "limit": read.limit}
    if form.is_valid() and read.limit:
        context |= _stay(form, read.limit)
    return private(render(request, "schemes/sheets/duration.html", context, status=422 if form.errors else 200))


def _stay(form: StayForm, limit: Limit) -> dict[str, Any]:
    given = form.cleaned_data
    try:
        found = stay(given["start"], limit, is_exceptional=given["exceptional"] == "yes").value
    except InputError:
        form.add_error("start", _("This day lies too far ahead."))
        return {}
    before = [found] if given["earlier"] == "yes" else []
    return {"found": found, "may": may_begin(before).value}


def _line(line: Line, jobs: int) -> tuple[str, str, str, int, bool]:
    payer = str(PARTIES[line.payer]) if line.payer else ""
    gainer = str(PARTIES[line.gainer]) if line.gainer else ""
    return present.in_words(line.words), payer, gainer, line.cents * line.years * jobs, line.is_assumption


def _printed(slug: str, name: str) -> int:
    """A number that a document printed."""
    return int(str(scheme(slug, timezone.localdate()).printed[name]))


def _records() -> list[Job]:
    with (DEMO / LAST / "jobs.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [Job(int(row["months"]), int(row["tenths_of_hours"]), row["needed"], int(row["cents"])) for row in rows]


def _tenths(number: int) -> str:
    """Tenths as people of this language write them: 106 is 10,6."""
    return _number(f"{number // 10}.{number % 10}")


def _number(text: object) -> str:
    return str(number_format(Decimal(str(text)), decimal_pos=1))
