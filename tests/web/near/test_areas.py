"""Postcode areas in an address: short, and read back as what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.web.near import areas

PC4S = st.sets(st.integers(1000, 9999), min_size=1, max_size=60)


@given(chosen=PC4S, others=PC4S)
def test_what_is_written_reads_back_as_the_chosen_ones_among_the_known(chosen: set[int], others: set[int]) -> None:
    ranges = areas.read(areas.Known(others).written(chosen))
    assert {pc4 for pc4 in chosen | others if any(pc4 in some for some in ranges)} == chosen


def test_areas_that_follow_each_other_are_written_from_to() -> None:
    known = (1811, 1813, 1815, 1816, 1823)
    assert areas.Known(known).written((1815, 1811, 1813)) == "1811-1815"
    assert areas.Known(known).written((1811, 1815, 1816)) == "1811.1815-1816"


@pytest.mark.parametrize(
    "text", ["", "x", "181", "18111", "0999", "1811-", "1811,1812", "1811..1812", "١٨١١", "1811." * 400]
)
def test_what_we_never_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no postcode|longer"):
        areas.read(text)


def test_from_to_in_the_wrong_order_is_no_area() -> None:
    assert not areas.read("1815-1811")[0]
