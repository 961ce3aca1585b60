"""Borders as small drawings: degrees onto a flat grid of whole numbers."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[int, int]
Ring = tuple[Point, ...]
Degrees = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Area:
    """One area on the grid: outer and inner borders, y downwards."""

    code: str
    name: str
    rings: tuple[Ring, ...]

    @property
    def path(self) -> str:
        """The borders as the `d` of an SVG path; fill with rule evenodd."""
        return "".join("M" + " ".join(f"{x},{y}" for x, y in ring) + "Z" for ring in self.rings)


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawing of `width` by `height` grid cells: the whole (without rings for a country), and its parts by name."""

    width: int
    height: int
    whole: Area
    parts: tuple[Area, ...]


class Plane:
    """A flat grid `size` cells wide or high round some borders. A drawing, no measure."""

    def __init__(self, borders: Iterable[Degrees], size: int) -> None:
        points = [point for ring in borders for point in ring]
        longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
        self._west, self._north = min(longitudes), max(latitudes)
        self._squeeze = math.cos(math.radians((self._north + min(latitudes)) / 2))
        wide = (max(longitudes) - self._west) * self._squeeze
        high = self._north - min(latitudes)
        self._cells = size / max(wide, high)
        self.width, self.height = math.ceil(wide * self._cells), math.ceil(high * self._cells)

    def point(self, lon: float, lat: float) -> Point:
        """The grid point of a place in degrees (WGS 84)."""
        return (round((lon - self._west) * self._squeeze * self._cells), round((self._north - lat) * self._cells))

    def area(self, code: str, name: str, borders: Iterable[Degrees]) -> Area:
        """An area with only the points where its border turns; specks below two cells disappear.

        Neighbours keep a common border, because both lie on the same grid.
        """
        rings = (_turning(tuple(self.point(point[0], point[1]) for point in ring)) for ring in borders)
        return Area(code, name, tuple(ring for ring in rings if _twice_the_cells(ring) >= 4))


def _turning(ring: Ring) -> Ring:
    """A closed ring without its repeated end, equal neighbours and points on a straight line."""
    points = [point for point, before in zip(ring, (None, *ring), strict=False) if point != before]
    if points and points[0] == points[-1]:
        points.pop()
    around = zip(points[-1:] + points, points, points[1:] + points[:1], strict=False)
    return tuple(here for before, here, after in around if _turn(before, here, after))


def _turn(before: Point, here: Point, after: Point) -> int:
    return (here[0] - before[0]) * (after[1] - here[1]) - (here[1] - before[1]) * (after[0] - here[0])


def _twice_the_cells(ring: Ring) -> int:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs))
