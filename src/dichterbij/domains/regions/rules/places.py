"""Which town or village somebody means, from what they typed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

# How alike a name must be that is neither equal nor begins with what was typed. Assumption: 0.75 lets one typing
# error through in a name of 4 letters and two in one of 8.
ALIKE = 0.75
LONGEST = 60
# General knowledge: names in daily use that the postcode table writes otherwise.
# What tells places of one name apart, as the postcode table writes it: `Hengelo (Gld)`, `Bergen L`, `Elst Ut`.
PROVINCE = re.compile(r"\s*(\(.*\)|gem\. .*|\b(Fr|Gld|GLD|L|NB|NH|Ut|ZH))$")
ALIASES = {
    "den bosch": "s hertogenbosch",
    "s gravenhage": "den haag",
    "the hague": "den haag",
    "adam": "amsterdam",
    "rdam": "rotterdam",
    "flushing": "vlissingen",
    "ljouwert": "leeuwarden",
    "snits": "sneek",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A town, a village or a whole municipality; `pc4` is its postcode with most inhabitants."""

    name: str
    gm_code: str
    municipality: str
    region_code: str
    region_name: str
    pc4: int
    inhabitants: int


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place, and whether its name is what was typed (but for capitals, accents and marks)."""

    place: Place
    is_exact: bool


class PlaceIndex:
    """Places by the plain form of their names. Built once, asked often."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: dict[str, list[Place]] = {}
        for place in places:
            for name in names_of(place.name):
                self._places.setdefault(name, []).append(place)
        self._names = sorted(self._places)

    def find(self, text: str, *, limit: int) -> tuple[FoundPlace, ...]:
        """At most `limit` places: equal names first, then names that begin so, then names alike; large before small."""
        asked = plain(text[:LONGEST])
        asked = ALIASES.get(asked, asked)
        if len(asked) < 2:
            return ()
        equal = self._largest_first([asked] if asked in self._places else []) or self._with_hint(text[:LONGEST])
        begins = self._largest_first([name for name in self._names if name.startswith(asked) and name != asked])
        found = dict.fromkeys([*equal, *begins])
        if not equal and len(begins) < limit:
            found |= dict.fromkeys(self._alike(asked, limit))
        return tuple(FoundPlace(place, place in equal) for place in list(found)[:limit])

    def _with_hint(self, text: str) -> list[Place]:
        """Places of a name that is typed with what tells them apart: `Hengelo (Twente)`, `Bergen, Limburg`."""
        name, _, hint = re.sub(r"[(),]", "|", text).partition("|")
        named = self._largest_first([plain(name)] if plain(name) in self._places else []) if hint else []
        told = plain(hint)
        meant = [place for place in named if told and told in plain(f"{place.region_name} {place.municipality}")]
        return meant or named

    def _alike(self, asked: str, limit: int) -> list[Place]:
        similarity = DamerauLevenshtein.normalized_similarity
        names = process.extract(asked, self._names, scorer=similarity, score_cutoff=ALIKE, limit=limit)
        return [place for name, _, _ in names for place in self._largest_first([name])]

    def _largest_first(self, names: Sequence[str]) -> list[Place]:
        places = (place for name in names for place in self._places[name])
        return sorted(places, key=lambda place: (-place.inhabitants, place.name, place.gm_code))


def plain(text: str) -> str:
    """`text` in small letters without accents, with single spaces for marks; `st` written out."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", " ", letters).split()
    return " ".join("sint" if word == "st" else word for word in words)


def names_of(name: str) -> frozenset[str]:
    """The plain forms under which a name can be found: `Bergen (NH.)` and `Bergen L` also as `bergen`."""
    return frozenset({plain(name), plain(re.sub(PROVINCE, "", name))})
