"""Names of companies without what does not tell them apart, and how alike two of them are."""

import re
import unicodedata
from typing import Final

from rapidfuzz import fuzz

LEGAL_FORMS: Final = re.compile(
    r"\b(bv|nv|vof|cv|maatschap|stichting|vereniging|cooperatie|holding|groep|group|beheer|nederland|en zonen|zn)\b"
)


def plain_name(name: str) -> str:
    """Lower case, without accents, points, legal form and doubled spaces; the name itself when nothing is left."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    words = re.sub(r"[^a-z0-9 ]", " ", letters.replace(".", "").replace("&", " en "))
    short = " ".join(LEGAL_FORMS.sub(" ", words).split())
    return short or " ".join(words.split()) or name.casefold().strip()


def likeness(one: str, other: str) -> int:
    """How alike two plain names are, whatever the order of their words: 0 to 100, rounded down."""
    return int(fuzz.token_sort_ratio(one, other))
