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
