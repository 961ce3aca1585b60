"""What is asked of whoever gets a grant, by its size. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dichterbij.domains.schemes.rules.procedure.clock import FILES, period_of
from dichterbij.rules.dated import read_rule_folder
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.errors import InputError


@dataclass(frozen=True, slots=True)
class Regime:
    """From how many cents it holds; `asked` always, `on_request` only when asked for.

    `is_settled_by_itself`: nobody has to ask for settlement (Awb 4:47).
    """

    slug: str
    from_cents: int
    is_settled_by_itself: bool
    asked: tuple[str, ...]
    on_request: tuple[str, ...]
    report_weeks: int


def read_regimes(*, on: date) -> tuple[tuple[Regime, ...], str]:
    """The regimes of this day, smallest first, and their source. InputError for a file that cannot be used."""
    return _read(period_of(on))


@lru_cache(maxsize=8)
def _read(folder: Path) -> tuple[tuple[Regime, ...], str]:
    file = read_rule_folder(folder, names=FILES, own=None)["regimes"]
    try:
        found = tuple(_regime(row) for row in file.values["regimes"])
        if [one.from_cents for one in found] != sorted({one.from_cents for one in found}) or found[0].from_cents:
            raise ValueError("regimes go up from 0 cents")
        return found, str(file.values["source"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error


def regime_of(cents: int, *, on: date) -> Outcome[Regime]:
    """The regime of a grant of so many cents. InputError for a negative amount."""
    if cents < 0:
        raise InputError(f"An amount is at least 0 cents, not {cents}.", field="cents")
    regimes, source = read_regimes(on=on)
    found = [one for one in regimes if one.from_cents <= cents][-1]
    return Outcome(found, (Reason(f"regime.{found.slug}", source, {"cents": cents, "from_cents": found.from_cents}),))


def _regime(row: Mapping[str, Any]) -> Regime:
    if isinstance(row["from_cents"], bool) or not isinstance(row["from_cents"], int):
        raise TypeError("from_cents is a whole number of cents")
    settled = {"ex_officio": True, "on_request_of_receiver": False}[row["settled"]]
    return Regime(
        str(row["slug"]),
        row["from_cents"],
        settled,
        tuple(row["asked"]),
        tuple(row["on_request"]),
        int(row["report_weeks"]),
    )
