"""What holds invented people back: counted once each, small numbers hidden."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.data import reference_table
from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.rules.pictures import NONE, SMALLEST, Drawing, Picture, hidden, pictures

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
    assert drawn.without_step == 500


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
