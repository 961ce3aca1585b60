"""Tables: hand-overs with their steps, what each region agreed, finding places and counts."""

from dichterbij.domains.referral.models.finding import FindingCount, FindingPlace, FindingVisit
from dichterbij.domains.referral.models.handovers import Handover, Step
from dichterbij.domains.referral.models.income import IncomeCount
from dichterbij.domains.referral.models.regions import RegionAgreement

__all__ = ["FindingCount", "FindingPlace", "FindingVisit", "Handover", "IncomeCount", "RegionAgreement", "Step"]
