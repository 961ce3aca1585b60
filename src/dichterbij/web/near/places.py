"""Postcodes and places for the first question."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from dichterbij.data import reference_table

MOST_PLACES = 6
CLOSE_ENOUGH = 80
# Names people use for places that the postcode table calls otherwise.
OTHER_NAMES = {"den bosch": "s hertogenbosch", "the hague": "den haag", "s gravenhage": "den haag"}


@dataclass(frozen=True)
class Place:
    """A four-digit postcode area: where it lies and to which region it belongs."""

    pc4: int
    place: str
    municipality: str
    region_code: str
    lat: float
    lon: float

    @property
    def label(self) -> str:
        """The place, with its municipality when that has another name."""
        return self.place if self.place == self.municipality else f"{self.place} ({self.municipality})"


@lru_cache(maxsize=1)
def _by_postcode() -> dict[int, Place]:
    columns = ["pc4", "place", "municipality", "region_code", "lat", "lon"]
    rows = reference_table("postcodes", "postcodes.csv").select(columns).to_pylist()
    return {row["pc4"]: Place(**row) for row in rows}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Place]]:
    """Place names as they are compared, to one place per municipality: its most central postcode."""
    areas: dict[tuple[str, str], list[Place]] = {}
    for place in _by_postcode().values():
        areas.setdefault((place.place, place.municipality), []).append(place)
    names: dict[str, list[Place]] = {}
    for (name, _municipality), places in sorted(areas.items()):
        names.setdefault(_plain(name), []).append(_central(places))
    return names


def _central(places: list[Place]) -> Place:
    lat = sum(place.lat for place in places) / len(places)
    lon = sum(place.lon for place in places) / len(places)
    return min(places, key=lambda place: ((place.lat - lat) ** 2 + (place.lon - lon) ** 2, place.pc4))


def _plain(name: str) -> str:
    """A name without accents, capitals and punctuation, as people type it."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    words = " ".join(kept.split())
    return OTHER_NAMES.get(words, words)


def place_of(pc4: int) -> Place | None:
    """The area of a postcode; None when there is no such postcode."""
    return _by_postcode().get(pc4)


def places_named(text: str) -> list[Place]:
    """Places of this name, or else names that look like it; at most six, empty when nothing does."""
    wanted, names = _plain(text), _by_name()
    if not wanted:
        return []
    if wanted in names:
        return names[wanted][:MOST_PLACES]
    begins = [name for name in names if name.startswith(wanted) and len(wanted) > 2]
    alike = process.extract(wanted, list(names), scorer=fuzz.ratio, limit=MOST_PLACES, score_cutoff=CLOSE_ENOUGH)
    found = dict.fromkeys([*sorted(begins, key=len), *(name for name, _score, _index in alike)])
    return [place for name in found for place in names[name]][:MOST_PLACES]
