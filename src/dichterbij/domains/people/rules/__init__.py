"""Values and rules about people's data. Pure: no tables, no clock."""

from dichterbij.domains.people.rules.contacts import digest, normalised
from dichterbij.domains.people.rules.grounds import Grounds, Purpose, read_grounds
from dichterbij.domains.people.rules.own_page import Way, masked, reachable, read_link_terms, takes_texts
from dichterbij.domains.people.rules.profiles import read_profile
from dichterbij.domains.people.rules.retention import Retention, read_retention
from dichterbij.domains.people.rules.values import ContactKind, Ground, NewContact, NewPerson, Through

__all__ = [
    "ContactKind",
    "Ground",
    "Grounds",
    "NewContact",
    "NewPerson",
    "Purpose",
    "Retention",
    "Through",
    "Way",
    "digest",
    "masked",
    "normalised",
    "reachable",
    "read_grounds",
    "read_link_terms",
    "read_profile",
    "read_retention",
    "takes_texts",
]
