"""Schemes as dated data, judged and decided by pure rules: no database, no clock, nothing random."""

from dichterbij.domains.schemes.rules.deciding import Decider, Decisions, State
from dichterbij.domains.schemes.rules.distribution import decide_all, draw, in_order, share_out
from dichterbij.domains.schemes.rules.facts import APPLICANTS, COLUMNS, NO_DAY, NO_KEY, Facts, columns_of, key_of
from dichterbij.domains.schemes.rules.files import scheme, schemes, slugs, versions
from dichterbij.domains.schemes.rules.judging import Judged, evidence_for, judge
from dichterbij.domains.schemes.rules.judging_many import judge_many
from dichterbij.domains.schemes.rules.reading import read_scheme
from dichterbij.domains.schemes.rules.reasons import REASONS, ReasonText, Why, reason_texts
from dichterbij.domains.schemes.rules.scheme import (
    Applicant,
    Counts,
    Evidence,
    Method,
    Rest,
    Scheme,
    Status,
    Whose,
    check_ceiling,
)

__all__ = [
    "APPLICANTS",
    "COLUMNS",
    "NO_DAY",
    "NO_KEY",
    "REASONS",
    "Applicant",
    "Counts",
    "Decider",
    "Decisions",
    "Evidence",
    "Facts",
    "Judged",
    "Method",
    "ReasonText",
    "Rest",
    "Scheme",
    "State",
    "Status",
    "Whose",
    "Why",
    "check_ceiling",
    "columns_of",
    "decide_all",
    "draw",
    "evidence_for",
    "in_order",
    "judge",
    "judge_many",
    "key_of",
    "read_scheme",
    "reason_texts",
    "scheme",
    "schemes",
    "share_out",
    "slugs",
    "versions",
]
