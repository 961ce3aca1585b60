"""Travel: metres to the metre, minutes to the minute, on both sides of every limit."""

import math
from dataclasses import replace

import pytest

from dichterbij.engine.parameters import Mode
from dichterbij.engine.trace import travel_of
from engine.rows import TODAY, bridge, bridges, opening, packaged, person


def haversine(home: int, work: int) -> int:
    """Metres by the formula of the contract, in plain Python."""
    places = packaged().places
    lat1, lat2 = math.radians(places.latitude[home]), math.radians(places.latitude[work])
    lon1, lon2 = math.radians(places.longitude[home]), math.radians(places.longitude[work])
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return math.floor(2 * 6_371_008.8 * math.asin(math.sqrt(h)) + 0.5)


def place(pc4: int) -> int:
    """Row of a postcode."""
    return int(packaged().places.place_of_pc4[pc4])


@pytest.mark.parametrize(("home", "work"), [(1011, 1012), (3511, 9711), (6291, 8899), (1791, 1781), (4501, 4381)])
def test_metres_are_those_of_the_haversine(home: int, work: int) -> None:
    assert travel_of(place(home), place(work), packaged(), TODAY)[0] == haversine(place(home), place(work))


def test_inside_one_postcode_the_distance_is_fixed() -> None:
    metres, minutes = travel_of(place(3511), place(3511), packaged(), TODAY)
    assert metres == 700
    assert (minutes["walk"], minutes["bike"], minutes["public_transport"]) == (11, 6, 18)


def test_texel_cannot_be_walked_to_and_the_ferry_takes_time() -> None:
    metres, minutes = travel_of(place(1791), place(1781), packaged(), TODAY)
    assert "walk" not in minutes
    assert minutes["bike"] == 2 + math.ceil(metres * 5 / 1000) + 50


def test_nobody_crosses_to_vlieland_whatever_the_mode() -> None:
    assert travel_of(place(8899), place(1781), packaged(), TODAY)[1] == {}
    everything = person(pc4=8899, modes=["bike", "ebike", "moped", "public_transport", "car"], max_travel_minutes=600)
    assert bridge(everything, opening(pc4=1781)) is None
    assert bridge(everything, opening(pc4=8899)) is not None


@pytest.mark.parametrize(("minutes", "has_bridge"), [(10, False), (11, True)])
def test_the_longest_travel_time_is_still_near(minutes: int, has_bridge: bool) -> None:
    found = bridge(person(modes=[], ebike_possible=False, max_travel_minutes=minutes), opening())
    assert (found is not None) == has_bridge


@pytest.mark.parametrize(("kilometres", "has_bridge"), [(0, False), (1, True)])
def test_a_straight_line_longer_than_wanted_is_no(kilometres: int, has_bridge: bool) -> None:
    assert (bridge(person(max_distance_km=kilometres), opening()) is not None) == has_bridge


def test_on_equal_minutes_the_first_mode_of_the_parameters_counts() -> None:
    same = [Mode(code, 5, ((None, 1000),)) for code in ("walk", "bike", "ebike", "moped", "public_transport", "car")]
    somebody = person(modes=["car", "bike"])
    first = bridge(somebody, opening(), replace(packaged(), modes=tuple(same)))
    last = bridge(somebody, opening(), replace(packaged(), modes=tuple(reversed(same))))
    assert first is not None
    assert first["mode"] == "walk"
    assert last is not None
    assert last["mode"] == "car"


def test_a_mode_that_the_parameters_lack_takes_nobody_anywhere() -> None:
    without = replace(packaged(), modes=tuple(mode for mode in packaged().modes if mode.code != "ebike"))
    hasty = person(modes=["ebike"], max_travel_minutes=15)
    assert bridge(hasty, opening(pc4=3526)) is not None
    assert bridge(hasty, opening(pc4=3526), without) is None


def test_what_takes_no_time_from_some_distance_on_comes_everywhere() -> None:
    free = replace(packaged(), modes=(Mode("walk", 0, ((1_000, 5_000), (None, 0))),))
    crowd = [person(str(number), max_travel_minutes=5, ebike_possible=False) for number in range(70)]
    near_by = [opening(pc4=9711)]  # 70 people look among the openings around them, one among all
    assert len(bridges(crowd, near_by, free)) == 70
    assert len(bridges(crowd[:1], near_by, free)) == 1


def test_unknown_modes_are_asked_only_when_walking_is_too_far() -> None:
    near, far = bridge(person(), opening()), bridge(person(), opening(pc4=3994))
    assert near is not None
    assert "modes" not in near["to_ask"]
    assert far is not None
    assert "modes" in far["to_ask"]
