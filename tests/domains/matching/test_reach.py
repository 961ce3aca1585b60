"""How many people are within reach: exactly as `people-for` counts them, and shown so that nobody can be picked out."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.matching.queries import Crowd, reach
from dichterbij.domains.matching.rules import FEWEST, shown_count
from dichterbij.engine import openings_from_rows, people_for
from dichterbij.shared.errors import InputError
from dichterbij.synthetic.population import people_table
from engine.rows import TODAY, Invented, packaged

counts = st.integers(0, 60)
BASE: dict[str, Any] = {
    "opening_id": "as-asked",
    "pc4": 1811,
    "hours_min": 16,
    "hours_max": 24,
    "dutch": 3,
    "licences": ["B"],
    "demands": ["lifting"],
}
FORMS = [
    BASE,
    {**BASE, "opening_id": "without-B", "licences": []},
    {**BASE, "opening_id": "without-dutch", "dutch": 1},
    {**BASE, "opening_id": "open", "open_hiring": True, "queue_weeks": 0},
    {**BASE, "opening_id": "by-saturday", "dayparts": ["weekday", "saturday"]},
]


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    return Crowd.of(people_table(on=TODAY, rows=3_000), packaged())


@pytest.mark.parametrize(("weeks", "steps"), [(4, 2), (0, 0), (26, 3)])
def test_the_counts_are_those_of_people_for(crowd: Crowd, weeks: int, steps: int) -> None:
    found = reach(openings=FORMS, crowd=crowd, parameters=packaged(), on=TODAY, within_weeks=weeks, within_steps=steps)
    openings = openings_from_rows(FORMS, packaged())
    for form in FORMS:
        rows, _ = people_for(
            form["opening_id"], crowd.people, openings, packaged(), on=TODAY, within_weeks=weeks, within_steps=steps
        )
        assert found.within[form["opening_id"]] == len(rows)
    assert found.within["without-B"] > found.within["as-asked"] or weeks == 26
    assert found.near < len(crowd)


def test_any_openings_and_people_are_counted_as_people_for_counts_them() -> None:
    people = Invented(5).people(200)
    crowd = Crowd.of(people, packaged())
    for one in Invented(6).openings(25):
        found = reach(openings=[one], crowd=crowd, parameters=packaged(), on=TODAY)
        rows, _ = people_for(
            one["opening_id"], crowd.people, openings_from_rows([one], packaged()), packaged(), on=TODAY
        )
        assert found.within == {one["opening_id"]: len(rows)}


def test_nobody_to_count_is_no_error() -> None:
    found = reach(openings=[BASE], crowd=Crowd.of([], packaged()), parameters=packaged(), on=TODAY)
    assert (found.near, found.within) == (0, {"as-asked": 0})


def test_forms_at_two_places_are_not_one_opening(crowd: Crowd) -> None:
    elsewhere = {**BASE, "opening_id": "elsewhere", "pc4": 3511}
    with pytest.raises(InputError):
        reach(openings=[BASE, elsewhere], crowd=crowd, parameters=packaged(), on=TODAY)


@given(st.integers(0, 10_000))
def test_a_small_number_is_not_shown_and_a_large_one_is_close(count: int) -> None:
    shown = shown_count(count)
    assert (shown is None) == (count < FEWEST)
    assert shown is None or (shown % FEWEST == 0 and abs(shown - count) < FEWEST)


@settings(max_examples=60, deadline=None)
@given(counts, counts)
def test_the_difference_of_two_shown_numbers_never_gives_a_number_of_people(one: int, more: int) -> None:
    """Whoever sees both knows at least three differences that could be: never one, and never just none or some."""
    seen = shown_count(one), shown_count(one + more)
    could_be = {
        other - first
        for first in range(70)
        for other in range(first, 130)
        if (shown_count(first), shown_count(other)) == seen
    }
    assert more in could_be
    assert len(could_be) >= 3


@settings(max_examples=60, deadline=None)
@given(st.lists(counts, min_size=3, max_size=3))
def test_a_chain_of_demands_dropped_one_by_one_gives_no_small_number_either(parts: list[int]) -> None:
    base, first, second = parts
    seen = [shown_count(count) for count in (base, base + first, base + first + second)]
    could_be = [
        (b - a, c - b)
        for a in range(_low(seen[0]), _high(seen[0]) + 1)
        for b in range(max(a, _low(seen[1])), _high(seen[1]) + 1)
        for c in range(max(b, _low(seen[2])), _high(seen[2]) + 1)
    ]
    assert len({one for one, _ in could_be}) >= 3
    assert len({other for _, other in could_be}) >= 3


def _low(shown: int | None) -> int:
    return min(n for n in range(200) if shown_count(n) == shown)


def _high(shown: int | None) -> int:
    return max(n for n in range(200) if shown_count(n) == shown)


def test_a_count_below_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="below 0"):
        shown_count(-1)
