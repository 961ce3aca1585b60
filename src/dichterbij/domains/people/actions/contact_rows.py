"""Contacts as they are kept."""

from collections.abc import Iterable
from uuid import UUID

from dichterbij.domains.people.models import Contact
from dichterbij.domains.people.rules import NewContact
from dichterbij.domains.people.secret import digest_of


def contact_rows(person: UUID, contacts: Iterable[NewContact]) -> list[Contact]:
    """Rows of contacts, the same one only once. ContactError for what is no phone number or e-mail address."""
    found = {(contact.kind, digest_of(contact)): contact for contact in contacts}
    return [
        Contact(person_id=person, kind=kind.value, value=" ".join(contact.value.split()), digest=digest)
        for (kind, digest), contact in found.items()
    ]
