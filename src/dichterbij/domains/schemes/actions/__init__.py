"""Writes of schemes. Whoever calls checks what the actor may do; the database checks what a round may do."""

from dichterbij.domains.schemes.actions.applicant import ask_to_stop, correct, take_back
from dichterbij.domains.schemes.actions.changing import grant_on_objection, lower, withdraw
from dichterbij.domains.schemes.actions.contacting import forget_contacts
from dichterbij.domains.schemes.actions.deciding import Decided, decide
from dichterbij.domains.schemes.actions.drawing import draw_lots, publish_list
from dichterbij.domains.schemes.actions.marking import Marked, give_marks, take_marks_back
from dichterbij.domains.schemes.actions.opening import open_round, raise_barrier
from dichterbij.domains.schemes.actions.receiving import Received, complete, receive
from dichterbij.domains.schemes.actions.restoring import skip_numbers
from dichterbij.domains.schemes.actions.scoring import Scored, give_scores
from dichterbij.domains.schemes.actions.waiting import take_turn
from dichterbij.domains.schemes.actions.working import TakenIn, Worked, take_in, work

__all__ = [
    "Decided",
    "Marked",
    "Received",
    "Scored",
    "TakenIn",
    "Worked",
    "ask_to_stop",
    "complete",
    "correct",
    "decide",
    "draw_lots",
    "forget_contacts",
    "give_marks",
    "give_scores",
    "grant_on_objection",
    "lower",
    "open_round",
    "publish_list",
    "raise_barrier",
    "receive",
    "skip_numbers",
    "take_back",
    "take_in",
    "take_marks_back",
    "take_turn",
    "withdraw",
    "work",
]
