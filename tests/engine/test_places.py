"""How far a way to travel comes, and which places that can never leave out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.engine.places import MARGIN, farthest_metres, metres_from, places_within
from engine.rows import packaged
from engine.test_travel import haversine

Segments = tuple[tuple[int | None, int], ...]


def minutes_for(metres: int, fixed: int, segments: Segments) -> int:
    """As the contract says it: the fixed minutes, and those of the metres in each segment, rounded up together."""
    passed, thousandths = 0, 0
    for up_to, rate in segments:
        until = metres if up_to is None else min(metres, up_to)
        thousandths += max(0, until - passed) * rate
        passed = max(passed, until)
    return fixed - (-thousandths // 1_000_000)


@st.composite
def modes(draw: st.DrawFn) -> tuple[int, Segments]:
    """Fixed minutes and one to three segments."""
    ends = sorted(draw(st.sets(st.integers(1, 40_000), max_size=2)))
    rates = [draw(st.integers(100, 20_000)) for _ in range(len(ends) + 1)]
    return draw(st.integers(0, 30)), tuple(zip([*ends, None], rates, strict=True))


@given(mode=modes(), minutes=st.integers(0, 600))
def test_a_mode_comes_so_far_and_not_a_metre_farther(mode: tuple[int, Segments], minutes: int) -> None:
    fixed, segments = mode
    farthest = farthest_metres(fixed, segments, minutes)
    if minutes < fixed:
        assert farthest == 0
    else:
        assert minutes_for(farthest, fixed, segments) <= minutes < minutes_for(farthest + 1, fixed, segments)


def test_a_mode_that_takes_no_time_comes_everywhere_once_it_starts() -> None:
    free: Segments = ((1_000, 5_000), (None, 0))
    assert farthest_metres(0, free, 5) > 10**9
    assert farthest_metres(0, free, 4) == 800
    assert farthest_metres(6, free, 5) == 0
    assert farthest_metres(5, ((700, 0), (None, 5_000)), 5) == 700


def quickest(metres: int) -> int:
    """Minutes of the quickest mode, water left aside."""
    return min(minutes_for(max(metres, 0), mode.fixed, mode.per_km) for mode in packaged().modes)


def test_no_place_is_missed_that_some_mode_reaches_in_the_time() -> None:
    home, places = 100, packaged().places
    metres = [haversine(home, other) for other in range(len(places.pc4))]
    for minutes in (0, 5, 16, 45, 90):
        is_near = places_within(packaged(), home, minutes).tolist()
        for far, near in zip(metres, is_near, strict=True):
            assert near or quickest(far) > minutes
            assert not near or quickest(far - MARGIN - 1) <= minutes


def test_one_point_for_all_or_one_for_each() -> None:
    places = packaged().places
    latitude, longitude = np.radians(places.latitude[:50]), np.radians(places.longitude[:50])
    from_first = metres_from((latitude[0], longitude[0]), latitude, longitude)
    assert from_first[0] == 0
    firsts = np.full(50, latitude[0]), np.full(50, longitude[0])
    assert np.array_equal(metres_from(firsts, latitude, longitude), from_first)
