"""The words of routes, steps, rules and codes in Dutch and English, from `data/texts/bridge/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dichterbij import data
from dichterbij.domains.matching.queries.near import StepWeeks
from dichterbij.shared.errors import InputError

TEXTS = data.ROOT / "texts" / "bridge"
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class StepWords:
    """A step in words. `how_long` is empty when the weeks were not given."""

    code: str
    name: str
    short: str
    what: str
    how_long: str


@lru_cache(maxsize=len(LANGUAGES))
def texts(language: str) -> Mapping[str, Any]:
    """All words of a language. InputError for another than Dutch and English."""
    if language not in LANGUAGES:
        raise InputError(f"There are no words in {language!r}; choose {' or '.join(LANGUAGES)}.")
    words: Mapping[str, Any] = data.read_yaml(TEXTS / f"{language}.yaml")
    return words


def step_words(step_code: str, language: str, weeks: StepWeeks | None = None) -> StepWords:
    """A step in words; a licence or adaptation without words of its own is named by its code."""
    kind, _, code = step_code.partition(":")
    steps = texts(language)["steps"]
    words = steps.get(step_code) or steps.get(kind)
    if words is None:
        raise InputError(f"There is no step {step_code!r}.")
    named = word_of(language, {"licence": "licences", "adaptation": "demands"}[kind], code) if code else ""
    return StepWords(
        code=step_code,
        name=words["name"].format(code=named),
        short=words["short"],
        what=words["what"],
        how_long=how_long(weeks, language, kind) if weeks else "",
    )


def how_long(weeks: StepWeeks, language: str, kind: str) -> str:
    """Weeks before the start and weeks of learning, in words; a licence that is only asked for takes some days."""
    durations = texts(language)["durations"]
    lead, learning = (
        _counted(durations[part], count) if count else ""
        for part, count in (("lead", weeks.lead), ("learning", weeks.learning))
    )
    if lead and learning:
        return str(durations["both"].format(lead=lead, learning=learning))
    return lead or learning or str(durations["days" if kind == "licence" else "none"])


def _counted(forms: Mapping[str, str], count: int) -> str:
    return forms["one" if count == 1 else "other"].format(weeks=count)


def counted(language: str, what: str, count: int) -> str:
    """A number of weeks, minutes or steps in words."""
    forms = texts(language)["counts"][what]
    return str(forms.get(count) or forms["one" if count == 1 else "other"]).format(count=count)


def day_in_words(day: date, language: str) -> str:
    """A day as the pages write it: di 1 december 2026, Tue 1 December 2026."""
    calendar = texts(language)["calendar"]
    return f"{calendar['days'][day.weekday()]} {day.day} {calendar['months'][day.month - 1]} {day.year}"


def word_of(language: str, group: str, code: object) -> str:
    """The word of a code; the code itself when it has none."""
    return str(texts(language)[group].get(code, code))


def listed(language: str, group: str | None, codes: Sequence[object] | None) -> str:
    """Codes in words with commas; "not known" for None and "none" for an empty list."""
    phrases = texts(language)["phrases"]
    if codes is None:
        return str(phrases["unknown"])
    return ", ".join(word_of(language, group, code) if group else str(code) for code in codes) or str(phrases["none"])


@lru_cache(maxsize=len(LANGUAGES))
def _skill_labels(language: str) -> Mapping[str, str]:
    table = data.reference_table("esco", "skills.parquet").select(["uri", f"label_{language}", "label_en"])
    marked = texts(language)["phrases"]["english_label"]
    columns = (table[at].to_pylist() for at in range(3))
    return {uri: own or f"{english} ({marked})" for uri, own, english in zip(*columns, strict=True)}


def skill_label(uri: str, language: str) -> str:
    """The label of a skill; the English one, marked, where the language has none; the URI itself when ESCO lacks it."""
    return _skill_labels(language).get(uri, uri)
