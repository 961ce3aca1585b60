"""References of hand-overs: OV-7K4M-2Q, with the check of those of messages. O and V are in no other place of it."""

from dichterbij.domains.openings.rules import read_reference as read_checked
from dichterbij.domains.openings.rules import reference_of as checked
from dichterbij.domains.openings.rules.references import ALPHABET, NUMBERS

PREFIX = "OV-"
PATTERN = rf"^{PREFIX}[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}$"

__all__ = ["NUMBERS", "PATTERN", "read_reference", "reference_of"]


def reference_of(number: int) -> str:
    """The reference of a number from 0 to below NUMBERS."""
    return PREFIX + checked(number).removeprefix("DB-")


def read_reference(text: str) -> str | None:
    """The reference as it is written, from what somebody typed; None when it cannot be one."""
    found = read_checked(text.upper().strip().removeprefix("OV"))
    return PREFIX + found.removeprefix("DB-") if found else None
