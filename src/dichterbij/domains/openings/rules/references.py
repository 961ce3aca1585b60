"""References that survive a phone call: DB-7K4M-2Q. No letter looks like another, and the last one checks the rest.

A slip in one character, or two neighbours changed about, is never another reference: the check is a weighted sum in a
field of 23, which is a prime.
"""

import re

ALPHABET = "2346789CDFGHJKMNPQRTWXY"
FREE = 5
BASE = len(ALPHABET)
NUMBERS = BASE**FREE
PATTERN = rf"^DB-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}$"


def reference_of(number: int) -> str:
    """The reference of a number from 0 to below NUMBERS."""
    if not 0 <= number < NUMBERS:
        raise ValueError(f"a reference holds numbers from 0 to {NUMBERS - 1}, not {number}")
    digits = [number // BASE**place % BASE for place in range(FREE)]
    digits.append(_check(digits))
    letters = "".join(ALPHABET[digit] for digit in digits)
    return f"DB-{letters[:4]}-{letters[4:]}"


def read_reference(text: str) -> str | None:
    """The reference as it is written, from what somebody typed; None when it cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper()).removeprefix("DB")
    if len(letters) != FREE + 1 or not set(letters) <= set(ALPHABET):
        return None
    digits = [ALPHABET.index(letter) for letter in letters]
    return f"DB-{letters[:4]}-{letters[4:]}" if _check(digits[:FREE]) == digits[FREE] else None


def _check(digits: list[int]) -> int:
    """Weights 2..6: with the check's own weight, -1, all differ and none is 0."""
    return sum((place + 2) * digit for place, digit in enumerate(digits)) % BASE
