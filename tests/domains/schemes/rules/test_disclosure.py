"""What of counts is told: never a number from 1 to 4, and none that can be worked out from the others."""

from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules.disclosure import FEWEST, shown, told

COUNTS = st.dictionaries(st.sampled_from(["granted", "less_ceiling", "person_full", "too_late", "no_job"]),
                         st.integers(1, 30))  # fmt: skip


def is_few(count: int) -> bool:
    return 0 < count < FEWEST


@given(COUNTS)
def test_no_number_below_five_is_told_or_is_the_difference_of_two(reasons: dict[str, int]) -> None:
    granted = reasons.get("granted", 0) + reasons.get("less_ceiling", 0)
    count = sum(reasons.values())
    found = told(reasons, granted=granted, cents=granted * 150_000)
    numbers = [*found.reasons.values(), found.count, found.granted, found.others]
    assert not [number for number in numbers if number is not None and is_few(number)]
    hidden = set(reasons) - set(found.reasons)
    if found.count is not None:
        rest = found.count - sum(found.reasons.values())
        assert not is_few(rest), "what is not named can be subtracted"
        assert rest == sum(reasons[name] for name in hidden)
        assert found.others == rest
    if found.granted is not None:
        assert not is_few(count - found.granted)


@given(COUNTS)
def test_money_is_told_only_where_who_got_it_and_who_did_not_are_not_too_few(reasons: dict[str, int]) -> None:
    granted, count = reasons.get("granted", 0), sum(reasons.values())
    cents = told(reasons, granted=granted, cents=granted * 150_000).cents
    assert (cents is None) == (is_few(granted) or is_few(count - granted))


def test_few_of_one_kind_are_told_together_with_others() -> None:
    found = told({"granted": 40, "person_full": 6, "too_late": 2}, granted=40, cents=6_000_000)
    assert (dict(found.reasons), found.others, found.count, found.cents) == ({"granted": 40}, 8, 48, 6_000_000)


def test_nobody_is_nobody() -> None:
    assert (shown(0), shown(1), shown(4), shown(5)) == (0, None, None, 5)
    found = told({}, granted=0, cents=0)
    assert (found.count, found.granted, found.others) == (0, 0, 0)
