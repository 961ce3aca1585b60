"""Tables: hand-overs with their steps, divided caseloads, what each region agreed, finding places and counts."""

from dichterbij.domains.referral.models.divisions import Division
from dichterbij.domains.referral.models.finding import FindingCount, FindingPlace, FindingVisit
from dichterbij.domains.referral.models.handovers import Handover, Step
from dichterbij.domains.referral.models.income import IncomeCount
from dichterbij.domains.referral.models.regions import RegionAgreement

__all__ = [
    "Division",
    "FindingCount",
    "FindingPlace",
    "FindingVisit",
    "Handover",
    "IncomeCount",
    "RegionAgreement",
    "Step",
]
