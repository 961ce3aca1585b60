"""How a Dutch text reads: words per sentence and the Flesch-Douma formula."""

import re
from collections.abc import Iterable

from dichterbij.domains.routes.rules.texts.values import Measure, Unit

FEWEST_WORDS = 30
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*")
# Vowels that are heard as one; a diaeresis begins a new syllable.
_SYLLABLE = re.compile(
    r"aai|ooi|oei|eeu|ieu|uw|aa|ee|ie|oo|uu|oe|eu|ui|ou|au|ij|ei|[aeiouyàáâèéêìíòóôùúûäëïöü]", re.IGNORECASE
)


def measure(units: Iterable[Unit], *, longest: int) -> Measure:
    """Words and sentences of the running text (headings left out) and how easy they are."""
    sentences = [unit.text for unit in units if not unit.is_heading]
    counts = [len(_WORD.findall(sentence)) for sentence in sentences]
    words = sum(counts)
    mean = words / len(sentences) if sentences else 0.0
    return Measure(
        words=words,
        sentences=len(sentences),
        words_per_sentence=round(mean, 1),
        ease=_ease(" ".join(sentences), words, mean) if words >= FEWEST_WORDS else None,
        long_sentences=tuple(text for text, count in zip(sentences, counts, strict=True) if count > longest),
    )


def _ease(text: str, words: int, words_per_sentence: float) -> int:
    """Flesch-Douma (1960): 206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence."""
    syllables = sum(max(1, len(_SYLLABLE.findall(word))) for word in _WORD.findall(text))
    return max(0, min(100, round(206.84 - 0.77 * 100 * syllables / words - 0.93 * words_per_sentence)))
