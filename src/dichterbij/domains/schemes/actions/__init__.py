"""Writes of schemes. Whoever calls checks what the actor may do; the database checks what a round may do."""

from dichterbij.domains.schemes.actions.changing import grant_on_objection, lower, withdraw
from dichterbij.domains.schemes.actions.deciding import Decided, decide
from dichterbij.domains.schemes.actions.drawing import draw_lots
from dichterbij.domains.schemes.actions.opening import open_round, raise_barrier
from dichterbij.domains.schemes.actions.receiving import Received, complete, receive
from dichterbij.domains.schemes.actions.restoring import skip_numbers
from dichterbij.domains.schemes.actions.waiting import take_turn

__all__ = [
    "Decided",
    "Received",
    "complete",
    "decide",
    "draw_lots",
    "grant_on_objection",
    "lower",
    "open_round",
    "raise_barrier",
    "receive",
    "skip_numbers",
    "take_turn",
    "withdraw",
]
