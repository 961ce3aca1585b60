"""The words of a scheme's codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.rules.scheme import Applicant, Evidence, Method, Rest, Status, Whose

STATE: Mapping[str, Promise] = {
    Status.OPEN.value: _("Open"),
    Status.PLANNED.value: _("Planned, not open yet"),
    "over": _("Over"),
    Status.CLOSED.value: _("Closed"),
    Status.WITHDRAWN.value: _("Cancelled"),
}
APPLICANT: Mapping[Applicant, Promise] = {
    Applicant.EMPLOYER: _("Employer"),
    Applicant.LEARNING_COMPANY: _("Recognised learning company"),
    Applicant.TRAINER: _("One trainer"),
    Applicant.TRAINERS: _("Trainers together"),
    Applicant.CONSORTIUM: _("Organisations together (consortium)"),
    Applicant.CAREER_ADVISER: _("Career adviser"),
    Applicant.MUNICIPALITY: _("Municipality"),
    Applicant.CENTRE_MUNICIPALITY: _("Centre municipality"),
    Applicant.SCHOOL: _("School"),
    Applicant.SCHOOL_REGISTRATION: _("Registration desk for school leavers"),
    Applicant.SUPPORT_PROFESSIONAL: _("Adviser or job coach"),
    Applicant.UWV: _("UWV"),
    Applicant.UNION: _("Trade union"),
    Applicant.EMPLOYERS_ASSOCIATION: _("Employers' association"),
    Applicant.SOCIAL_ENTERPRISE: _("Social enterprise"),
    Applicant.REGION: _("Labour-market region"),
    Applicant.WORKER: _("Worker"),
}
METHOD: Mapping[Method, Promise] = {
    Method.RECEIPT: _("Who is complete first, goes first. When the money is used up, everybody after that gets a no."),
    Method.DAY_LOTTERY: _("Day by day. When the money runs out on a day, a draw decides among those of that day."),
    Method.LOTTERY: _("Everybody who asks in time takes part in one draw. It does not matter how early you are."),
    Method.PRO_RATA: _(
        "Everybody is looked at together. When more is asked than there is, everybody gets the same part of what they"
        " asked, to the cent. Cents that are left over go to who lost most by rounding down, and of equals to who was"
        " complete first."
    ),
    Method.TENDER: _(
        "Two officers give each plan points, and say why. The plans with the most points go first. With as many"
        " points, a draw decides, or who was complete first. The list with the points is public."
    ),
    Method.WINDOWS: _("In two windows, each with its own money."),
}
REST: Mapping[Rest, Promise] = {
    Rest.STOP: _("Is less left than the next one asks? Then it stops there."),
    Rest.NEXT: _("Is less left than the next one asks? Then a smaller application after it may still get it."),
    Rest.REST: _("Is less left than the next one asks? Then that one gets what is left."),
    Rest.UNITS: _("Is less left than one whole amount? Then that money stays."),
}
EVIDENCE: Mapping[Evidence, Promise] = {
    Evidence.ON_REQUEST: _("Less than € 25,000: keep it. You send it only when we ask."),
    Evidence.ACTIVITY_REPORT: _("€ 25,000 to € 125,000: send it with a short report on what you did."),
    Evidence.AUDIT: _("From € 125,000: with a financial report and an auditor's opinion."),
}
DOCUMENTS: Mapping[str, Promise] = {
    "employment_contract": _("employment contract"),
    "activity_report": _("report on what you did"),
    "financial_report": _("financial report"),
    "audit_opinion": _("auditor's opinion"),
}
PAPERS: Mapping[str, Promise] = {
    **DOCUMENTS,
    "action_plan": _("action plan of the region"),
    "agreement_with_region": _("agreement with the region"),
    "attendance_record": _("list of who was there"),
    "business_case": _("sum of costs and income"),
    "cooperation_agreement": _("agreement to work together"),
    "invoice": _("invoice"),
    "payslips": _("payslips"),
    "professional_judgement": _("judgement of a professional"),
    "proof_of_own_share": _("proof of what you pay yourself"),
    "registration": _("proof of registration"),
    "reviews": _("reports of each review"),
    "training_agreement": _("training agreement"),
    "training_plan": _("training plan"),
}
WHOSE: Mapping[Whose, Promise] = {
    Whose.PERSON: _("for one person"),
    Whose.EMPLOYER: _("for one employer"),
    Whose.GROUP: _("for employers of one group together"),
}
TERMS: Mapping[str, Promise] = {
    "complete": _("Is something missing? You have this long to send it"),
    "decide": _("We decide within"),
    "pay": _("We pay within"),
    "settle": _("We close it within"),
    "object": _("You do not agree? You can object for"),
}
RULES: Mapping[str, Promise] = {
    "exercise": _("This is an exercise: the sum is real, and nothing is paid"),
    "scheme_open": _("The scheme is open"),
    "in_window": _("You ask in time, and this kind of applicant may ask"),
    "start": _("It begins on a day that counts"),
    "limit": _("It is not longer or more than allowed"),
    "category": _("This kind is part of the scheme"),
    "amount.fixed": _("One fixed amount"),
    "amount.pro_rata": _("A full amount, or the part of it that belongs to fewer"),
    "amount.share": _("A part of the costs"),
    "amount.costs": _("The costs, less what you pay yourself"),
    "amount.by_category": _("An amount for each kind"),
}


def not_so(text: str) -> str:
    """A condition that must not hold, and does not: "Not so: ..."."""
    return gettext("Not so: %(what)s") % {"what": text[:1].lower() + text[1:]}
