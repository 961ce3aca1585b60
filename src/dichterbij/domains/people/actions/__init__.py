"""Writes of people's data."""

from dichterbij.domains.people.actions.access import end_access, give_access
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.forgetting import Forgotten, forget_people, forget_person, when_forgotten
from dichterbij.domains.people.actions.own import (
    Corrected,
    correct_person,
    new_token,
    remove_profile,
    tie_account,
    when_withdrawn,
    withdraw_consent,
)
from dichterbij.domains.people.actions.registering import register_person
from dichterbij.domains.people.rules import NewContact, NewPerson, Through

__all__ = [
    "Corrected",
    "Forgotten",
    "NewContact",
    "NewPerson",
    "Through",
    "acting_for",
    "correct_person",
    "end_access",
    "forget_people",
    "forget_person",
    "give_access",
    "new_token",
    "register_person",
    "remove_profile",
    "tie_account",
    "when_forgotten",
    "when_withdrawn",
    "withdraw_consent",
]
