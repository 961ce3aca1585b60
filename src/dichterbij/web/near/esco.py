"""Occupations and skills for the questions: their names, what work proposes, and what a typed word may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dichterbij.data import reference_table
from dichterbij.domains.skills import queries as skills
from dichterbij.web.near.concepts import numbering


@dataclass(frozen=True)
class Concept:
    """A concept with its name. `is_english`: there is no name in the language asked for; `is_ours`: our translation."""

    uri: str
    label: str
    is_english: bool = False
    is_ours: bool = False


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


def labelled(uris: Iterable[str], language: str | None) -> list[Concept]:
    """Concepts with their names, in the order given; those the database does not know are left out. One query."""
    wanted, language = tuple(uris), language or "nl"
    found = skills.concepts(wanted, language) if wanted else {}
    return [_concept(found[uri], language) for uri in wanted if uri in found]


def _concept(row: skills.ConceptRow, language: str) -> Concept:
    label = row.label[:1].upper() + row.label[1:]
    return Concept(row.uri, label, is_english=row.label_language != language, is_ours=row.is_ours)


def proposed(work: tuple[str, ...]) -> tuple[str, ...]:
    """The skills that work done proposes: the essential ones of each occupation, each once."""
    return tuple(dict.fromkeys(skill for uri in work for skill in _essential().get(uri, ())))

