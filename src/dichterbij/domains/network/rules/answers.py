"""What became of a letter that asks for an answer; and days that its text names. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from dichterbij.domains.post.rules import LetterState

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
NUMBERS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
NAMES = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)


class AnswerState(StrEnum):
    """How far it is with a region. `NAMED`: it named a contact person, which is what the letter asks."""

    NOBODY = "nobody"  # nobody there to write to
    UNDELIVERED = "undelivered"  # waits, refused, or nobody knows
    SENT = "sent"
    ANSWERED = "answered"
    NAMED = "named"

    @property
    def is_answered(self) -> bool:
        """Whether nothing more is asked of the region."""
        return self in (AnswerState.ANSWERED, AnswerState.NAMED)


def answer_state(letters: Sequence[LetterState], *, has_answer: bool, has_named: bool) -> AnswerState:
    """Of one region; a letter that arrived at one of its addresses arrived."""
    if has_named:
        return AnswerState.NAMED
    if has_answer:
        return AnswerState.ANSWERED
    if not letters:
        return AnswerState.NOBODY
    return AnswerState.SENT if LetterState.SENT in letters else AnswerState.UNDELIVERED


def days_in(text: str) -> tuple[date, ...]:
    """The days that a Dutch text names, in order, each once; a day that there is not is left out."""
    found: set[date] = set()
    for day, month, year in NUMBERS.findall(text):
        found |= _day(int(day), int(month), int(year))
    for day, name, year in NAMES.findall(text):
        found |= _day(int(day), MONTHS.index(name.lower()) + 1, int(year))
    return tuple(sorted(found))


def _day(day: int, month: int, year: int) -> set[date]:
    try:
        return {date(year, month, day)}
    except ValueError:
        return set()
