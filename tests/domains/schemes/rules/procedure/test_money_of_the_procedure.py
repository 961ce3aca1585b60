"""What is due when a decision is late, and what is asked of a small, a middle and a large grant."""

from datetime import date, timedelta

import pytest

from dichterbij.domains.schemes.rules import evidence_for
from dichterbij.domains.schemes.rules.procedure import Clock, Ground, grounds, penalty, read_clocks, regime_of, term
from dichterbij.domains.schemes.rules.scheme import Evidence
from dichterbij.shared.errors import InputError

CLOCKS = read_clocks(on=date(2026, 11, 22))
DECISION = term(Clock.DECISION, after=date(2026, 11, 2), clocks=CLOCKS).value  # until 28 December 2026
TOLD = date(2026, 12, 29)
FIRST = date(2027, 1, 13)


@pytest.mark.parametrize(
    ("on", "days", "cents"),
    [
        (FIRST - timedelta(days=1), 0, 0),
        (FIRST, 1, 2_300),
        (FIRST + timedelta(days=13), 14, 32_200),
        (FIRST + timedelta(days=14), 15, 35_700),
        (FIRST + timedelta(days=27), 28, 81_200),
        (FIRST + timedelta(days=28), 29, 85_700),
        (FIRST + timedelta(days=41), 42, 144_200),
        (FIRST + timedelta(days=400), 42, 144_200),
    ],
)
def test_two_weeks_after_the_notice_each_day_costs(on: date, days: int, cents: int) -> None:
    found = penalty(DECISION, told_default_on=TOLD, decided_on=None, on=on, clocks=CLOCKS).value
    assert (found.days, found.cents, found.first_day) == (days, cents, FIRST if days else None)


def test_the_day_of_the_decision_is_not_too_late_any_more() -> None:
    found = penalty(
        DECISION, told_default_on=TOLD, decided_on=FIRST + timedelta(days=2), on=date(2027, 6, 1), clocks=CLOCKS
    )
    assert found.value.days == 2


@pytest.mark.parametrize("told", [None, date(2026, 12, 28), date(2026, 11, 3)])
def test_nothing_is_due_without_a_notice_after_the_term(told: date | None) -> None:
    found = penalty(DECISION, told_default_on=told, decided_on=None, on=date(2027, 6, 1), clocks=CLOCKS)
    assert (found.value.cents, found.reasons[-1].rule) == (0, "penalty.no_notice_of_default")


@pytest.mark.parametrize(
    ("cents", "slug"),
    [
        (0, "small"), (150_000, "small"), (2_499_999, "small"), (2_500_000, "middle"), (12_499_999, "middle"),
        (12_500_000, "large"),
    ],
)  # fmt: skip
def test_the_larger_the_grant_the_more_is_asked(cents: int, slug: str) -> None:
    found = regime_of(cents, on=date(2026, 11, 22))
    assert found.value.slug == slug
    assert found.reasons[0].inputs["cents"] == cents
    assert found.value.is_settled_by_itself is (slug == "small")
    assert ("audit" in found.value.asked) is (slug == "large")
    proof = {"small": Evidence.ON_REQUEST, "middle": Evidence.ACTIVITY_REPORT, "large": Evidence.AUDIT}[slug]
    assert evidence_for(cents) is proof  # what judging an application says is the same


def test_a_negative_amount_has_no_regime() -> None:
    with pytest.raises(InputError):
        regime_of(-1, on=date(2026, 11, 22))


def test_other_grounds_hold_before_the_settlement_than_after_it() -> None:
    assert Ground.NOT_DONE in grounds(is_settled=False)
    assert not set(grounds(is_settled=False)) & set(grounds(is_settled=True))
    assert set(grounds(is_settled=False)) | set(grounds(is_settled=True)) == set(Ground)
