"""Everything within reach as arrays is exactly what the bridges say."""

from dichterbij.domains.matching.queries import (
    OpeningIndex,
    reached,
    routes_near,
    routes_side_by_side,
    what_brings_more,
)
from dichterbij.domains.matching.queries.lifts import LIFTS
from dichterbij.engine.arrays import NO_BRIDGE, ROUTES, TO_ASK
from dichterbij.engine.matching import Matcher, count
from dichterbij.engine.person.other_answers import differences
from dichterbij.engine.reading import people_from_rows
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
                    key = found.within.keys[number, row]
                    assert found.within.minutes[row] == way.travel_minutes
                    assert found.within.is_undescribed(key) == way.undescribed
                    assert way.undescribed or found.within.has_weeks(key) == (way.weeks_to_start > 0)
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


def test_what_brings_more_is_the_difference_between_two_counts() -> None:
    named = set()
    for person in Invented(26).people(60):
        changed = {code: row for code, lift in LIFTS.items() if (row := lift(person))}
        rows = [{**row, "person_id": str(at)} for at, row in enumerate([person, *changed.values()])]
        found, now = count(people_from_rows(rows, packaged()), INDEX.index, on=TODAY)
        lifts = {lift.code: lift for lift in what_brings_more(**asked(person))}
        for at, code in enumerate(changed, start=1):
            more = (int(found[at] - found[0]), int(now[at] - now[0]))
            assert more == ((lifts[code].more_openings, lifts[code].more_now) if code in lifts else (0, 0))
        named |= lifts.keys()
    assert LIFTS.keys() - named <= {"ebike"}


def test_any_other_answers_are_counted_as_exactly() -> None:
    for number in range(20):
        one, other = Invented(100 + number).people(2)
        other = {**other, **{name: one[name] for name in ("pc4", "skills", "legal") if name in one}}
        rows = [{**row, "person_id": str(at)} for at, row in enumerate([one, other])]
        people = people_from_rows(rows, packaged())
        found, now = count(people, INDEX.index, on=TODAY)
        more, more_now = differences(Matcher(people, INDEX.index, TODAY, 1).worlds[0])
        assert (more[1], more_now[1]) == (found[1] - found[0], now[1] - now[0])
