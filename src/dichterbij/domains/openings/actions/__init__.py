"""Writes of the openings: deliveries, and what employers send about one opening."""

from dichterbij.domains.openings.actions.forgetting import Forgotten, forget_senders
from dichterbij.domains.openings.actions.loading import Delivery, load_openings
from dichterbij.domains.openings.actions.placing import NewLetter, NewMessage, NewSender, place_message
from dichterbij.domains.openings.actions.withdrawing import remove_demo_messages, withdraw_message, withdraw_own

__all__ = [
    "Delivery",
    "Forgotten",
    "NewLetter",
    "NewMessage",
    "NewSender",
    "forget_senders",
    "load_openings",
    "place_message",
    "remove_demo_messages",
    "withdraw_message",
    "withdraw_own",
]
