"""Calculators of others, to which the income page links: never ours, and with whether we opened the address."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dichterbij.data import ROOT, read_yaml
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words

FILE = ROOT / "content" / "support" / "income" / "calculators.yaml"
FIELDS = ("id", "name", "what", "url", "named_in", "checked_on", "opened_by_us")


@dataclass(frozen=True)
class Calculator:
    """One calculator. `named_in`: the document that names it, and where its address was found."""

    code: str
    name: Words
    what: Words
    url: str
    named_in: str
    checked_on: date
    opened_by_us: bool


@cache
def calculators(path: Path = FILE) -> tuple[Calculator, ...]:
    """The calculators in the order of their file. Raises InputError naming the mistake."""
    file = Record.of(read_yaml(path), at=path.name, required=("calculators",))
    return tuple(_calculator(value, path.name) for value in file.several("calculators"))


def _calculator(value: object, at: str) -> Calculator:
    record = Record.of(value, at=at, required=FIELDS)
    url, checked_on = record.text("url"), record.optional_date("checked_on")
    if not url.startswith("https://") or checked_on is None:
        raise InputError(f"{at}: url starts with https:// and checked_on is a date")
    return Calculator(
        code=record.text("id"),
        name=record.words("name"),
        what=record.words("what"),
        url=url,
        named_in=record.text("named_in"),
        checked_on=checked_on,
        opened_by_us=record.flag("opened_by_us"),
    )
