"""The evaluation of the pilot of open hiring, worked out from records that are invented."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dichterbij.domains.routes.rules import open_hiring_pilot as rules
from dichterbij.domains.routes.rules.open_hiring_pilot import Benefit, PilotReport, Printed
from dichterbij.web.site.tables import csv_file

BENEFITS: dict[Benefit, str | Promise] = {
    Benefit.NONE: gettext_lazy("no benefit"),
    Benefit.BENEFIT: gettext_lazy("a benefit"),
    Benefit.UNKNOWN: gettext_lazy("not known"),
}


@dataclass(frozen=True)
class Row:
    """A number: from the records, over how many, and what was printed; each may be empty."""

    name: str
    number: str
    n: str
    printed: str


@require_safe
def pilot(request: HttpRequest) -> HttpResponse:
    """The numbers, over how many, their source, and what nobody knows."""
    report, printed = rules.pilot_report(rules.pilot_entries()), rules.printed()
    context = {"rows": _rows(report, printed), "report": report, "printed": printed,
               "agrees": rules.agrees(report, printed)}  # fmt: skip
    return render(request, "routes/pilot.html", context)


@require_safe
def records(_request: HttpRequest) -> HttpResponse:
    """The invented records as a table, to work it out again."""
    head = [_("Employer (invented)"), _("Place on the list"), _("Joined on"), _("Started on"),
            _("Left the list on"), _("Benefit")]  # fmt: skip
    rows = [
        [one.employer, one.place, one.joined_on, one.started_on or "", one.left_on or "", str(BENEFITS[one.benefit])]
        for one in rules.pilot_entries()
    ]
    return csv_file("proef-open-hiring-verzonnen.csv", head, rows)


def _rows(report: PilotReport, printed: Printed) -> tuple[Row, ...]:
    people = _("of %(n)s people") % {"n": report.on_list}
    started = _("of %(n)s people") % {"n": report.started}
    days = _("%(n)s days") % {"n": report.middle_days}
    with_n = _("(with %(n)s people)") % {"n": report.started}
    more_than = _("more than %(n)s") % {"n": printed.more_than_on_list}
    none_printed = _("“mainly”, without a number")
    without, without_started = (
        _share(counts.get(Benefit.NONE, 0), n)
        for counts, n in ((report.by_benefit, report.on_list), (report.started_by_benefit, report.started))
    )
    return (
        Row(_("Employers that took part"), str(report.employers), "", str(printed.employers)),
        Row(_("People on a list"), str(report.on_list), _("at %(n)s employers") % {"n": report.employers}, more_than),
        Row(_("People who found work"), str(report.started), people, str(printed.started)),
        Row(_("Still waiting at the end"), str(report.waiting), people, ""),
        Row(_("Left the list themselves"), str(report.left), people, ""),
        Row(_("Called while somebody before them still waited"), str(report.out_of_turn), started, ""),
        Row(_("Days on the list before the start, the middle one"), days, with_n, ""),
        Row(_("On a list without a benefit"), without, people, none_printed),
        Row(_("Found work without a benefit"), without_started, started, ""),
    )


def _share(part: int, whole: int) -> str:
    return f"{part} ({number_format(round(100 * part / whole))}%)"
