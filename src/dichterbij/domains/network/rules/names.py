"""When two employers are one: the same name in another way of writing, or the same number of the KvK."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from uuid import UUID

from rapidfuzz import fuzz

from dichterbij.shared.errors import InputError

LEGAL_FORMS = frozenset({"bv", "nv", "vof", "cv", "ua", "coop", "cooperatie", "stichting", "holding", "inc", "gmbh"})
DOTTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b|\b(?:[a-z]\.)+")
KVK = re.compile(r"[0-9]{8}")


def name_key(name: str) -> str:
    """A name as it is compared: small letters without accents, marks and legal form. Empty when nothing is left."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    joined = DOTTED.sub(lambda found: found.group().replace(".", ""), plain)
    words = re.findall(r"[^\W_]+", joined)
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def near_names(name: str, known: Mapping[UUID, str], *, least: int) -> tuple[UUID, ...]:
    """Those of `known` (id to key) whose name is nearly this one, the likest first."""
    key = name_key(name)
    scores = {one: likeness(key, other) for one, other in known.items()}
    return tuple(sorted((one for one in known if scores[one] >= least), key=lambda one: (-scores[one], known[one])))


def likeness(one: str, other: str) -> float:
    """How alike two keys are, 0 to 100: letters, or the words of the one in the other."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other))


def checked_kvk(given: str) -> str:
    """Eight digits, or nothing. InputError for another number."""
    number = re.sub(r"[\s.]", "", given)
    if number and not KVK.fullmatch(number):
        raise InputError("A number at the Chamber of Commerce has 8 digits.", field="kvk")
    return number


def tidy(text: str, longest: int, field: str, *, least: int = 0) -> str:
    """A line without double spaces. InputError that names the field when it is too short or too long."""
    line = " ".join(text.replace("\0", "").split())
    if not least <= len(line) <= longest:
        raise InputError(f"Between {least} and {longest} letters.", field=field)
    return line


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order in which they came."""
    return tuple(dict.fromkeys(values))
