"""The map beside the list: municipalities, circles where there is work, and home. An SVG made here, with a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, overload

from django.utils.translation import gettext

from dichterbij.data import REFERENCE, read_yaml
from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.queries import PostcodeRow
from dichterbij.domains.regions.rules.outlines import Area, Window
from dichterbij.web.near import durations, places
from dichterbij.web.near.clusters import Circle, circles_of
from dichterbij.web.near.labels import PIN, Name, Scale, around, names_of, scale_of, sign_of_home
from dichterbij.web.near.places import Addresses, Spot, Town

# Kilometres from the middle of the map to its sides.
ZOOMS = (2, 4, 8, 16, 32, 64)
# A first map holds this share of what is near.
ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle as it is drawn: a link, the number in it and its words for who does not see it."""

    circle: Circle
    address: str
    words: str
    is_chosen: bool

    @property
    def x(self) -> str:
        """Its middle, from the left."""
        return f"{self.circle.x:.1f}"

    @property
    def y(self) -> str:
        """Its middle, from the top."""
        return f"{self.circle.y:.1f}"

    @property
    def radius(self) -> str:
        """How wide it is."""
        return f"{self.circle.radius:.1f}"

    @property
    def number(self) -> str:
        """What stands in the circle."""
        return durations.count(self.circle.count)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the visitor lives, and the sign that points at it: beside it when work is at the same spot."""

    x: float
    y: float
    sign_x: float
    sign_y: float


@dataclass(frozen=True)
class WorkMap:
    """Everything the template draws. `further` openings are not on it, but in the table."""

    title: str
    size: int
    km: int
    parts: Sequence[Area]
    marks: Sequence[Mark]
    names: Sequence[Name]
    home: Home
    scale: Scale
    further: int
    closer: int | None
    wider: int | None
    on: date
    publishers: str
    retrieved: date
    towns: "TownRows"

    @property
    def further_words(self) -> str:
        """How many are not on it, as it is written."""
        return durations.count(self.further)

    @property
    def towns_words(self) -> str:
        """How many places the table has, as it is written."""
        return durations.count(len(self.towns))


def work_map(
    spots: Sequence[Spot], home: PostcodeRow, *, asked: str, chosen: Iterable[int] = (), on: date
) -> WorkMap | None:
    """The map of these areas round a home; None when there is nothing to show. `asked` is a zoom, as in an address."""
    if not spots:
        return None
    km = _km(spots, home, asked)
    land = regions.surroundings(home.lat, home.lon, km)
    window, kept = land.window, frozenset(chosen)
    towns, addresses = places.towns_of(spots), Addresses.among(spots, km)
    inside = [spot for spot in spots if window.holds(spot.lon, spot.lat)]
    circles = circles_of(inside, lambda spot: window.point(spot.lon, spot.lat), window.size)
    at = window.point(home.lon, home.lat)
    sign, scale = sign_of_home(at, circles, window.size), scale_of(window.size, km, circles)
    source = _source()
    return WorkMap(
        title=title(towns),
        size=window.size,
        km=km,
        parts=land.parts,
        marks=[_mark(circle, addresses, kept) for circle in circles],
        names=names_of(circles, [around(*sign, PIN), scale.box], window.size),
        home=Home(*at, *sign),
        scale=scale,
        further=sum(spot.count for spot in spots) - sum(spot.count for spot in inside),
        closer=max((zoom for zoom in ZOOMS if zoom < km), default=None),
        wider=min((zoom for zoom in ZOOMS if zoom > km), default=None),
        on=on,
        publishers=source["attribution"].removeprefix("Bron: "),
        retrieved=source["retrieved"],
        towns=TownRows(towns, addresses),
    )


def title(towns: Sequence[Town]) -> str:
    """The map in one sentence: its answer."""
    first = towns[0]
    about = {"place": first.name, "n": durations.count(first.count)}
    if len(towns) == 1:
        return gettext("Everything near is in %(place)s (%(n)s)") % about
    if towns[1].count == first.count:
        about["other"] = towns[1].name
        return gettext("As many places to work in %(place)s as in %(other)s (%(n)s)") % about
    return gettext("Most places to work near you are in %(place)s (%(n)s)") % about


@dataclass(frozen=True)
class TownRows(Sequence[dict[str, Any]]):
    """The same as a table: a row for each place, with its postcode areas; each made when it is asked for."""

    towns: Sequence[Town]
    addresses: Addresses

    def __len__(self) -> int:
        return len(self.towns)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, at: slice) -> "TownRows": ...

    def __getitem__(self, at: int | slice) -> "dict[str, Any] | TownRows":
        if isinstance(at, slice):
            return TownRows(self.towns[at], self.addresses)
        town, addresses = self.towns[at], self.addresses
        return {
            "name": town.name,
            "address": addresses.of(town.spots),
            "count": durations.count(town.count),
            "minutes": durations.minutes(town.minutes),
            "areas": _Areas(town.spots, addresses),
        }


@dataclass(frozen=True)
class _Areas(Sequence[dict[str, Any]]):
    """The postcode areas of one place, each made when it is asked for."""

    spots: Sequence[Spot]
    addresses: Addresses

    def __len__(self) -> int:
        return len(self.spots)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, at: slice) -> "_Areas": ...

    def __getitem__(self, at: int | slice) -> "dict[str, Any] | _Areas":
        if isinstance(at, slice):
            return _Areas(self.spots[at], self.addresses)
        spot = self.spots[at]
        return {"pc4": spot.pc4, "count": durations.count(spot.count), "address": self.addresses.of([spot])}


def rows(spots: Sequence[Spot], *, nearest_first: bool = False) -> TownRows:
    """A row for each place of these areas: the one with most openings first, or the nearest."""
    towns = places.towns_of(spots)
    if nearest_first:
        towns = tuple(sorted(towns, key=lambda town: (town.minutes, -town.count, town.name)))
    return TownRows(towns, Addresses.among(spots))


def _km(spots: Sequence[Spot], home: PostcodeRow, asked: str) -> int:
    """The zoom that was asked for; else the closest that holds nearly all."""
    if asked in map(str, ZOOMS):
        return int(asked)
    needed = ENOUGH * sum(spot.count for spot in spots)
    for zoom in ZOOMS:
        window = Window(lat=home.lat, lon=home.lon, km=zoom, size=1)
        if sum(spot.count for spot in spots if window.holds(spot.lon, spot.lat)) >= needed:
            return zoom
    return ZOOMS[-1]


def _mark(circle: Circle, addresses: Addresses, chosen: frozenset[int]) -> Mark:
    is_chosen = any(spot.pc4 in chosen for spot in circle.spots)
    return Mark(circle, addresses.of(circle.spots), places.in_words(circle.spots), is_chosen)


@lru_cache(maxsize=1)
def _source() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(REFERENCE / "regions" / "source.yaml")
    return found
