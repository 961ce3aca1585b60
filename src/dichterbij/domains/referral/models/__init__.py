"""Tables: hand-overs with their steps, letters that must leave, what each region agreed, and finding places."""

from dichterbij.domains.referral.models.finding import FindingCount, FindingPlace, FindingVisit
from dichterbij.domains.referral.models.handovers import Handover, Step
from dichterbij.domains.referral.models.letters import Letter
from dichterbij.domains.referral.models.regions import RegionAgreement

__all__ = ["FindingCount", "FindingPlace", "FindingVisit", "Handover", "Letter", "RegionAgreement", "Step"]
