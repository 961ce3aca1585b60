"""How scarce money is shared out: by receipt, by day and draw, by draw, by score, or the same part for all."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules import (
    REASONS,
    Decider,
    decide_all,
    draw,
    in_order,
    read_scheme,
    scheme,
    share_out,
)
from dichterbij.domains.schemes.rules.distribution import shared
from dichterbij.domains.schemes.rules.moments import AMSTERDAM, micros
from dichterbij.shared.errors import InputError
from domains.schemes.rules.made import KIND, WINDOW, asked, cap, fixed, made, values, window

KEYS = [f"receipt {place}" for place in range(100)]


def test_a_draw_can_be_done_again_by_anybody_with_sha256() -> None:
    tickets = {key: hashlib.sha256(f"17 October:{key}".encode()).hexdigest() for key in KEYS}
    drawn = [KEYS[place] for place in draw("17 October", KEYS)]
    assert drawn == sorted(KEYS, key=lambda key: tickets[key])
    assert drawn != [KEYS[place] for place in draw("18 October", KEYS)]
    assert draw("any", []).tolist() == []


@given(st.text(min_size=1), st.lists(st.text(), unique=True, max_size=30), st.randoms(use_true_random=False))
def test_a_draw_does_not_depend_on_the_order_in_which_the_keys_came(seed: str, keys: list[str], random: Any) -> None:
    other = keys.copy()
    random.shuffle(other)
    assert [keys[place] for place in draw(seed, keys)] == [other[place] for place in draw(seed, other)]


def _at(*moments: datetime) -> dict[str, Any]:
    return asked(len(moments), complete_at=[micros(moment) for moment in moments])


def test_by_receipt_the_earliest_goes_first_and_of_one_moment_the_first_given() -> None:
    noon = datetime(2021, 6, 1, 12, tzinfo=UTC)
    columns = _at(noon, noon - timedelta(microseconds=1), noon, noon + timedelta(microseconds=1))
    assert in_order(made(), columns).tolist() == [1, 0, 2, 3]
    assert in_order(made(distribution={"method": "two_windows"}), columns).tolist() == [1, 0, 2, 3]


def test_by_day_and_draw_a_day_is_a_dutch_day_and_within_it_lots_decide() -> None:
    read = made(distribution={"method": "day_lottery"})
    first = datetime(2021, 10, 30, 23, 59, 59, tzinfo=AMSTERDAM)
    clock_goes_back = datetime(2021, 10, 31, 12, tzinfo=AMSTERDAM)
    moments = [first, *(clock_goes_back + timedelta(hours=hour) for hour in range(-12, 12)), first]
    moments.append(datetime(2021, 11, 1, tzinfo=AMSTERDAM))
    keys = KEYS[: len(moments)]
    order = in_order(read, _at(*moments), seed="s", keys=keys).tolist()
    assert order[-1] == len(moments) - 1
    rank = {place: number for number, place in enumerate(draw("s", keys).tolist())}
    assert order[:2] == sorted([0, 25], key=lambda place: rank[place])
    assert order[2:-1] == sorted(range(1, 25), key=lambda place: rank[place])
    assert in_order(read, _at(), seed="s").tolist() == []


def test_by_draw_only_lots_decide() -> None:
    read = made(distribution={"method": "lottery"})
    assert in_order(read, asked(100), seed="s", keys=KEYS).tolist() == draw("s", KEYS).tolist()


def test_by_score_the_highest_goes_first_and_ties_are_drawn_or_by_receipt() -> None:
    columns = asked(5, score=[3, 9, 3, 9, 1])
    by_receipt = made(distribution={"method": "tender", "ties": "receipt"})
    assert in_order(by_receipt, columns).tolist() == [1, 3, 0, 2, 4]
    order = in_order(made(distribution={"method": "tender"}), columns, seed="s", keys=KEYS[:5]).tolist()
    rank = {place: number for number, place in enumerate(draw("s", KEYS[:5]).tolist())}
    assert order == sorted([1, 3], key=lambda place: rank[place]) + sorted([0, 2], key=lambda place: rank[place]) + [4]


@pytest.mark.parametrize("method", ["day_lottery", "lottery", "tender"])
@pytest.mark.parametrize(("seed", "keys"), [(None, KEYS[:2]), ("", KEYS[:2]), ("s", KEYS[:1]), ("s", ["a", "a"])])
def test_a_draw_needs_a_published_seed_and_one_key_for_each(method: str, seed: str | None, keys: list[str]) -> None:
    with pytest.raises(InputError, match=r"publish the seed|one key for each"):
        in_order(made(distribution={"method": method}), asked(2), seed=seed, keys=keys)


def test_all_are_decided_in_the_scheme_s_order_and_the_rows_stay_as_given() -> None:
    read = fixed(distribution={"method": "lottery"})
    decided = decide_all(read, 30_000, asked(100), seed="s", keys=KEYS)
    winners = sorted(draw("s", KEYS)[:3].tolist())
    assert np.flatnonzero(decided.cents).tolist() == winners
    assert {REASONS[int(code)] for code in np.delete(decided.reason, winners)} == {"ceiling_reached"}


def test_a_lowest_score_refuses_and_the_best_plans_win() -> None:
    read = fixed(distribution={"method": "tender", "ties": "receipt", "lowest_score": 5})
    decided = decide_all(read, 20_000, asked(5, score=[4, 5, 8, 5, 9]))
    assert [REASONS[int(code)] for code in decided.reason] == [
        "score_too_low", "ceiling_reached", "granted", "ceiling_reached", "granted",
    ]  # fmt: skip


def test_pro_rata_everybody_gets_the_same_part_and_the_sum_is_never_more() -> None:
    read = made(distribution={"method": "pro_rata"})
    decided = decide_all(read, 100, asked(3, cost_cents=[100, 100, 0]))
    assert decided.cents.tolist() == [50, 50, 0]
    assert [REASONS[int(code)] for code in decided.reason] == ["less_pro_rata", "less_pro_rata", "nothing_to_pay"]
    decided = decide_all(read, 100, asked(3, cost_cents=[100, 100, 100]))
    assert decided.cents.tolist() == [34, 33, 33]
    assert decide_all(read, 200, asked(2, cost_cents=[100, 100])).reason.tolist() == [1, 1]
    nothing = decide_all(read, 1, asked(2, cost_cents=[100, 100]))
    assert [REASONS[int(code)] for code in nothing.reason] == ["less_pro_rata", "ceiling_reached"]
    assert share_out(read, None, asked(1, cost_cents=[600_000_001])).cents.tolist() == [600_000_000], "its own ceiling"


def test_pro_rata_each_category_has_its_own_part() -> None:
    other = {**KIND, "code": "b"}
    read = made(categories=[KIND, other], ceiling={"categories": {"a": 1, "b": 3}}, distribution={"method": "pro_rata"})
    columns = asked(4, category=[0, 0, 1, 1], cost_cents=[100, 100, 100, 100])
    decided = decide_all(read, None, columns)
    assert decided.cents.tolist() == [50, 50, 100, 100]
    assert [REASONS[int(code)] for code in decided.reason] == ["less_pro_rata"] * 2 + ["granted"] * 2


def test_pro_rata_caps_come_first_and_large_sums_are_exact() -> None:
    read = made(distribution={"method": "pro_rata"}, caps=[cap("person", "cents", 1, reduces=True)])
    decided = decide_all(read, 150, asked(3, cost_cents=[90, 90, 90], person=[1, 1, 2]))
    assert decided.cents.tolist() == [71, 8, 71]
    huge = made(distribution={"method": "pro_rata"})
    decided = decide_all(huge, 10**12, asked(3, cost_cents=[10**12, 10**12, 10**12]))
    assert decided.cents.tolist() == [333_333_333_334, 333_333_333_333, 333_333_333_333]
    without = made(distribution={"method": "pro_rata"}, ceiling={"together": None})
    assert decide_all(without, None, asked(1, cost_cents=[5])).cents.tolist() == [5]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=40), st.integers(1, 10**10))
def test_pro_rata_gives_the_whole_ceiling_and_everybody_their_part_to_the_cent(costs: list[int], ceiling: int) -> None:
    read = made(distribution={"method": "pro_rata"})
    decided = decide_all(read, ceiling, asked(len(costs), cost_cents=costs)).cents.tolist()
    assert sum(decided) == min(ceiling, sum(costs))
    for got, cost in zip(decided, costs, strict=True):
        assert got <= cost
        assert abs(got * sum(costs) - cost * min(ceiling, sum(costs))) < sum(costs), "less than a cent more or less"
    if sum(costs) <= ceiling:
        assert decided == costs


def test_pro_rata_the_cents_that_are_left_go_to_who_lost_most_by_rounding_and_then_to_who_was_first() -> None:
    read = made(distribution={"method": "pro_rata"})
    # parts of 2.86, 2.86, 2.86 and 1.43 cents: rounded down three cents are left, for those who lost 0.86
    assert decide_all(read, 10, asked(4, cost_cents=[100, 100, 100, 50])).cents.tolist() == [3, 3, 3, 1]
    assert decide_all(read, 5, asked(3, cost_cents=[30, 31, 31])).cents.tolist() == [1, 2, 2]
    later_first = asked(3, cost_cents=[100, 100, 100])
    later_first["complete_at"] = later_first["complete_at"][::-1].copy()
    assert decide_all(read, 100, later_first).cents.tolist() == [33, 33, 34]


def test_pro_rata_each_window_has_its_own_part_and_all_together_keep_to_the_ceiling() -> None:
    periods = [window("one", "2021-01-01 00:00:00", "2021-06-30 23:59:59", ceiling="1.00"),
               window("two", "2021-07-01 00:00:00", "2021-12-31 23:59:59", ceiling="3.00")]  # fmt: skip
    read = made(distribution={"method": "pro_rata"}, periods=periods)
    july = micros(datetime(2021, 7, 1, tzinfo=AMSTERDAM))
    columns = asked(4, cost_cents=[200, 200, 200, 50], complete_at=[july - 2, july - 1, july, july + 1])
    assert decide_all(read, None, columns).cents.tolist() == [50, 50, 200, 50]
    assert decide_all(read, 70, columns).cents.tolist() == [10, 10, 40, 10]


def test_pro_rata_what_was_granted_before_is_not_shared_again() -> None:
    read = made(distribution={"method": "pro_rata"}, caps=[cap("person", "times", 1)])
    before = Decider(read, 100)
    before.decide(asked(1, cost_cents=[40], person=[1]))
    told = shared(read, 100, asked(3, cost_cents=[60, 60, 60], person=[1, 2, 3]), before.state)
    assert (told.decisions.cents.tolist(), told.asked.tolist()) == ([0, 30, 30], [0, 60, 60])
    assert REASONS[int(told.decisions.reason[0])] == "person_full"


def test_pro_rata_what_a_window_gave_before_counts_in_that_window() -> None:
    read = made(distribution={"method": "pro_rata"}, periods=[{**WINDOW, "ceiling": 1}])
    before = Decider(read, None)
    before.decide(asked(1, cost_cents=[40]))
    assert shared(read, None, asked(2, cost_cents=[60, 60]), before.state).decisions.cents.tolist() == [30, 30]


def test_pro_rata_whoever_was_refused_keeps_that_reason() -> None:
    read = read_scheme(values(distribution={"method": "pro_rata"}, published_on=date(2020, 12, 1), status=[
        {"status": "open", "from": date(2021, 6, 1), "source": "letter"},
    ]))  # fmt: skip
    opens = micros(datetime(2021, 6, 1, tzinfo=AMSTERDAM))
    decided = decide_all(read, 100, asked(3, complete_at=[opens - 1, opens, opens + 1], cost_cents=[100, 100, 100]))
    assert [REASONS[int(code)] for code in decided.reason] == ["scheme_closed", "less_pro_rata", "less_pro_rata"]


def test_two_orders_give_the_same_number_of_grants_to_others() -> None:
    file = values(amount={"formula": "fixed", "euros": 100})
    by_receipt = read_scheme(file).as_exercise()
    by_draw = read_scheme({**file, "distribution": {**file["distribution"], "method": "lottery"}}).as_exercise()
    one = decide_all(by_receipt, 100_000, asked(100))
    two = decide_all(by_draw, 100_000, asked(100), seed="s", keys=KEYS)
    assert one.cents.sum() == two.cents.sum() == 100_000
    assert one.cents.tolist() != two.cents.tolist()


def test_a_decider_of_a_whole_scheme_and_all_at_once_agree() -> None:
    read = scheme("regional_vouchers", date(2022, 9, 1)).as_exercise()
    start = micros(datetime(2022, 9, 1, tzinfo=AMSTERDAM))
    columns = asked(400, complete_at=start + np.arange(400), met=np.ones(400, np.int64), employer=np.arange(400) // 4)
    one, two = decide_all(read, read.ceiling.cents, columns), Decider(read, read.ceiling.cents).decide(columns)
    assert one.cents.tolist() == two.cents.tolist()
