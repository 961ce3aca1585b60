"""Values and rules about people's data. Pure: no tables, no clock."""

from dichterbij.domains.people.rules.contacts import digest, normalised
from dichterbij.domains.people.rules.grounds import Grounds, Purpose, access_ends_after, read_grounds
from dichterbij.domains.people.rules.values import ContactKind, Ground, NewContact, NewPerson, Through

__all__ = [
    "ContactKind",
    "Ground",
    "Grounds",
    "NewContact",
    "NewPerson",
    "Purpose",
    "Through",
    "access_ends_after",
    "digest",
    "normalised",
    "read_grounds",
]
