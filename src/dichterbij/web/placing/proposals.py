"""What an occupation usually asks: skills from ESCO, the rest from the assumptions about invented openings.

Proposals only: nothing is asked of anybody that the employer does not tick.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow.compute as pc

from dichterbij.data import reference_table
from dichterbij.domains.skills import queries as skills
from dichterbij.domains.skills.rules import Kind, Language, shared_linker
from dichterbij.synthetic.assumptions import Group, load
from dichterbij.web.near import esco

MOST_OCCUPATIONS = 5
LONGEST_ABOUT = 160
# Letters at random come to 0.5 at most, other words for an occupation to 0.6 and more: tried on twenty titles.
LIKELY = 0.6
USUAL = 500  # permille of the openings of a group: from half on something is usual
# What tells most about an occupation first.
REUSE_ORDER = ("occupation-specific", "sector-specific", "cross-sector", "transversal")
SHOWN_SKILLS = 8


@dataclass(frozen=True)
class Occupation:
    """An occupation to choose, with the first words of what it is. `is_likely`: the title says as much."""

    uri: str
    label: str
    about: str
    is_likely: bool


@dataclass(frozen=True)
class Skill:
    """A skill that goes with an occupation. `is_english`: it has no name in the visitor's language yet."""

    uri: str
    label: str
    is_english: bool
    is_knowledge: bool


@dataclass(frozen=True)
class Usual:
    """What is usual in this kind of work, by our assumption."""

    hours: tuple[int, int] | None = None
    dayparts: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    dutch: int | None = None


def occupations(title: str, language: str) -> tuple[Occupation, ...]:
    """The occupations a title may mean, nearest first."""
    found = shared_linker(Kind.OCCUPATION).link(title, language=Language(language), top=MOST_OCCUPATIONS + 2)
    scores = {one.uri: one.score for one in found if one.uri not in esco.ONLY_WHEN_MEANT}
    return tuple(
        Occupation(concept.uri, concept.label, _about(concept.uri, language), scores[concept.uri] >= LIKELY)
        for concept in esco.labelled(list(scores)[:MOST_OCCUPATIONS], language)
    )


def label_of(occupation: str | None, language: str) -> str:
    """An occupation's name; empty when there is none."""
    found = esco.labelled([occupation], language) if occupation else []
    return found[0].label if found else ""


def skills_of(occupation: str | None, language: str) -> tuple[Skill, ...]:
    """The essential skills of an occupation, those that tell most about it first; none without an occupation."""
    rows = skills.essential_skills(occupation, language) if occupation else ()
    return tuple(_skill(row, language) for row in sorted(rows, key=_how_telling))


def labels_of(uris: Sequence[str], occupation: str | None, language: str) -> tuple[str, ...]:
    """The names of skills of an occupation, in the order of `skills_of`."""
    return tuple(skill.label for skill in skills_of(occupation, language) if skill.uri in uris) if uris else ()


def usual(occupation: str | None, on: date) -> Usual:
    """What is usual in this occupation; nothing for one that the assumptions do not know."""
    known = _isco_of(occupation) if occupation else None
    group = next((group for group in load(on).groups if known and known[0] in group.isco), None)
    return _usual(group, known, load(on).openings) if group and known else Usual()


def asks_by_law(occupation: str | None, on: date) -> bool:
    """Whether our assumptions know a registration or licence that the law asks in this occupation."""
    known = _isco_of(occupation) if occupation else None
    return bool(known and set(known) & load(on).openings["legal"].keys())


def _skill(row: skills.ConceptRow, language: str) -> Skill:
    label = row.label[:1].upper() + row.label[1:]
    return Skill(row.uri, label, row.label_language != language, row.skill_type == "knowledge")


def _how_telling(row: skills.ConceptRow) -> tuple[int, str]:
    at = REUSE_ORDER.index(row.reuse_level) if row.reuse_level in REUSE_ORDER else len(REUSE_ORDER)
    return at, row.label.casefold()


def _about(uri: str, language: str) -> str:
    """The first sentence of the description, or as much of it as fits."""
    text = skills.description(uri, language).text or ""
    sentence = text.split(". ")[0].strip()
    if len(sentence) <= LONGEST_ABOUT:
        return sentence.rstrip(".") + "." if sentence else ""
    return sentence[:LONGEST_ABOUT].rsplit(" ", 1)[0] + " …"


@lru_cache(maxsize=256)
def _isco_of(occupation: str) -> tuple[str, str] | None:
    """The ISCO unit group and the ESCO code of an occupation."""
    table = reference_table("esco", "occupations.parquet").select(["uri", "isco", "code"])
    rows = table.filter(pc.field("uri") == occupation).to_pylist()
    return (rows[0]["isco"], rows[0]["code"]) if rows else None


def _usual(group: Group, known: tuple[str, str], patterns: Mapping[str, Any]) -> Usual:
    isco, code = known
    chain = patterns["chains"].get(code) or patterns["chains"].get(isco) or ()
    hours = _most(patterns["hours"][group.hours])
    return Usual(
        hours=(hours[1], hours[2]),
        dayparts=tuple(_most(patterns["dayparts"][group.dayparts])[1]),
        demands=tuple(key for key, permille in group.demands.items() if permille >= USUAL),
        licences=tuple(dict.fromkeys([*chain, *(key for key, part in group.licences.items() if part >= USUAL)])),
        dutch=1 + max(range(len(group.dutch)), key=lambda level: group.dutch[level]),
    )


def _most(weighed: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """The entry with most weight, the first of equals."""
    return max(weighed, key=lambda entry: entry[0])
