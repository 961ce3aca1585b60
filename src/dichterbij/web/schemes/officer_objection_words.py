"""The words of objections, for officers."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.queries.cases import EventRow
from dichterbij.domains.schemes.rules.procedure import Lateness, ObjectionStage, ObjectionStep
from dichterbij.web.schemes.officer_words import STEPS
from dichterbij.web.site.templatetags.money import euro

STAGES: Mapping[ObjectionStage, Promise] = {
    ObjectionStage.LODGED: _("Received"),
    ObjectionStage.INCOMPLETE: _("Something is missing"),
    ObjectionStage.HEARD: _("The applicant told their side"),
    ObjectionStage.UPHELD: _("The applicant is right"),
    ObjectionStage.REJECTED: _("The decision stays"),
    ObjectionStage.INADMISSIBLE: _("Not taken up"),
    ObjectionStage.TAKEN_BACK: _("Taken back by the applicant"),
}
LATENESS: Mapping[Lateness, Promise] = {
    Lateness.IN_TIME: _("in time"),
    Lateness.BY_POST: _("in time, by post"),
    Lateness.EARLY: _("before the decision was made known: that counts"),
    Lateness.LATE: _("too late: ask why"),
}
NOT_HEARD = _("The applicant did not need to talk")
NOT_YET: Mapping[ObjectionStep, Promise] = {
    ObjectionStep.UPHELD: _("not now: it came too late, and no good reason is written down"),
    ObjectionStep.REJECTED: _("not now: talk first, or write down that the applicant does not need to"),
    ObjectionStep.INADMISSIBLE: _("not now: it came in time and nothing is missing"),
}
LATE_FIRST = _("not now: first write down why it came late, or that we may not look at it")
TO_DO: Mapping[ObjectionStep, Promise] = {
    ObjectionStep.DEFECT_TOLD: _("Ask what is missing (a letter goes out)"),
    ObjectionStep.DEFECT_MENDED: _("It is complete now"),
    ObjectionStep.LATENESS_EXCUSED: _("Late for a good reason"),
    ObjectionStep.INVITED: _("Invite to talk (a letter goes out)"),
    ObjectionStep.HEARD: _("We talked: write what was said"),
    ObjectionStep.HEARING_WAIVED: _("The applicant does not need to talk"),
    ObjectionStep.ADJOURNED: _("Take six weeks more (a letter goes out)"),
    ObjectionStep.UPHELD: _("The applicant is right"),
    ObjectionStep.REJECTED: _("The decision stays"),
    ObjectionStep.INADMISSIBLE: _("We may not look at it"),
    ObjectionStep.TAKEN_BACK: _("The applicant takes it back"),
}


def decision(event: EventRow) -> str:
    """A decision to object to: "Granted: € 1,500, 3 June 2026"."""
    money = f": {euro(event.cents)}" if event.cents else ""
    return f"{STEPS.get(event.step, event.step)}{money}, {date_format(event.on, 'j F Y')}"
