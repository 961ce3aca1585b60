"""What holds invented people back: counted once each, small numbers hidden."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.data import reference_table
from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.rules.pictures import (
    NONE,
    SMALLEST,
    Drawing,
    Picture,
    RegionPictures,
    hidden,
    pictures,
)

DRAWING = Drawing(date(2026, 11, 1), 1, 1000, 10)
ROWS = reference_table("region_pictures", "pictures.csv").to_pylist()
CODES = reference_table("regions", "regions.csv")["region_code"].to_pylist()


@given(st.integers(0, 100_000))
def test_only_numbers_from_one_up_to_the_smallest_are_hidden(people: int) -> None:
    assert (hidden(people) is None) == (0 < people < SMALLEST)


@given(st.lists(st.tuples(st.sampled_from(Picture), st.sampled_from("abc"), st.integers(1, 20), st.integers(0, 9))))
def test_behind_a_hidden_number_nothing_else_is_told(rows: list[tuple[str, str, int, int]]) -> None:
    drawn = pictures(DRAWING, rows)
    for item in (*drawn.steps, *drawn.no_bridge, *drawn.lifts):
        assert item.people is None or item.people >= SMALLEST
        assert item.people is not None or item.median_openings is None


def test_most_people_come_first() -> None:
    rows = [("step", "b", 7, 1), ("step", "a", 7, 1), ("step", "c", 90, 1), ("step", NONE, 500, None)]
    drawn = pictures(DRAWING, rows)
    assert [item.code for item in drawn.steps] == ["c", "a", "b"]


HIDDEN = st.integers(1, SMALLEST - 1)


@given(
    told=st.lists(st.integers(SMALLEST, 90), max_size=4),
    small=st.lists(st.tuples(st.sampled_from(Picture), HIDDEN, HIDDEN), min_size=1, max_size=4),
)
def test_no_hidden_number_follows_from_what_is_told(told: list[int], small: list[tuple[Picture, int, int]]) -> None:
    """Other small numbers, with as many people fewer whom no row counts: everything that is told stays the same."""
    shown = [(picture, f"t{number}", people, 1) for picture in Picture for number, people in enumerate(told)]

    def drawn(which: int) -> RegionPictures:
        few = [(row[0], f"s{number}", row[which], 1) for number, row in enumerate(small)]
        rest = 1000 - sum(row[2] for row in (*shown, *few) if row[0] != Picture.LIFT)
        return pictures(DRAWING, [*shown, *few, (Picture.STEP, NONE, rest, None)])

    assert drawn(1) == drawn(2)


@pytest.mark.parametrize("code", CODES)
def test_in_each_region_more_people_are_left_untold_than_the_hidden_numbers_could_hold_at_least(code: str) -> None:
    """Were the people left exactly one for each hidden number, the total would tell each of them."""
    here = figures.region_pictures(code)
    for rows in ((*here.steps, *here.no_bridge), here.lifts):
        left = here.drawing.people - sum(row.people or 0 for row in rows)
        few = sum(row.people is None for row in rows)
        assert left >= few + SMALLEST


@pytest.mark.parametrize("code", CODES)
def test_in_each_region_every_person_counts_once(code: str) -> None:
    people: Counter[str] = Counter()
    for row in ROWS:
        if row["region_code"] == code:
            people[row["picture"]] += row["people"]
    n = figures.region_pictures(code).drawing.people
    assert people["step"] + people["no_bridge"] == n
    assert people["lift"] == n


def test_a_region_that_does_not_exist_has_no_pictures() -> None:
    assert figures.region_pictures("AM04").steps == ()


def test_the_mean_region_lies_between_the_least_and_the_most() -> None:
    mean = figures.mean_steps()
    here = [row["people"] for row in ROWS if (row["picture"], row["code"]) == ("step", "dutch")]
    assert min(here) <= mean["dutch"] <= max(here)
