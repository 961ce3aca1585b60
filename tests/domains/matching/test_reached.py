"""Everything within reach as arrays is exactly what the bridges say."""

from dichterbij.domains.matching.queries import OpeningIndex, reached, routes_near, routes_side_by_side
from dichterbij.engine.arrays import NO_BRIDGE, ROUTES, TO_ASK
from engine.rows import TODAY, Invented, packaged

INDEX = OpeningIndex.of(Invented(21).openings(150), packaged())


def asked(person: dict) -> dict:
    """The arguments of a question about this person."""
    return {"person": person, "index": INDEX, "parameters": packaged(), "on": TODAY}


def test_the_rows_in_order_of_distance_are_the_openings_near_with_all_their_routes() -> None:
    for person in Invented(22).people(12):
        found = reached(**asked(person))
        expected = routes_near(**asked(person))
        rows = found.nearest(found.smallest, top=1_000)
        assert found.bridges(rows) == expected
        assert len(found) == len(expected)


def test_pages_follow_each_other_without_a_gap() -> None:
    person = Invented(23).people(1)[0]
    found = reached(**asked(person))
    whole = found.nearest(found.smallest, top=1_000).tolist()
    pages = [found.nearest(found.smallest, top=7, skip=at).tolist() for at in range(0, len(whole) + 7, 7)]
    assert [row for page in pages for row in page] == whole


def test_what_is_to_be_asked_and_the_number_of_steps_are_those_of_the_bridge() -> None:
    for person in Invented(24).people(12):
        found = reached(**asked(person))
        rows = found.nearest(found.smallest, top=1_000)
        for row, ways in zip(rows.tolist(), found.bridges(rows), strict=True):
            there = {way.route: way for way in ways}
            for number, route in enumerate(ROUTES):
                assert (found.within.keys[number, row] != NO_BRIDGE) == (route in there)
                if route in there:
                    way = there[route]
                    undescribed, weeks = found.within.parts(found.within.keys[number, row])
                    assert found.within.minutes[row] == way.travel_minutes
                    assert (undescribed, weeks) == (way.undescribed, way.weeks_to_start)
                    assert found.within.steps[number, row] == len(way.step_codes)
                    bits = int(found.within.asked[number, row])
                    assert tuple(code for bit, code in enumerate(TO_ASK) if bits >> bit & 1) == way.to_ask


def test_each_route_has_its_own_count_and_its_own_nearest() -> None:
    for person in Invented(25).people(8):
        ways = [way for all_ways in routes_near(**asked(person)) for way in all_ways]
        sides = routes_side_by_side(**asked(person), top=3)
        assert [side.route for side in sides] == list(ROUTES)
        for side in sides:
            own = [way for way in ways if way.route == side.route]
            assert side.count == len(own)
            assert [way.distance for way in side.bridges] == sorted(way.distance for way in own)[:3]
            assert set(side.bridges) <= set(own)
