"""A scheme tried on paper: applications from a file or invented, judged and decided in memory."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dichterbij.domains.schemes.rules import Scheme
from dichterbij.domains.schemes.rules.facts import columns_of
from dichterbij.domains.schemes.rules.simulating import invented, on_paper, simulate
from dichterbij.domains.schemes.rules.standing import I64
from dichterbij.domains.schemes.rules.written import check_conditions, read_facts
from dichterbij.shared.errors import InputError

NUMBERS = ("quantity", "cost_cents", "own_cents", "score")


def run(
    slug: str, file: Path | None, people: int, employers: int, ceiling_cents: int | None, seed: str, on: date,
    choices: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Counts per reason, and the money. InputError for a file that cannot be read, with its row."""
    scheme = on_paper(slug, on, choices)
    columns = _read(scheme, file) if file else invented(scheme, people, employers, seed)
    found = asdict(simulate(scheme, columns, ceiling_cents=ceiling_cents, seed=seed))
    return found | {"version": found["version"].isoformat()}


def _read(scheme: Scheme, file: Path) -> dict[str, I64]:
    """Applications of a file, in the order of the file: the first of one moment goes first."""
    facts = []
    for number, row in enumerate(_rows(file), 2):
        try:
            told = {name: value for name, value in row.items() if value not in (None, "")}
            at = _moment(told.pop("complete_at", ""))
            told |= {name: _whole(name, told[name]) for name in NUMBERS if name in told}
            one = read_facts(told | {"met": str(told.get("met", "")).split()}, complete_at=at)
            check_conditions(scheme, one)
        except InputError as error:
            raise InputError(f"{file.name}, row {number}: {error.message}") from None
        facts.append(one)
    if not facts:
        raise InputError(f"{file.name} holds no applications. Its first row names the columns.")
    return columns_of(scheme, facts)


def _rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".parquet":
        import pyarrow.parquet

        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
        return rows
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file.name} is no CSV in UTF-8: {error}.") from None


def _moment(value: object) -> datetime:
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"complete_at is a moment such as 2022-06-15T09:00:00+02:00; found {value!r}.") from None
    if found.tzinfo is None:
        raise InputError(f"complete_at needs its time zone, such as 2022-06-15T09:00:00+02:00; found {value!r}.")
    return found


def _whole(name: str, value: object) -> int:
    if type(value) is int:
        return value
    text = str(value)
    if not text.lstrip("-").isascii() or not text.lstrip("-").isdecimal():
        raise InputError(f"{name} is a whole number, amounts in cents without a comma or point; found {text!r}.")
    return int(text)
