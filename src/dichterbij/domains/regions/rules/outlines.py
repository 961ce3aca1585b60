"""Borders as small drawings: degrees onto a flat grid of whole numbers."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[int, int]
Ring = tuple[Point, ...]
Degrees = Sequence[Sequence[float]]
KM_IN_A_DEGREE = 111.2


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


class Grid:
    """A flat grid of square cells: places in degrees (WGS 84) onto whole numbers. A drawing, no measure."""

    def __init__(self, *, west: float, north: float, squeeze: float, cells: float) -> None:
        """`squeeze`: how much narrower a degree of longitude is; `cells`: how many in a degree of latitude."""
        self._west, self._north, self._squeeze, self._cells = west, north, squeeze, cells

    def point(self, lon: float, lat: float) -> Point:
        """The grid point of a place in degrees (WGS 84)."""
        return (round((lon - self._west) * self._squeeze * self._cells), round((self._north - lat) * self._cells))

    def area(self, code: str, name: str, borders: Iterable[Degrees]) -> Area:
        """An area with only the points where its border turns; specks below two cells disappear.

        Neighbours keep a common border, because both lie on the same grid.
        """
        rings = (_turning(tuple(self.point(point[0], point[1]) for point in ring)) for ring in borders)
        return Area(code, name, tuple(ring for ring in rings if _twice_the_cells(ring) >= 4))


class Plane(Grid):
    """A grid `size` cells wide or high round some borders."""

    def __init__(self, borders: Iterable[Degrees], size: int) -> None:
        points = [point for ring in borders for point in ring]
        longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
        west, north = min(longitudes), max(latitudes)
        squeeze = math.cos(math.radians((north + min(latitudes)) / 2))
        wide, high = (max(longitudes) - west) * squeeze, north - min(latitudes)
        cells = size / max(wide, high)
        super().__init__(west=west, north=north, squeeze=squeeze, cells=cells)
        self.width, self.height = math.ceil(wide * cells), math.ceil(high * cells)


class Window(Grid):
    """A square of land, `size` cells wide, with `km` kilometres from its middle to each side."""

    def __init__(self, *, lat: float, lon: float, km: float, size: int) -> None:
        squeeze = math.cos(math.radians(lat))
        high = km / KM_IN_A_DEGREE
        self._south, self._east = lat - high, lon + high / squeeze
        self.size, self.km = size, km
        super().__init__(west=lon - high / squeeze, north=lat + high, squeeze=squeeze, cells=size / (2 * high))

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a place lies in it."""
        return self._west <= lon <= self._east and self._south <= lat <= self._north

    def touches(self, borders: Iterable[Degrees]) -> bool:
        """Whether the box round these borders meets it."""
        points = [point for ring in borders for point in ring]
        longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
        beside = min(longitudes) > self._east or max(longitudes) < self._west
        return not (beside or min(latitudes) > self._north or max(latitudes) < self._south)


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
