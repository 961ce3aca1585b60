"""Occupations and skills for the questions: their names, what work proposes, and what a typed word may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyarrow.compute as pc

from dichterbij.data import reference_table
from dichterbij.domains.skills import queries as skills
from dichterbij.domains.skills.rules import Kind, Language, proposed_skills, shared_linker
from dichterbij.web.content.languages import data_language
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.concepts import numbering


@dataclass(frozen=True)
class Concept:
    """A concept with its name. `is_english`: there is no name in the language asked for; `is_ours`: our translation."""

    uri: str
    label: str
    is_english: bool = False
    is_ours: bool = False


def knows(kind: str, uri: str) -> bool:
    """Whether the packaged ESCO has this concept."""
    return numbering(kind).number_of(uri) is not None


def labelled(uris: Iterable[str], language: str | None) -> list[Concept]:
    """Concepts with their names, in the order given; those the database does not know are left out. One query."""
    wanted, language = tuple(uris), data_language(language)
    found = skills.concepts(wanted, language) if wanted else {}
    return [_concept(found[uri], language) for uri in wanted if uri in found]


def _concept(row: skills.ConceptRow, language: str) -> Concept:
    label = row.label[:1].upper() + row.label[1:]
    return Concept(row.uri, label, is_english=row.label_language != language, is_ours=row.is_ours)


def proposed(work: tuple[str, ...]) -> tuple[str, ...]:
    """The skills that work done proposes, each once; a proposal, never a fact about somebody."""
    return tuple(skill.skill_uri for skill in proposed_skills(work))


def held(answers: Answers) -> tuple[str, ...] | None:
    """The skills a visitor has: proposed ones that stayed ticked, and their own. None when nothing is known."""
    if not answers.knows_skills:
        return None
    unticked = set(answers.unticked)
    kept = (uri for uri in proposed(answers.work) if uri not in unticked)
    return tuple(dict.fromkeys([*kept, *answers.own_skills]))


# Work that nobody should be offered for a word that only looks like it.
ONLY_WHEN_MEANT = frozenset({"http://data.europa.eu/esco/occupation/db20c08e-819e-4410-91e2-6ac06add4e27"})


def suggest(text: str, kind: str, language: str | None, top: int) -> list[Concept]:
    """What a typed word may mean, each with its name: names that begin with it first, then nearest first."""
    typed = " ".join(text.split()).casefold()
    found = shared_linker(Kind(kind)).suggest(text, language=Language(data_language(language)), top=top)
    meant = [one.uri for one in found if one.uri not in ONLY_WHEN_MEANT or typed in _names(one.uri)]
    return sorted(labelled(meant, language), key=lambda concept: not concept.label.casefold().startswith(typed))


@lru_cache(maxsize=len(ONLY_WHEN_MEANT))
def _names(occupation_uri: str) -> frozenset[str]:
    """Everything an occupation is called in ESCO, in small letters."""
    table = reference_table("esco", "occupations.parquet")
    (row,) = table.filter(pc.field("uri") == occupation_uri).to_pylist()
    names = [row["label_nl"], row["label_en"], *row["alt_nl"], *row["alt_en"]]
    return frozenset(name.casefold() for name in names if name)
