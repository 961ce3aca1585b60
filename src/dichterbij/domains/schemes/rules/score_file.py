"""Points of a tender in a CSV file: number, score and reasons, with the names of columns in English or Dutch. Pure."""

import csv
from dataclasses import dataclass
from typing import Final

from dichterbij.shared.cells import FORMULA
from dichterbij.shared.errors import InputError

COLUMNS: Final = ("number", "score", "reasons")
DUTCH: Final = {"nummer": "number", "punten": "score", "toelichting": "reasons"}


@dataclass(frozen=True, slots=True)
class Scored:
    """What an application is worth, and why."""

    number: str
    score: int
    reasons: str


def read_scores(text: str, *, name: str, skips_empty: bool = False) -> list[Scored]:
    """The points in a file, with commas or semicolons; other columns are left alone. InputError with the wrong row.

    `skips_empty`: an application without points yet is no mistake.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    rows = csv.reader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    head = [DUTCH.get(one.strip().lower(), one.strip().lower()) for one in next(rows, [])]
    if not set(COLUMNS) <= set(head):
        raise InputError(f"{name}: the columns are {', '.join(COLUMNS)}", field="file")
    found = []
    for place, cells in enumerate(rows, 2):
        row = dict(zip(head, (one.strip() for one in cells), strict=False))
        score = row.get("score", "")
        if not any(row.values()) or (skips_empty and not score):
            continue
        if not (score.isascii() and score.isdigit() and len(score) < 7):
            raise InputError(
                f"{name}, row {place}: a score is a whole number, found {score!r}", field="file", row=place
            )
        found.append(Scored(row.get("number", ""), int(score), _as_typed(row.get("reasons", ""))))
    return found


def _as_typed(text: str) -> str:
    """Without the mark that keeps a spreadsheet from reading it as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
