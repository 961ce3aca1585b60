"""What everybody sees of a round's money never moves by fewer than five amounts, and each batch is read once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.schemes.queries.documents import public_rounds
from dichterbij.domains.schemes.queries.public_money import Read, in_steps, public_money
from dichterbij.domains.schemes.rounds import Opened
from support.schemes import GRANT, apply, decided, opened

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BATCHES = st.lists(st.tuples(st.integers(0, 12), st.integers(-9, 9)), max_size=40)


@given(BATCHES, st.integers(0, 40))
def test_between_two_moments_at_least_five_amounts_changed(given_batches: list[tuple[int, int]], cut: int) -> None:
    batches = [(NOON + timedelta(hours=hour), count, cents) for hour, (count, cents) in enumerate(given_batches)]
    numbered = [(number, b"%d" % number, *batch) for number, batch in enumerate(batches, 1)]
    read = in_steps(numbered, after=Read())
    assert in_steps(numbered[cut:], after=in_steps(numbered[:cut], after=Read())) == read
    steps = read.steps
    moments = [NOON - timedelta(hours=1), *(one.at for one in steps)]
    for before, at in pairwise(moments):
        assert sum(count for moment, count, _ in batches if before < moment <= at) >= 5
    for one in steps:
        assert one.granted_cents == sum(cents for moment, _, cents in batches if moment <= one.at)
    left = sum(count for moment, count, _ in batches if moment > moments[-1])
    assert left < 5


def granted(here: Opened) -> int:
    (round,) = public_rounds(scheme=here.scheme.slug)
    return public_money(round, now=timezone.now()).granted_cents


@pytest.mark.usefixtures("site")
def test_what_was_read_is_not_read_again_unless_it_is_there_no_more() -> None:
    here = opened(ceiling=20 * GRANT)
    for grants in (5, 10):
        for number in range(5):
            apply(here, f"Bakkerij {number}")
        decided(here)
        with CaptureQueriesContext(connection) as asked:
            assert granted(here) == grants * GRANT
        assert any(f"b.number > {grants // 5 - 1}" in one["sql"] for one in asked)
    with CaptureQueriesContext(connection) as asked:
        assert granted(here) == 10 * GRANT
    assert not [one for one in asked if "schemes_decision" in one["sql"]]
    with transaction.atomic():
        for _ in range(5):
            apply(here, "Smederij")
        decided(here)
        assert granted(here) == 15 * GRANT
        transaction.set_rollback(True)
    assert granted(here) == 10 * GRANT
