"""Concepts with their labels. A label that is not there in the language asked for is the English one, and says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dichterbij.domains.skills.errors import ConceptNotFoundError
from dichterbij.domains.skills.models import Label

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept. `label_language` differs from the language asked for where only an English label exists.

    `label_source`: `esco`, or `ours` for a translation that is not ESCO's. `kind`: occupation, skill,
    occupation_group, skill_group. `obsolete_on`: no longer in the data since then.
    """

    uri: str
    kind: str
    label: str
    label_language: str
    label_source: str
    code: str | None = None
    isco: str | None = None
    skill_type: str | None = None
    reuse_level: str | None = None
    obsolete_on: date | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the label is our own translation, to be marked as such."""
        return self.label_source == "ours"


@dataclass(frozen=True, slots=True)
class Description:
    """What an occupation is, in one language, and its other names there."""

    text: str | None
    language: str
    alternatives: tuple[str, ...]


def concepts(uris: Iterable[str], language: str) -> Mapping[str, ConceptRow]:
    """Those of `uris` that are known, also obsolete ones, labelled in `language` (nl, en). One query."""
    askable = {uri for uri in uris if "\0" not in uri}  # PostgreSQL holds no NUL
    return {row.uri: row for row in _labelled(Label.objects.filter(concept__uri__in=askable), language)}


def concept(uri: str, language: str) -> ConceptRow:
    """One concept; ConceptNotFoundError. One query."""
    found = concepts([uri], language)
    if uri not in found:
        raise ConceptNotFoundError(f"No occupation or skill has the address {uri}.", uri=uri)
    return found[uri]


def essential_skills(occupation_uri: str, language: str = "nl") -> tuple[ConceptRow, ...]:
    """The skills an occupation needs, says ESCO, by label; empty for an unknown occupation. One query."""
    return _skills(occupation_uri, "essential", language)


def optional_skills(occupation_uri: str, language: str = "nl") -> tuple[ConceptRow, ...]:
    """The skills an occupation may use, says ESCO, by label; empty for an unknown occupation. One query."""
    return _skills(occupation_uri, "optional", language)


def broader(uri: str, language: str = "nl") -> tuple[ConceptRow, ...]:
    """The concepts directly above this one, by label. One query."""
    above = Q(concept__narrower_links__concept__uri=uri.replace("\0", ""), concept__narrower_links__obsolete_on=None)
    return _by_label(_labelled(Label.objects.filter(above), language))


def description(uri: str, language: str) -> Description:
    """What ESCO says the concept is, in English where `language` lacks it; ConceptNotFoundError. One query."""
    rows = Label.objects.filter(concept__uri=uri.replace("\0", ""), language__in=(language, FALLBACK), obsolete_on=None)
    found = sorted(rows, key=lambda row: (row.description is None, row.language != language))
    if not found:
        raise ConceptNotFoundError(f"No occupation or skill has the address {uri}.", uri=uri)
    return Description(found[0].description, found[0].language, tuple(found[0].alternatives))


def _skills(occupation_uri: str, relation: str, language: str) -> tuple[ConceptRow, ...]:
    needed = Q(
        concept__occupation_relations__occupation__uri=occupation_uri.replace("\0", ""),
        concept__occupation_relations__relation=relation,
        concept__occupation_relations__obsolete_on=None,
    )
    return _by_label(_labelled(Label.objects.filter(needed), language))


def _labelled(labels: QuerySet[Label], language: str) -> list[ConceptRow]:
    """One row per concept: the label in `language`, or else the English one."""
    rows = labels.filter(language__in=(language, FALLBACK), obsolete_on=None).select_related("concept")
    rows = rows.defer("alternatives", "description")
    chosen: dict[str, Label] = {}
    for row in rows:
        if row.concept.uri not in chosen or row.language == language:
            chosen[row.concept.uri] = row
    return [_row(row) for row in chosen.values()]


def _by_label(rows: Iterable[ConceptRow]) -> tuple[ConceptRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.label.casefold(), row.uri)))


def _row(row: Label) -> ConceptRow:
    return ConceptRow(
        uri=row.concept.uri,
        kind=row.concept.kind,
        label=row.text,
        label_language=row.language,
        label_source=row.source,
        code=row.concept.code,
        isco=row.concept.isco,
        skill_type=row.concept.skill_type,
        reuse_level=row.concept.reuse_level,
        obsolete_on=row.concept.obsolete_on,
    )
