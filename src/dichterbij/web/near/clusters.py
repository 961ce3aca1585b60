"""Postcode areas with openings as circles on a map: how big, where, and which are drawn as one."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dichterbij.web.near.places import Spot

# In cells of the drawing. The smallest is 24 pixels across on the narrowest phone: big enough for a finger.
SMALLEST, LARGEST = 15.5, 28.0
AIR = 1.5
Where = Callable[[Spot], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle: the areas in it, the one with most openings first. It stands where most of them are."""

    spots: tuple[Spot, ...]
    x: float
    y: float
    radius: float

    @property
    def count(self) -> int:
        """How many openings."""
        return sum(spot.count for spot in self.spots)


def circles_of(spots: Iterable[Spot], where: Where, size: float) -> tuple[Circle, ...]:
    """A circle for each area; areas whose circles would lie on each other are one. The most openings come first.

    `where` gives an area's place on a map of `size` by `size` cells; every circle lies wholly on it.
    """
    ordered = sorted(spots, key=lambda spot: (-spot.count, spot.pc4))
    paper = Paper(where, size, max((spot.count for spot in ordered), default=1))
    found: list[Circle] = []
    for spot in ordered:
        _take_in(found, [spot], paper)
    return tuple(sorted(found, key=lambda one: (-one.count, one.spots[0].pc4)))


@dataclass(frozen=True, slots=True)
class Paper:
    """What circles are drawn on: where areas lie, how wide it is, and the number of the fullest area."""

    where: Where
    size: float
    most: int


def circle(spots: Sequence[Spot], paper: Paper) -> Circle:
    """The circle of these areas."""
    ordered = tuple(sorted(spots, key=lambda spot: (-spot.count, spot.pc4)))
    count = sum(spot.count for spot in ordered)
    radius = radius_of(count, paper.most)
    at = [(paper.where(spot), spot.count) for spot in ordered]
    middle = [sum(point[axis] * weight for point, weight in at) / count for axis in (0, 1)]
    x, y = (min(max(where, radius + AIR), paper.size - radius - AIR) for where in middle)
    return Circle(ordered, x, y, radius)


def radius_of(count: int, most: int) -> float:
    """Its surface grows with the number, within what a finger and the map can bear."""
    return min(LARGEST, SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most) / 2)


def touch(one: Circle, other: Circle) -> bool:
    """Whether they would lie on each other."""
    return math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius + AIR


def _take_in(found: list[Circle], spots: Sequence[Spot], paper: Paper) -> None:
    """Add a circle, made one with those it touches, and with those that this one touches then."""
    new = circle(spots, paper)
    while touched := next((other for other in found if touch(new, other)), None):
        found.remove(touched)
        new = circle((*touched.spots, *new.spots), paper)
    found.append(new)
