"""Amounts of money as people write them in a file, to integer cents and back. No amount passes through a float."""

import re

from dichterbij.shared.errors import InputError

MOST_CENTS = 10**12  # 10 billion euros: a million of them, or one times a share, still fit in 64 bits
_WRITTEN = re.compile(r"(\d[\d_]*)(?:\.(\d\d))?")


def cents_of(value: object, at: str) -> int:
    """Cents of whole euros (`1500`) or text with two decimals (`"67.50"`). InputError for anything else, and for 0."""
    cents = value * 100 if type(value) is int else _written(value, at)
    if cents == 0:
        raise InputError(f"{at}: zero euro is no amount; leave the field out, or close the scheme")
    if not 0 < cents <= MOST_CENTS:
        raise InputError(f"{at}: an amount lies between 0 and 10 billion euros, found {value!r}")
    return cents


def _written(value: object, at: str) -> int:
    if isinstance(value, float):
        raise InputError(f'{at}: put an amount with cents between quotes, so that no cent is lost: "{value:.2f}"')
    if isinstance(value, str) and "," in value:
        raise InputError(f'{at}: an amount has a point before its cents and no comma, like "67.50"; found {value!r}')
    found = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InputError(f'{at}: an amount is whole euros like 1500, or text like "67.50"; found {value!r}')
    return int(found[1].replace("_", "")) * 100 + int(found[2] or 0)


def euros(cents: int) -> str:
    """`1500.00`: for reasons and files; pages write amounts in their own language."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
