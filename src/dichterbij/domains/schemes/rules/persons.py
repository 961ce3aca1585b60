"""Who an application is about, as a code: the same by the form and by a program. Pure: the secret is given."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from typing import Any
from unicodedata import normalize

from dichterbij.domains.schemes.rules.moments import day_of
from dichterbij.domains.schemes.rules.written import A_DAY
from dichterbij.shared.errors import InputError

LONGEST_NAME = 120
SALT = b"dichterbij.schemes.person"
NAMES = {"naam", "geboortedatum"}
WANTED = (
    'person is {"naam": "Sami Verzonnen", "geboortedatum": "1985-03-14"}; a code is made of it here, and only that is '
    "kept. A code that was made elsewhere would let one person count twice."
)


def person_key(name: str, born: date, *, secret: str) -> str:
    """The same for the same person, and no way back to the name: a keyed digest of name and day of birth."""
    told = f"{' '.join(normalize('NFC', name).casefold().split())}|{born.isoformat()}"
    key = hashlib.sha256(SALT + secret.encode()).digest()
    return f"person:{hmac.new(key, told.encode(), 'sha256').hexdigest()[:32]}"


def with_code(facts: Mapping[str, Any], *, secret: str) -> Mapping[str, Any]:
    """Facts as a program sends them, with a code for the person. InputError for a code that somebody else made."""
    told = facts.get("person")
    if told is None:
        return facts
    if not isinstance(told, dict) or set(told) != NAMES:
        raise InputError(WANTED)
    name, born = told["naam"], told["geboortedatum"]
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"naam is the name of a person, in one line of at most {LONGEST_NAME} characters.")
    if not isinstance(born, str) or not A_DAY.fullmatch(born):
        raise InputError("geboortedatum is a day, written as 1985-03-14.")
    return {**facts, "person": person_key(name, day_of(born, "geboortedatum"), secret=secret)}
