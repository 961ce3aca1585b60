"""What is written on the map beside its circles: names, the sign of home and the scale, each where it hides nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dichterbij.web.near import durations, places
from dichterbij.web.near.clusters import Circle
from dichterbij.web.near.picture import text_width

NAME_SIZE, NAME_LINE = 13, 16
MOST_NAMES = 12
# The largest circles get their name even when it lies over the edge of a smaller one; never over its number.
SURELY_NAMED = 4
# A circle may be called after a second place in it, when the first is a name already, from this share on.
ENOUGH_TO_NAME = 0.2
PIN = 12
MARGIN, SCALE_HIGH = 10, 24
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a place, its middle and baseline."""

    text: str
    x: float
    y: float

    @property
    def box(self) -> Box:
        """What it covers."""
        half = text_width(self.text, NAME_SIZE) / 2
        return (self.x - half, self.y - NAME_LINE + 4, self.x + half, self.y + 3)


@dataclass(frozen=True, slots=True)
class Scale:
    """A bar of so many cells for so many kilometres, from its left end."""

    cells: float
    km: int
    x: float
    y: float

    @property
    def box(self) -> Box:
        """What it covers, with the words on it."""
        return (self.x - 2, self.y - SCALE_HIGH, self.x + self.cells + 2, self.y + 4)


def sign_of_home(at: tuple[int, int], circles: Sequence[Circle], size: int) -> tuple[float, float]:
    """Where the sign of home stands: on the spot, or beside the circles that are there."""
    if _is_free(at, circles):
        return at
    for far in (28, 36, 44, 56, 68, 80, 96, 112):
        for side, up in ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, -1), (-1, 0), (1, 0), (0, 1)):
            share = 0.71 if side and up else 1.0
            beside = (round(at[0] + side * far * share), round(at[1] + up * far * share))
            if _is_free(beside, circles) and _fits(around(*beside, PIN), size):
                return beside
    return at


def scale_of(size: int, km: int, circles: Sequence[Circle]) -> Scale:
    """The longest of a round number of kilometres that is at most a third of the map, in a corner that is free."""
    length = max(step for step in (1, 2, 5, 10, 20, 50) if step == 1 or step <= 2 * km / 3)
    cells = size * length / (2 * km)
    right, top = size - MARGIN - cells, MARGIN + SCALE_HIGH
    bottom = size - MARGIN
    corners = [Scale(cells, length, x, y) for x, y in ((MARGIN, bottom), (right, bottom), (MARGIN, top), (right, top))]
    return min(corners, key=lambda corner: sum(_covers(corner.box, circle) > 0 for circle in circles))


def names_of(circles: Sequence[Circle], taken: Sequence[Box], size: int) -> list[Name]:
    """The names of the largest circles, the largest first, where they hide nothing."""
    taken, found = list(taken), list[Name]()
    for place, circle in enumerate(circles):
        text = _text(circle, {name.text for name in found})
        if len(found) == MOST_NAMES or not text:
            continue
        hides, name = _best(text, circle, circles, taken, size)
        if name and (hides == 0 or (place < SURELY_NAMED and not _hides_number(name, circles))):
            taken.append(name.box)
            found.append(name)
    return found


def _best(
    text: str, circle: Circle, circles: Sequence[Circle], taken: Sequence[Box], size: int
) -> tuple[float, Name | None]:
    """Where a name lies least over circles and over nothing that is taken, and how far; the first place of those."""
    best: tuple[float, Name | None] = (float("inf"), None)
    for name in _beside(text, circle, size):
        if _meets(name.box, taken):
            continue
        hides = _hides(name, circles)
        if hides < best[0]:
            best = (hides, name)
        if hides == 0:
            break
    return best


def _text(circle: Circle, used: set[str]) -> str:
    """What a circle is called: the place with most of its openings, or another that has a good part of them."""
    towns = places.towns_of(circle.spots)
    names = [town.name for town in towns if town.count >= ENOUGH_TO_NAME * circle.count]
    return next((name for name in names if name not in used), "")


def _beside(text: str, circle: Circle, size: int) -> Iterator[Name]:
    """Where a name may stand round its circle: the best place first."""
    half, far = text_width(text, NAME_SIZE) / 2, circle.radius
    for side, y in ((0.0, far + NAME_LINE - 3), (0.0, -far - 4), (1.0, 4.0), (-1.0, 4.0)):
        name = Name(text, circle.x + side * (far + half + 3), circle.y + y)
        if _fits(name.box, size):
            yield name
    for side in (1, -1):
        for y in (0.75 * far + NAME_LINE - 3, -0.75 * far - 4):
            name = Name(text, circle.x + side * (half + 0.4 * far), circle.y + y)
            if _fits(name.box, size):
                yield name


def _hides(name: Name, circles: Sequence[Circle]) -> float:
    """How far a name lies over circles."""
    box = name.box
    return sum(_covers(box, circle) for circle in circles)


def _hides_number(name: Name, circles: Sequence[Circle]) -> bool:
    box = name.box
    return any(_meet(box, _number_of(circle)) for circle in circles)


def _number_of(circle: Circle) -> Box:
    half = text_width(durations.count(circle.count), NAME_SIZE) / 2
    return (circle.x - half, circle.y - 8, circle.x + half, circle.y + 8)


def _covers(box: Box, circle: Circle) -> float:
    """How far a box reaches into a circle; 0 when it does not."""
    x, y = min(max(circle.x, box[0]), box[2]), min(max(circle.y, box[1]), box[3])
    return max(0.0, circle.radius - _apart((x, y), circle))


def _is_free(at: tuple[float, float], circles: Sequence[Circle]) -> bool:
    return all(_apart(at, circle) > circle.radius + PIN for circle in circles)


def _apart(at: tuple[float, float], circle: Circle) -> float:
    return float(((at[0] - circle.x) ** 2 + (at[1] - circle.y) ** 2) ** 0.5)


def around(x: float, y: float, half: float) -> Box:
    """The square round a point."""
    return (x - half, y - half, x + half, y + half)


def _fits(box: Box, size: int) -> bool:
    return min(box) >= 0 and max(box) <= size


def _meets(one: Box, others: Sequence[Box]) -> bool:
    return any(_meet(one, other) for other in others)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
