"""Ways to reach somebody in one way of writing, so that the same phone or address is recognised."""

import hashlib
import hmac
import re

from dichterbij.domains.people.errors import ContactError
from dichterbij.domains.people.rules.values import ContactKind, NewContact

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def normalised(contact: NewContact) -> str:
    """The value as it is compared: 0612345678 and +31 6 1234 5678 are one. ContactError for what cannot be one."""
    value = " ".join(contact.value.split())
    if contact.kind is ContactKind.EMAIL:
        return _email(value)
    if contact.kind is ContactKind.PHONE:
        return _phone(value)
    if not value:
        raise ContactError("A postal address is needed.", kind=contact.kind.value)
    return value.casefold()


def digest(key: bytes, contact: NewContact) -> bytes:
    """Tells whether two contacts are the same; nobody without the key can find the contact back."""
    return hmac.new(key, f"{contact.kind.value}:{normalised(contact)}".encode(), hashlib.sha256).digest()


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value) or len(value) > 254:
        raise ContactError("This is no e-mail address; it looks like name@example.nl.", kind="email")
    return value.casefold()


def _phone(value: str) -> str:
    international = value.startswith("+") or re.sub(r"[^0-9]", "", value).startswith("00")
    digits = re.sub(r"[^0-9]", "", re.sub(r"\(0\)", "", value) if international else value)
    if digits.startswith("00"):
        digits = digits[2:]
    elif not international and digits.startswith("0"):
        digits = "31" + digits[1:]
    elif not international:
        raise ContactError("A Dutch phone number starts with 0, another one with +.", kind="phone")
    if not re.fullmatch(r"[1-9][0-9]{7,14}", digits) or re.search(r"[^0-9\s()+./-]", value):
        raise ContactError("This is no phone number; it looks like 06 12345678.", kind="phone")
    if digits.startswith("31") and len(digits) != 11:
        raise ContactError("A Dutch phone number has ten digits.", kind="phone")
    return f"+{digits}"
