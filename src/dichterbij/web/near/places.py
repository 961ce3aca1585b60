"""Where the openings of a list are: per postcode area and per place, with words and addresses."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.regions import queries as regions
from dichterbij.web.near import areas, durations
from dichterbij.web.near.found import Kept


@dataclass(frozen=True, slots=True)
class Spot:
    """A postcode area with openings: where it lies (WGS 84), how many, and how many minutes to the nearest."""

    pc4: int
    place: str
    municipality: str
    lat: float
    lon: float
    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Town:
    """A place with openings, all its postcode areas together."""

    name: str
    spots: tuple[Spot, ...]

    @property
    def count(self) -> int:
        """How many openings."""
        return sum(spot.count for spot in self.spots)

    @property
    def minutes(self) -> int:
        """To the nearest of them."""
        return min(spot.minutes for spot in self.spots)


def spots_of(kept: Kept) -> tuple[Spot, ...]:
    """The postcode areas of these openings, most openings first; areas that no longer exist are left out. One query."""
    rows = postcodes()
    found = (
        Spot(pc4, rows[pc4].place, rows[pc4].municipality, rows[pc4].lat, rows[pc4].lon, count, minutes)
        for pc4, count, minutes in zip(*kept.by_area(), strict=True)
        if pc4 in rows
    )
    return tuple(sorted(found, key=lambda spot: (-spot.count, spot.minutes, spot.pc4)))


def postcodes() -> Mapping[int, regions.PostcodeRow]:
    """All postcode areas: reading the hundreds that one visitor can reach took ten times as long as all the rest."""
    return _postcodes(reference_version())


def home_of(pc4: int) -> regions.PostcodeRow:
    """Where somebody lives; PostcodeNotFoundError for an area that there is no more."""
    return postcodes().get(pc4) or regions.postcode(pc4)


def reference_version() -> tuple[str, str | None]:
    """What changes when reference data are loaded, or another database is used. One query."""
    return str(connection.settings_dict["NAME"]), journal.latest_event_key(action="reference.loaded")


@lru_cache(maxsize=1)
def _postcodes(_version: tuple[str, str | None]) -> Mapping[int, regions.PostcodeRow]:
    return regions.postcodes(range(1, 10_000))


def towns_of(spots: Sequence[Spot]) -> tuple[Town, ...]:
    """The same by place, most openings first. Places of one name get their municipality beside it."""
    towns: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in spots:
        towns[spot.place, spot.municipality].append(spot)
    names = Counter(place for place, _municipality in towns)
    found = (
        Town(place if names[place] == 1 else f"{place} ({municipality})", tuple(group))
        for (place, municipality), group in towns.items()
    )
    return tuple(sorted(found, key=lambda town: (-town.count, town.minutes, town.name)))


def name_of(spots: Sequence[Spot]) -> str:
    """How these areas are called together: "Almelo", "Almelo and Wierden", "Almelo and 3 other places"."""
    towns = towns_of(spots)
    if not towns:
        return ""
    if len(towns) == 1:
        return f"{towns[0].name} ({spots[0].pc4})" if len(spots) == 1 else towns[0].name
    if len(towns) == 2:
        return gettext("%(one)s and %(other)s") % {"one": towns[0].name, "other": towns[1].name}
    others = len(towns) - 1
    said = ngettext("%(place)s and %(n)s other place", "%(place)s and %(n)s other places", others)
    return said % {"place": towns[0].name, "n": others}


@dataclass(frozen=True)
class Addresses:
    """Where the lists of only some areas are; `km` keeps the map as far zoomed as it is."""

    known: areas.Known
    before: str
    after: str

    @classmethod
    def among(cls, spots: Sequence[Spot], km: int | None = None) -> "Addresses":
        """For parts of these areas."""
        before, after = reverse("near:area", args=["0000"]).split("0000")
        return cls(areas.Known(spot.pc4 for spot in spots), before, f"{after}?kaart={km}" if km else after)

    def of(self, spots: Sequence[Spot]) -> str:
        """The address of the list of these areas."""
        return f"{self.before}{self.known.written(spot.pc4 for spot in spots)}{self.after}"


def in_words(spots: Sequence[Spot]) -> str:
    """One circle or row in a sentence: where, how many, how far the nearest."""
    count, nearest = sum(spot.count for spot in spots), min(spot.minutes for spot in spots)
    said = ngettext(
        "%(place)s: %(n)s place to work, %(minutes)s away",
        "%(place)s: %(n)s places to work, the nearest %(minutes)s away",
        count,
    )
    return said % {"place": name_of(spots), "n": durations.count(count), "minutes": durations.minutes(nearest)}
