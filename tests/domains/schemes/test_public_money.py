"""What everybody sees of a round's money never moves by fewer than five amounts."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.schemes.queries.public_money import in_steps

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BATCHES = st.lists(st.tuples(st.integers(1, 12), st.integers(-9, 9)), max_size=40)


@given(BATCHES)
def test_between_two_moments_at_least_five_amounts_changed(given_batches: list[tuple[int, int]]) -> None:
    batches = [(NOON + timedelta(hours=hour), count, cents) for hour, (count, cents) in enumerate(given_batches)]
    steps = list(in_steps(batches))
    moments = [NOON - timedelta(hours=1), *(one.at for one in steps)]
    for before, at in pairwise(moments):
        assert sum(count for moment, count, _ in batches if before < moment <= at) >= 5
    for one in steps:
        assert one.granted_cents == sum(cents for moment, _, cents in batches if moment <= one.at)
    left = sum(count for moment, count, _ in batches if moment > moments[-1])
    assert left < 5
