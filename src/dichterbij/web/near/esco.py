"""Occupations and skills for the questions: their names, what work proposes, and what a typed word may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dichterbij.data import reference_table
from dichterbij.web.near.concepts import TABLES, numbering


@dataclass(frozen=True)
class Concept:
    """A concept with its name in the language of the page; `is_english` when there is no Dutch name."""

    uri: str
    label: str
    is_english: bool = False


@lru_cache(maxsize=2)
def _labels(kind: str) -> dict[str, tuple[str | None, str]]:
    """URI to Dutch (or None) and English name."""
    table = reference_table("esco", TABLES[kind]).select(["uri", "label_nl", "label_en"])
    columns = (table[name].to_pylist() for name in ("uri", "label_nl", "label_en"))
    return {uri: (dutch, english) for uri, dutch, english in zip(*columns, strict=True)}


@lru_cache(maxsize=1)
def _essential() -> dict[str, tuple[str, ...]]:
    """Occupation URI to its essential skills, in the order of the table."""
    table = reference_table("esco", "occupation_skills.parquet")
    found: dict[str, list[str]] = {}
    columns = (table[name].to_pylist() for name in ("occupation_uri", "skill_uri", "relation"))
    for occupation, skill, relation in zip(*columns, strict=True):
        if relation == "essential":
            found.setdefault(occupation, []).append(skill)
    return {occupation: tuple(skills) for occupation, skills in found.items()}


def knows(kind: str, uri: str) -> bool:
    """Whether the packaged ESCO has this concept."""
    return numbering(kind).number_of(uri) is not None


def named(kind: str, uri: str, language: str | None) -> Concept:
    """A concept with its name; an unknown one keeps its URI as its name."""
    dutch, english = _labels(kind).get(uri, (uri, uri))
    if language == "nl":
        return Concept(uri, _capital(dutch or english), is_english=dutch is None)
    return Concept(uri, _capital(english))


def labelled(kind: str, uris: Iterable[str], language: str | None) -> list[Concept]:
    """Concepts with their names, in the order given."""
    return [named(kind, uri, language) for uri in uris]


def proposed(work: tuple[str, ...]) -> tuple[str, ...]:
    """The skills that work done proposes: the essential ones of each occupation, each once."""
    return tuple(dict.fromkeys(skill for uri in work for skill in _essential().get(uri, ())))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
