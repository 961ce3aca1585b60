"""The alternatives on paper: exact, and honest about what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.data import reference_table
from dichterbij.domains.budget.rules import what_if
from dichterbij.shared.errors import InputError

PAPER = what_if.read_paper(on=date(2022, 6, 1))


def test_two_windows_of_eight_and_a_half_million_hold_5666_grants_each() -> None:
    apart = what_if.windows(PAPER.ceiling_cents, PAPER.amount_cents, PAPER.parts, carry=False)
    assert [(one.ceiling_cents, one.grants, one.left_cents) for one in apart] == [(850_000_000, 5_666, 100_000)] * 2
    together = what_if.windows(PAPER.ceiling_cents, PAPER.amount_cents, PAPER.parts, carry=True)
    assert [one.grants for one in together] == [5_666, 5_667]
    assert together[-1].left_cents == 50_000


def test_a_specific_grant_asks_fields_that_a_block_grant_does_not() -> None:
    activities = [4] * 35
    assert what_if.burden(PAPER.block_grant, activities) == what_if.Burden(0, 0, 0)
    asked = what_if.burden(PAPER.spuk, activities)
    assert (asked.fields, asked.typed, asked.minutes) == (35 * (4 + 4 * 8), 35 * (3 + 4 * 3), 35 * 36 * 10)


def test_a_report_is_never_asked_and_keeps_unknown_what_the_ledger_does_not_know() -> None:
    assert not PAPER.spuk.is_asked
    cells = what_if.spuk_report(PAPER.spuk, {"job fair": {"activity": "job fair", "paid_cents": 500}})
    told = {(cell.about, cell.field): cell.value for cell in cells}
    assert told["job fair", "paid_cents"] == 500
    assert told["job fair", "people_reached"] is None
    assert told["job fair", "committed_cents"] is None
    assert len(cells) == what_if.burden(PAPER.spuk, [1]).fields


def test_half_a_million_over_all_municipalities_is_a_little_each() -> None:
    rows = reference_table("regions", "municipalities.csv")
    weights = dict(zip(rows["gm_code"].to_pylist(), rows["inhabitants"].to_pylist(), strict=True))
    parts = what_if.per_municipality(1_750_000_000, weights)
    assert len(parts) == 342
    assert sum(parts.values()) == 1_750_000_000
    assert sorted(parts.values())[171] < 5_000_000


def test_a_region_chooses_its_own_voucher() -> None:
    found = what_if.vouchers({"AM01": 50_000_000, "AM02": 50_000_000}, {"AM01": 150_000, "AM02": 70_000})
    assert [(one.grants, one.left_cents) for one in found.values()] == [(333, 50_000), (714, 20_000)]


WEIGHTS = st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(0, 10**9), min_size=1, max_size=40)


@given(st.integers(1, 10**13), WEIGHTS.filter(lambda weights: sum(weights.values()) > 0))
def test_dividing_loses_no_cent_and_nobody_is_more_than_a_cent_off(total: int, weights: dict[str, int]) -> None:
    parts = what_if.per_municipality(total, weights)
    assert sum(parts.values()) == total
    together = sum(weights.values())
    assert all(abs(parts[name] * together - total * weight) < together for name, weight in weights.items())


@pytest.mark.parametrize("wrong", [{}, {"a": 0}, {"a": 2, "b": -1}])
def test_weights_that_divide_nothing_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InputError, match="weight"):
        what_if.per_municipality(100, wrong)


@pytest.mark.parametrize("parts", [[], [50], [50, 60], [100, 0]])
def test_windows_must_be_the_whole_ceiling(parts: list[int]) -> None:
    with pytest.raises(InputError, match="together 100"):
        what_if.windows(100, 10, parts, carry=True)
