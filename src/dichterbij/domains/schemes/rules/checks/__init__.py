"""Flags on applications, each with its reason: something to look at, never a refusal by itself. Pure."""

from dichterbij.domains.schemes.rules.checks.deminimis import Aid, Room, de_minimis_signal, room_left
from dichterbij.domains.schemes.rules.checks.duplicates import duplicate_employers, duplicate_people
from dichterbij.domains.schemes.rules.checks.names import likeness, plain_name
from dichterbij.domains.schemes.rules.checks.placements import own_employer, quick_dismissals
from dichterbij.domains.schemes.rules.checks.sampling import Draw, RiskClass, draw_sample, risk_class
from dichterbij.domains.schemes.rules.checks.signals import (
    Checks,
    Employer,
    Found,
    Placement,
    Signal,
    SignalCode,
    read_checks,
)
from dichterbij.domains.schemes.rules.checks.undertakings import Tie, TieKind, over_the_group_cap, undertakings

__all__ = [
    "Aid", "Checks", "Draw", "Employer", "Found", "Placement", "RiskClass", "Room", "Signal", "SignalCode", "Tie",
    "TieKind", "de_minimis_signal", "draw_sample", "duplicate_employers", "duplicate_people", "likeness",
    "over_the_group_cap", "own_employer", "plain_name", "quick_dismissals", "read_checks", "risk_class", "room_left",
    "undertakings",
]  # fmt: skip
