"""Writes of hand-overs: each one transaction, one step of history and one event."""

from dichterbij.domains.referral.actions.answering import (
    accept,
    close,
    give_back,
    redirect,
    withdraw,
    withdraw_by_person,
)
from dichterbij.domains.referral.actions.caseload import Given, TakenBack, divide, give, undo_divide
from dichterbij.domains.referral.actions.demo import load_demo_handovers, reset_demo_handovers
from dichterbij.domains.referral.actions.finding import PlaceThereError, add_place, count_opened, go_there, stop_going
from dichterbij.domains.referral.actions.handing import NewHandover, hand_over
from dichterbij.domains.referral.actions.leaving import say_leaving
from dichterbij.domains.referral.actions.regions import Agreed, agree, set_agreement, set_goals
from dichterbij.domains.referral.actions.watching import Watched, watch_terms

__all__ = [
    "Agreed",
    "Given",
    "NewHandover",
    "PlaceThereError",
    "TakenBack",
    "Watched",
    "accept",
    "add_place",
    "agree",
    "close",
    "count_opened",
    "divide",
    "give",
    "give_back",
    "go_there",
    "hand_over",
    "load_demo_handovers",
    "redirect",
    "reset_demo_handovers",
    "say_leaving",
    "set_agreement",
    "set_goals",
    "stop_going",
    "undo_divide",
    "watch_terms",
    "withdraw",
    "withdraw_by_person",
]
