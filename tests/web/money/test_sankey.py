"""The flow picture: amounts on one scale, nothing outside its box, nothing on top of another."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.web.money.sankey import GAP, Stream, drawn


def one(source: str, target: str, cents: int) -> Stream:
    return Stream((source,), (target,), cents)


def test_money_stands_in_columns_from_where_it_came() -> None:
    picture = drawn([one("all", "a", 60), one("all", "b", 40), one("a", "c", 10)])
    assert {bar.key[0]: bar.column for bar in picture.bars} == {"all": 0, "a": 1, "b": 1, "c": 2}
    assert {bar.key[0]: bar.cents for bar in picture.bars} == {"all": 100, "a": 60, "b": 40, "c": 10}


def test_money_that_goes_round_is_refused() -> None:
    with pytest.raises(ValueError, match="round"):
        drawn([one("a", "b", 1), one("b", "a", 1)])


def test_no_money_is_an_empty_picture() -> None:
    assert drawn([]).bars == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(4, 8), st.integers(1, 10**9)), min_size=1, max_size=30))
def test_bars_of_a_column_never_touch_and_stay_in_the_box(given_streams: list[tuple[int, int, int]]) -> None:
    picture = drawn([one(str(source), str(target), cents) for source, target, cents in given_streams], height=600)
    for column in {bar.column for bar in picture.bars}:
        bars = sorted((bar for bar in picture.bars if bar.column == column), key=lambda bar: bar.y)
        for above, below in pairwise(bars):
            assert below.y >= above.y + above.height + GAP - 0.2
    assert all(bar.y + bar.height <= picture.height + 0.2 for bar in picture.bars)
    assert len(picture.bands) == len(given_streams)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(4, 12), st.integers(1, 10**9)), min_size=1, max_size=12), st.integers(17, 80))
def test_words_beside_neighbouring_bars_never_touch_and_stay_in_the_box(
    given_streams: list[tuple[int, int]], room: int
) -> None:
    keys = {(str(target),) for target, _ in given_streams}
    picture = drawn(
        [one("all", str(target), cents) for target, cents in given_streams], labels=dict.fromkeys(keys, room)
    )
    bars = sorted((bar for bar in picture.bars if bar.column == 1), key=lambda bar: bar.y)
    middles = [bar.y + bar.height / 2 for bar in bars]
    assert all(below - above >= room for above, below in pairwise(middles))
    assert middles[0] - room / 2 >= -0.2
    assert middles[-1] + room / 2 <= picture.height + 0.2
