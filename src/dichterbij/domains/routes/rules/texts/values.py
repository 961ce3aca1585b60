"""The words of the text checker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dichterbij.shared.words import Words

Pattern = re.Pattern[str]


class Kind(StrEnum):
    """What is the matter with a piece of text; KEPT: nothing, it is a real demand."""

    NEEDLESS = "needless"
    NOT_ALLOWED = "not_allowed"
    VAGUE = "vague"
    KEPT = "kept"
    HARD = "hard"


class Language(StrEnum):
    """The language a text seems to be in."""

    DUTCH = "nl"
    ENGLISH = "en"
    OTHER = "other"


@dataclass(frozen=True)
class Demand:
    """A demand that may be needless. `kept_by`: what in the text makes it a real one, called `kept_as`.

    `swaps`: what to put for a match so that the rest of a sentence can stay.
    """

    code: str
    kind: Kind
    name: Words
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    negatable: bool
    offerable: bool
    why: Words
    propose: Words
    source: str
    kept_by: Pattern | None
    kept_as: str
    swaps: tuple[tuple[Pattern, str], ...]


@dataclass(frozen=True)
class Kept:
    """A demand of the law, of safety or of the work itself. `doubt` is said unless the text shows why it is asked."""

    code: str
    name: Words
    patterns: tuple[Pattern, ...]
    why: Words
    source: str
    doubt_unless: Pattern | None
    doubt: Words | None


@dataclass(frozen=True)
class Context:
    """How a sentence is read: denials, offers and headings."""

    denied_before: Pattern
    denied_after: Pattern
    denied_twice: Pattern
    not_yet: Pattern
    wished: Pattern
    offered: Pattern
    offer_heading: Pattern
    demand_heading: Pattern
    heading_words: int
    dutch_words: frozenset[str]
    english_words: frozenset[str]
    apply_words: Pattern


@dataclass(frozen=True)
class Version:
    """The fixed sentences of the open-hiring version (Dutch)."""

    intro: str
    intro_with_demands: str
    needs: str
    nothing: str
    nothing_more: str
    start: str
    how: str
    contact: str
    fill_in: str
    example: str


@dataclass(frozen=True)
class TextRules:
    """Everything a check of one day rests on."""

    demands: tuple[Demand, ...]
    kept: tuple[Kept, ...]
    context: Context
    hard_words: Mapping[str, str]
    hard_pattern: Pattern
    longest_sentence: int
    version: Version
    english: Mapping[str, tuple[Pattern, ...]]
    english_kept_by: Mapping[str, Pattern]
    english_denied: Pattern

    def demand(self, code: str) -> Demand:
        """The demand with this code."""
        return next(demand for demand in self.demands if demand.code == code)

    def kept_demand(self, code: str) -> Kept:
        """The real demand with this code."""
        return next(kept for kept in self.kept if kept.code == code)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, bullet or heading, with its place in the cleaned text. `line` counts lines from 0."""

    start: int
    text: str
    line: int
    is_bullet: bool
    is_heading: bool
    is_offer: bool

    @property
    def end(self) -> int:
        """Where it ends in the cleaned text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of the cleaned text, what it is, and what to say about it."""

    start: int
    end: int
    quote: str
    code: str
    kind: Kind
    name: Words
    why: Words
    propose: Words | None
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How a text reads. `ease`: Flesch-Douma, higher is easier; None for a text too short to tell."""

    words: int
    sentences: int
    words_per_sentence: float
    ease: int | None
    long_sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with everything that was found, in the order of the text."""

    text: str
    language: Language
    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    measure: Measure

    def of(self, *kinds: Kind) -> tuple[Finding, ...]:
        """The findings of these kinds."""
        return tuple(finding for finding in self.findings if finding.kind in kinds)

    @property
    def demands(self) -> tuple[Finding, ...]:
        """What open hiring does without."""
        return self.of(Kind.NEEDLESS, Kind.NOT_ALLOWED, Kind.VAGUE)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The open-hiring version as plain text, and the pieces of the text that are not in it."""

    text: str
    removed: tuple[str, ...]
