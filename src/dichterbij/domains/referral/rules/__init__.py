"""Rules of handing over: who has the ball, working days, terms, references. Pure: no tables, no clock."""

from dichterbij.domains.referral.rules.days import after_working_days, holidays, is_working_day
from dichterbij.domains.referral.rules.income import Income
from dichterbij.domains.referral.rules.references import read_reference, reference_of
from dichterbij.domains.referral.rules.states import OPEN, Ball, Ending, Ladder, Level, Move, State, is_dead_end
from dichterbij.domains.referral.rules.subjects import EmployerMessage
from dichterbij.domains.referral.rules.terms import Terms, load_terms

__all__ = [
    "OPEN", "Ball", "EmployerMessage", "Ending", "Income", "Ladder", "Level", "Move", "State", "Terms",
    "after_working_days", "holidays", "is_dead_end", "is_working_day", "load_terms", "read_reference", "reference_of",
]  # fmt: skip
