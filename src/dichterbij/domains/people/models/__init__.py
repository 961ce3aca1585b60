"""Tables of people. Every one is protected: see migration 0002."""

from dichterbij.domains.people.models.access import Access, Consent, Key
from dichterbij.domains.people.models.asking import LinkRequest
from dichterbij.domains.people.models.people import Contact, Person, Profile

__all__ = ["Access", "Consent", "Contact", "Key", "LinkRequest", "Person", "Profile"]
