"""The procedure of the Awb: stages of a case, objections, terms with their articles, regimes by size. Pure."""

from dichterbij.domains.schemes.rules.procedure.clock import (
    Clock,
    Clocks,
    Suspension,
    Term,
    day_of,
    read_clocks,
    term,
    years_later,
)
from dichterbij.domains.schemes.rules.procedure.grounds import Ground, grounds
from dichterbij.domains.schemes.rules.procedure.kept import keep, kept_case, kept_objection
from dichterbij.domains.schemes.rules.procedure.objections import (
    ANSWERS,
    OPEN_OBJECTIONS,
    Lateness,
    Objection,
    ObjectionStage,
    ObjectionStep,
    answer_term,
    lodge,
    objection_term,
    possible_for,
    take_objection,
)
from dichterbij.domains.schemes.rules.procedure.penalty import Penalty, penalty
from dichterbij.domains.schemes.rules.procedure.regimes import Regime, regime_of
from dichterbij.domains.schemes.rules.procedure.stages import DECISIONS, Stage, Step, StepNotPossibleError
from dichterbij.domains.schemes.rules.procedure.state import CaseState, Done, decision_term, receive
from dichterbij.domains.schemes.rules.procedure.taking import possible, replay, take
from dichterbij.domains.schemes.rules.procedure.waiting import waits_for

__all__ = [
    "ANSWERS", "DECISIONS", "OPEN_OBJECTIONS", "CaseState", "Clock", "Clocks", "Done", "Ground", "Lateness",
    "Objection", "ObjectionStage", "ObjectionStep", "Penalty", "Regime", "Stage", "Step", "StepNotPossibleError",
    "Suspension", "Term", "answer_term", "day_of", "decision_term", "grounds", "keep", "kept_case",
    "kept_objection", "lodge", "objection_term", "penalty", "possible", "possible_for", "read_clocks", "receive",
    "regime_of", "replay", "take", "take_objection", "term", "waits_for", "years_later",
]  # fmt: skip
