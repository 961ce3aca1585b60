"""Writes of hand-overs: each one transaction, one step of history and one event."""

from dichterbij.domains.referral.actions.answering import (
    accept,
    close,
    give_back,
    redirect,
    withdraw,
    withdraw_by_person,
)
from dichterbij.domains.referral.actions.demo import load_demo_handovers, reset_demo_handovers
from dichterbij.domains.referral.actions.handing import NewHandover, hand_over
from dichterbij.domains.referral.actions.letters import Outbox, Transport, send_letters
from dichterbij.domains.referral.actions.regions import set_agreement
from dichterbij.domains.referral.actions.watching import Watched, watch_terms

__all__ = [
    "NewHandover",
    "Outbox",
    "Transport",
    "Watched",
    "accept",
    "close",
    "give_back",
    "hand_over",
    "load_demo_handovers",
    "redirect",
    "reset_demo_handovers",
    "send_letters",
    "set_agreement",
    "watch_terms",
    "withdraw",
    "withdraw_by_person",
]
