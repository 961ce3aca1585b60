"""How hard a Dutch text is to read: sentence length, long words, and the Flesch-Douma index.

What it measures and what it cannot: docs/concepts/plain-language.md."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9ÀÉË])")
# Vowels that sound as one, longest first: what is left is counted one by one (ra-di-o).
_VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ai|au|ea|ee|ei|eu|ie|ij|oa|oe|oo|ou|ui|uu|[aeiouyàâäáèéêëìíîïòóôöùúûü]", re.IGNORECASE
)


@dataclass(frozen=True)
class Measured:
    """Counts over a text."""

    sentences: tuple[str, ...]
    words: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / max(1, len(self.sentences))

    @property
    def flesch_douma(self) -> float:
        """206.84 - 0.77 x syllables in 100 words - 0.93 x words in a sentence (Douma 1960); higher is easier."""
        return 206.84 - 77 * self.syllables / max(1, self.words) - 0.93 * self.words_per_sentence


def measured(blocks: Iterable[str]) -> Measured:
    """The counts of these blocks; a block (paragraph, list item) always ends a sentence."""
    found = tuple(sentence for block in blocks for sentence in sentences(block))
    spoken = [word for sentence in found for word in words(sentence)]
    return Measured(found, len(spoken), sum(syllables(word) for word in spoken))


def sentences(block: str) -> list[str]:
    """The sentences of a paragraph that hold a word."""
    return [part.strip() for part in _END.split(block) if words(part)]


def words(text: str) -> list[str]:
    """Words and numbers; `open-hiringlijst` and `1.234` are one."""
    return _WORD.findall(text)


@cache
def syllables(word: str) -> int:
    """By the places where a word may be broken, and the vowels between them; a number or abbreviation is one a sign."""
    if word.isupper() or not any(sign.isalpha() for sign in word):
        return max(1, sum(sign.isalnum() for sign in word)) if len(word) <= 4 else 4
    parts = _hyphens().inserted(word.casefold()).split("-")
    return sum(max(1, len(_VOWELS.findall(part))) for part in parts if part)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)
