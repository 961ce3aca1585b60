"""The key of digests and pseudonyms: of this installation alone, made from its secret key."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from dichterbij.domains.people.rules import NewContact, digest


def key(purpose: str) -> bytes:
    """A key of its own for each purpose: a digest of one says nothing about another."""
    return hmac.new(str(settings.SECRET_KEY).encode(), f"dichterbij {purpose}".encode(), hashlib.sha256).digest()


def digest_of(contact: NewContact) -> bytes:
    """What is kept to recognise a contact; ContactError."""
    return digest(key("contacts"), contact)


def pseudonym(person: UUID) -> str:
    """Who it is in the processing log: the same each time, and nobody without the key finds the person back."""
    return hmac.new(key("processing log"), person.bytes, hashlib.sha256).hexdigest()


def letter_mark(person: UUID) -> str:
    """Whom a letter is about: short, and with a key of its own, so that nobody finds the processing log by it."""
    return hmac.new(key("letters"), person.bytes, hashlib.sha256).hexdigest()[:16]


def digest_of_token(token: str) -> bytes:
    """What is kept of a link: enough to recognise it, too little to make it."""
    return hashlib.sha256(token.encode()).digest()
