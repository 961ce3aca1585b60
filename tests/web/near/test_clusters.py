"""Circles on the map: none lies on another or over the edge, and no opening gets lost."""

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.web.near.clusters import AIR, SMALLEST, Circle, circles_of
from dichterbij.web.near.places import Spot

SIZE = 360


def spot(number: int, x: float, y: float, count: int) -> Spot:
    """A spot at a place on the map: `lon` and `lat` are cells here."""
    return Spot(1000 + number, f"Place {number}", "M", lat=y, lon=x, count=count, minutes=number)


def touch(one: Circle, other: Circle) -> bool:
    """Whether they lie on each other."""
    return math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius + AIR


SPOTS = st.lists(st.tuples(st.floats(0, SIZE), st.floats(0, SIZE), st.integers(1, 400)), min_size=1, max_size=80).map(
    lambda rows: [spot(number, *row) for number, row in enumerate(rows)]
)


@settings(max_examples=60, deadline=None)
@given(spots=SPOTS)
def test_circles_hold_everything_and_lie_apart_on_the_map(spots: list[Spot]) -> None:
    circles = circles_of(spots, lambda one: (one.lon, one.lat), SIZE)
    assert sorted(one.pc4 for circle in circles for one in circle.spots) == sorted(one.pc4 for one in spots)
    assert not any(touch(one, other) for one, other in combinations(circles, 2))
    for circle in circles:
        assert circle.radius >= SMALLEST
        assert all(circle.radius <= at <= SIZE - circle.radius for at in (circle.x, circle.y))


def test_more_openings_make_a_larger_circle() -> None:
    few, many = sorted(
        circles_of([spot(1, 100, 100, 1), spot(2, 250, 250, 40)], lambda one: (one.lon, one.lat), SIZE),
        key=lambda circle: circle.count,
    )
    assert few.radius < many.radius


def test_areas_on_each_other_are_one_circle_nearest_to_the_fullest() -> None:
    (circle,) = circles_of([spot(1, 100, 100, 3), spot(2, 110, 100, 1)], lambda one: (one.lon, one.lat), SIZE)
    assert circle.count == 4
    assert math.isclose(circle.x, 102.5)
    assert circle.spots[0].pc4 == 1001
