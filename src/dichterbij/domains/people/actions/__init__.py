"""Writes of people's data."""

from dichterbij.domains.people.actions.access import end_access, end_consented, give_access
from dichterbij.domains.people.actions.account import tie_account, tie_by_link, untie_account
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.asking import answer_asked, ask_key_to, ask_keys
from dichterbij.domains.people.actions.forgetting import Forgotten, forget_people, forget_person, when_forgotten
from dichterbij.domains.people.actions.keys import Printed, new_token, print_key, send_keys
from dichterbij.domains.people.actions.own import (
    Corrected,
    correct_person,
    remove_profile,
    when_withdrawn,
    withdraw_consent,
)
from dichterbij.domains.people.actions.registering import register_person
from dichterbij.domains.people.actions.telling import Site
from dichterbij.domains.people.rules import NewContact, NewPerson, Through

__all__ = [
    "Corrected",
    "Forgotten",
    "NewContact",
    "NewPerson",
    "Printed",
    "Site",
    "Through",
    "acting_for",
    "answer_asked",
    "ask_key_to",
    "ask_keys",
    "correct_person",
    "end_access",
    "end_consented",
    "forget_people",
    "forget_person",
    "give_access",
    "new_token",
    "print_key",
    "register_person",
    "remove_profile",
    "send_keys",
    "tie_account",
    "tie_by_link",
    "untie_account",
    "when_forgotten",
    "when_withdrawn",
    "withdraw_consent",
]
