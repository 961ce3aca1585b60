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
from dichterbij.domains.regions.queries.outlines import Surroundings
from dichterbij.domains.regions.rules.outlines import Area, Window
from dichterbij.web.near import durations, places
from dichterbij.web.near.clusters import Circle, circles_of
from dichterbij.web.near.picture import text_width
from dichterbij.web.near.places import Addresses, Spot, Town

# Kilometres from the middle of the map to its sides.
ZOOMS = (2, 4, 8, 16, 32, 64)
# A first map holds this share of what is near.
ENOUGH = 0.9
NAME_SIZE, NAME_LINE = 13, 16
MOST_NAMES = 12
PIN = 12
Box = tuple[float, float, float, float]


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
class Name:
    """The name of a place, its middle and baseline."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Home:
    """Where the visitor lives, and the sign that points at it: beside it when work is at the same spot."""

    x: float
    y: float
    sign_x: float
    sign_y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A bar of so many cells for so many kilometres."""

    cells: float
    km: int


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
    sign = _sign(at, circles)
    source = _source()
    return WorkMap(
        title=title(towns),
        size=window.size,
        km=km,
        parts=land.parts,
        marks=[_mark(circle, addresses, kept) for circle in circles],
        names=_names(circles, [_around(*sign, PIN)], land),
        home=Home(*at, *sign),
        scale=_scale(window.size, km),
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
            "areas": [self._area(spot) for spot in town.spots],
        }

    def _area(self, spot: Spot) -> dict[str, Any]:
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


def _sign(at: tuple[int, int], circles: Sequence[Circle]) -> tuple[float, float]:
    """Where the sign of home stands: on the spot, or beside the circle that is there."""
    if _is_free(at, circles):
        return at
    for far in (28, 36, 44, 56):
        for side, up in ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, -1), (-1, 0), (1, 0), (0, 1)):
            share = 0.71 if side and up else 1.0
            beside = (round(at[0] + side * far * share), round(at[1] + up * far * share))
            if _is_free(beside, circles):
                return beside
    return at


def _is_free(at: tuple[float, float], circles: Sequence[Circle]) -> bool:
    return all(_apart(at, circle) > circle.radius + PIN for circle in circles)


def _apart(at: tuple[float, float], circle: Circle) -> float:
    return float(((at[0] - circle.x) ** 2 + (at[1] - circle.y) ** 2) ** 0.5)


def _around(x: float, y: float, half: float) -> Box:
    return (x - half, y - half, x + half, y + half)


def _names(circles: Sequence[Circle], taken: list[Box], land: Surroundings) -> list[Name]:
    """The names of the largest circles, where they hide nothing."""
    boxes = [*taken, *(_around(circle.x, circle.y, circle.radius) for circle in circles)]
    found: list[Name] = []
    for circle in circles:
        text = circle.spots[0].place
        if len(found) == MOST_NAMES or any(name.text == text for name in found):
            continue
        half = text_width(text, NAME_SIZE) / 2
        for y in (circle.y + circle.radius + NAME_LINE - 3, circle.y - circle.radius - 4):
            box = (circle.x - half, y - NAME_LINE + 4, circle.x + half, y + 3)
            if _fits(box, land.window.size) and not any(_meet(box, other) for other in boxes):
                boxes.append(box)
                found.append(Name(text, circle.x, y))
                break
    return found


def _fits(box: Box, size: int) -> bool:
    return min(box) >= 0 and max(box) <= size


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(size: int, km: int) -> Scale:
    """The longest of a round number of kilometres that is at most a third of the map."""
    length = max(step for step in (1, 2, 5, 10, 20, 50) if step == 1 or step <= 2 * km / 3)
    return Scale(size * length / (2 * km), length)


@lru_cache(maxsize=1)
def _source() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(REFERENCE / "regions" / "source.yaml")
    return found
