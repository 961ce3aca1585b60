"""Text as people type it, made comparable: one alphabet, one case, no vacancy talk."""

import re
import unicodedata
from functools import lru_cache

from dichterbij.data import reference_table

MAX_LENGTH = 300
"""Characters of a text that are read; a title is shorter, and an essay is no title."""

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "\u00ad": "", "&": " en "}
)
_PLUS = re.compile(r"(?<=\bc)\+\+|(?<=\bc)#|(?<=\bf)#")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
_OTHER = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower-case ASCII words parted by one space: accents, soft hyphens and signs gone, `c#` as `csharp`."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = _PLUS.sub(lambda m: "plusplus" if m.group() == "++" else "sharp", text.replace(".net", " dotnet"))
    text = _DOTTED.sub(lambda m: m.group().replace(".", ""), text)
    return _OTHER.sub(" ", _APOSTROPHE.sub("", text)).strip()


_FREE = r"(?:\s*/\s*[xdon]+)?"
_UNTIL = r"(?:-|–|tot|a|à|/|t/m)"
_NUMBER = r"\d{1,2}(?:[.,]\d+)?"
_NOISE = re.compile(
    rf"""
    \b(?:[mv]\s*/\s*[vm]{_FREE}|[mf]\s*/\s*[fm]{_FREE}|h\s*/\s*f|m\|v(?:\|x)?|m-v)\b
  | \b{_NUMBER}\s*{_UNTIL}?\s*(?:{_NUMBER})?\s*(?:u\b|uur\b|uren\b|hours?\b|hrs?\b)
    (?:\s*(?:per|p/|/)\s*(?:week|wk|w)\b|\s*p\.?w\.?)?
  | €\s*[\d.,]+(?:\s*(?:per|p/)\s*(?:uur|maand))?
  | \b\d+(?:[.,]\d+)?\s*(?:fte|%)
  | \b(?:full|part)[\s-]?time\b | \b(?:deel|vol)tijds?\b
  | \bper\s+direct\b | \bgezocht\b | \bgevraagd\b | \bvacatures?\b | \bwij\s+zoeken\b | \bop\s+zoek\s+naar\b
  | \b(?:vaste|tijdelijke)\s+(?:baan|functie)\b | \bz\.?s\.?m\.?\b | \bi\.?v\.?m\.?\b.*$
    """,
    re.IGNORECASE | re.VERBOSE,
)


def strip_noise(text: str) -> str:
    """The title without hours, `m/v`, pay and vacancy talk; the text itself when nothing else is left."""
    stripped = _NOISE.sub(" ", text[:MAX_LENGTH])
    return stripped if fold(stripped) else text[:MAX_LENGTH]


STOP_WORDS = frozenset(
    {"de", "het", "een", "en", "of", "in", "van", "voor", "met", "bij", "op", "te", "aan", "der", "des", "den"}
    | {"and", "for", "the", "with", "at", "to", "or", "an"}
)


def expand(folded: str) -> str:
    """A folded text with our abbreviations written out (`ass` to `assistent`)."""
    return " ".join(_abbreviations().get(word, word) for word in folded.split())


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {row["short"]: row["long"] for row in reference_table("words", "abbreviations.csv").to_pylist()}


def _undouble(stem: str) -> str:
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    return stem[:-1] if doubled else stem


_FEMALE = (
    ("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur"), ("ieres", "ier"), ("iere", "ier"),
    ("aressen", "aar"), ("ares", "aar"), ("ster", "er"), ("sters", "er"), ("esse", ""), ("vrouw", "man"),
    ("vrouwen", "man"), ("lui", "man"), ("lieden", "man"),
)  # fmt: skip
_KEEP_STER = {
    "ster",
    "minister",
    "register",
    "master",
    "semester",
    "diester",
    "magister",
    "rooster",
    "poster",
    "kleister",
}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A light stem: gendered and plural endings of Dutch (and English plurals) brought to one form."""
    if len(word) < 5 or word in _KEEP_STER:
        return word
    for ending, male in _FEMALE:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _plain(word[: -len(ending)] + male)
    return _plain(word)


def _plain(word: str) -> str:
    for ending in ("eren", "ers", "en", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            kept = word[: -len(ending)] + ("er" if ending in ("eren", "ers") else "")
            return _undouble(kept)
    return word
