"""Writes of people's data."""

from dichterbij.domains.people.actions.access import end_access, give_access
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.registering import register_person
from dichterbij.domains.people.rules.values import Through

__all__ = ["Through", "acting_for", "end_access", "give_access", "register_person"]
