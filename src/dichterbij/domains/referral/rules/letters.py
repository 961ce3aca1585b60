"""The words of letters about hand-overs, from `data/texts/hand_over/`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dichterbij.data import ROOT, read_yaml

DAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says."""

    subject: str
    text: str


def letter(*, about: str, language: str, values: Mapping[str, str]) -> Words:
    """The letter about something (`about` names its words), in Dutch or English."""
    words = texts(language)[about]
    subject = " ".join(words["subject"].format_map(values).split())
    return Words(subject, words["text"].format_map(values))


def words_of(about: str, language: str, *, is_employer: bool) -> str:
    """The name of the words of a letter: those of an employer, where they have their own."""
    own = f"{about}_employer"
    return own if is_employer and own in texts(language) else about


def day_in_words(day: date, language: str) -> str:
    """A day as a letter says it: "di 1 december"."""
    code = "en" if language == "en" else "nl"
    return f"{DAYS[code][day.weekday()]} {day.day} {MONTHS[code][day.month - 1]}"


@cache
def texts(language: str) -> Mapping[str, Any]:
    """All words of a language; Dutch for one that we do not write."""
    words: Mapping[str, Any] = read_yaml(ROOT / "texts" / "hand_over" / f"{'en' if language == 'en' else 'nl'}.yaml")
    return words
