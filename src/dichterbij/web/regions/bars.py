"""Rows of a table in which each number has a bar: the picture and its table are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from dichterbij.domains.regions.rules.pictures import SMALLEST


@dataclass(frozen=True)
class Bar:
    """A number in words, and how far its bar goes (0 to 100). `link` and `note` may be empty."""

    label: str
    number: str
    width: int
    link: str = ""
    note: str = ""


def count(number: int | None) -> str:
    """A whole number with thousands apart; None is one that is too small to tell."""
    if number is None:
        return gettext("fewer than %(n)s") % {"n": SMALLEST}
    return str(number_format(number, force_grouping=True))


def bars(rows: Iterable[tuple[str, int | None, str, str]]) -> tuple[Bar, ...]:
    """From label, number, link and note; the longest bar is the largest number, a hidden number has none."""
    found = list(rows)
    most = max((number or 0 for _, number, _, _ in found), default=0)
    return tuple(
        Bar(label, count(number), round(100 * (number or 0) / most) if most else 0, link, note)
        for label, number, link, note in found
    )
