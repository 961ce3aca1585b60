"""Postcode areas with openings as circles on a map: how big, where, and which are drawn as one."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from dichterbij.engine.arrays import F64, I64
from dichterbij.engine.compiled import compiled
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
    if not ordered:
        return ()
    at = np.array([where(spot) for spot in ordered], dtype=np.float64)
    counts = np.array([spot.count for spot in ordered], dtype=np.float64)
    owner, drawn = _joined(at, counts, size)
    members: dict[int, list[Spot]] = {}
    for spot, circle in zip(ordered, owner.tolist(), strict=True):
        members.setdefault(circle, []).append(spot)
    found = (Circle(tuple(group), *drawn[circle].tolist()) for circle, group in members.items())
    return tuple(sorted(found, key=lambda one: (-one.count, one.spots[0].pc4)))


@compiled
def _radius_of(count: float, most: float) -> float:
    """Its surface grows with the number, within what a finger and the map can bear."""
    return min(LARGEST, SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most) / 2)


@compiled
def _draw(x: float, y: float, count: float, most: float, size: float, out: F64) -> None:
    """Write middle and radius of a circle round this point, moved until it lies wholly on the map."""
    radius = _radius_of(count, most)
    edge = radius + AIR
    out[0], out[1], out[2] = min(max(x, edge), size - edge), min(max(y, edge), size - edge), radius


@compiled
def _joined(at: F64, counts: F64, size: float) -> tuple[I64, F64]:
    """The circle of each area, and each circle's middle and radius.

    One by one, the fullest first: an area is made one with those it touches, and with those that this one touches then.
    """
    most, owner = counts.max(), np.arange(len(at))
    drawn, sums = np.zeros((len(at), 3)), np.zeros((len(at), 3))  # sums: x and y weighted, and the number
    alive = np.zeros(len(at), dtype=np.bool_)
    for new in range(len(at)):
        sums[new, 0], sums[new, 1], sums[new, 2] = at[new, 0] * counts[new], at[new, 1] * counts[new], counts[new]
        _draw(at[new, 0], at[new, 1], counts[new], most, size, drawn[new])
        other = 0
        while other < new:
            apart = math.hypot(drawn[new, 0] - drawn[other, 0], drawn[new, 1] - drawn[other, 1])
            if alive[other] and apart < drawn[new, 2] + drawn[other, 2] + AIR:
                alive[other] = False
                owner[owner == other] = new
                sums[new] += sums[other]
                count = sums[new, 2]
                _draw(sums[new, 0] / count, sums[new, 1] / count, count, most, size, drawn[new])
                other = 0
            else:
                other += 1
        alive[new] = True
    return owner, drawn
