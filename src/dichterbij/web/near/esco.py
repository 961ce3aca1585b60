"""Occupations and skills for the questions: their names, what work proposes, and what a typed word may mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from dichterbij.domains.skills import queries as skills
from dichterbij.domains.skills.rules import Kind, Language, proposed_skills, shared_linker
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
    wanted, language = tuple(uris), language or "nl"
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


def suggest(text: str, kind: str, language: str | None, top: int) -> list[Concept]:
    """What a typed word may mean, nearest first, each with its name."""
    found = shared_linker(Kind(kind)).suggest(text, language=Language(language or "nl"), top=top)
    return labelled((suggestion.uri for suggestion in found), language)
