"""Tables: hand-overs with their steps, letters that must leave, and what each region agreed."""

from dichterbij.domains.referral.models.handovers import Handover, Step
from dichterbij.domains.referral.models.letters import Letter
from dichterbij.domains.referral.models.regions import RegionAgreement

__all__ = ["Handover", "Letter", "RegionAgreement", "Step"]
