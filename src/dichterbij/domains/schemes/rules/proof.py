"""What an applicant can check: the number of a receipt, and its digest. Pure: no tables, no clock.

The digest is over one line of plain text, so anybody with `sha256sum` can repeat it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from dichterbij.shared.errors import InputError

ALPHABET = "2346789CDFGHJKMNPQRTWXY"  # no letter looks like another
FREE = 7
BASE = len(ALPHABET)
NUMBERS = BASE**FREE
# Neighbours in time get numbers that do not look alike; a multiplication by this is undone by its inverse.
SPREAD = 2_654_435_761
BACK: int = pow(SPREAD, -1, NUMBERS)
PREFIX = "AV-"
CODE_SIGNS = 12  # of a proof: who types them and the number sees the application
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything the digest of a receipt is over. `round` is the digest of the opened round."""

    round: bytes
    id: int
    key: UUID
    applicant: str
    facts: str
    received_at: datetime
    complete_at: datetime | None

    def line(self) -> str:
        """The text that is digested: seven fields with | between them."""
        content = hashlib.sha256(self.facts.encode()).hexdigest()
        applicant = hashlib.sha256(self.applicant.encode()).hexdigest()
        complete = "" if self.complete_at is None else str(micros(self.complete_at))
        received = str(micros(self.received_at))
        return "|".join((self.round.hex(), str(self.id), str(self.key), applicant, content, received, complete))

    def digest(self) -> bytes:
        """The receipt's proof."""
        return hashlib.sha256(self.line().encode()).digest()


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970, in no time zone."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def canonical(facts: Mapping[str, object]) -> str:
    """Facts as one text: the same facts always give the same one. InputError for a fraction: amounts are cents."""
    _no_floats(facts)
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def number_of(receipt: int) -> str:
    """The number on the receipt with this id: AV-7K4M-2Q9P. A slip in one character is never another number."""
    if not 0 <= receipt < NUMBERS:
        raise ValueError(f"a receipt has a number from 0 to {NUMBERS - 1}, not {receipt}")
    left, digits = receipt * SPREAD % NUMBERS, []
    for _ in range(FREE):
        left, digit = divmod(left, BASE)
        digits.append(digit)
    digits.append(_check(digits))
    letters = "".join(ALPHABET[digit] for digit in digits)
    return f"{PREFIX}{letters[:4]}-{letters[4:]}"


def code_of(proof: str) -> str:
    """The first signs of a proof, to write down: 3f9a-12bc-77d0."""
    return "-".join(proof[place : place + 4] for place in range(0, CODE_SIGNS, 4))


def is_code_of(typed: str, proof: str) -> bool:
    """Whether somebody typed the code of this proof, or more of the proof, however it is spaced."""
    signs = re.sub(r"[\s-]", "", typed).lower()
    return len(signs) >= CODE_SIGNS and compare_digest(signs.encode(), proof[: len(signs)].encode())


def id_of(number: str) -> int | None:
    """The id behind a number as somebody typed it; None when it cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", number.upper()).removeprefix("AV")
    if len(letters) != FREE + 1 or not set(letters) <= set(ALPHABET):
        return None
    digits = [ALPHABET.index(letter) for letter in letters]
    if _check(digits[:FREE]) != digits[FREE]:
        return None
    spread: int = sum(digit * BASE**place for place, digit in enumerate(digits[:FREE]))
    found: int = spread * BACK % NUMBERS
    return found


def _check(digits: list[int]) -> int:
    """Weights 2..8 in a field of 23: all differ, and none is 0 or that of the check itself."""
    return sum((place + 2) * digit for place, digit in enumerate(digits)) % BASE


def _no_floats(value: object) -> None:
    if isinstance(value, float):
        raise InputError(f"A fact is a whole number, a text, yes or no, not {value!r}: amounts are in cents.")
    if isinstance(value, Mapping):
        for one in value.values():
            _no_floats(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _no_floats(one)
