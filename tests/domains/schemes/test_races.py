"""The races that the barrier is for do occur when a part of it is taken away, and only then."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.models import Receipt
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from support.schemes import apply, changed, decided, opened

pytestmark = pytest.mark.usefixtures("site")

SHARED = "PERFORM pg_advisory_xact_lock_shared(20260611, of_round::int);"
ALONE = "PERFORM pg_advisory_xact_lock(20260611, NEW.round_id::int);"
CLOCK, BACK = "greatest(clock_timestamp(), barrier", "greatest(clock_timestamp() - interval '1 hour', barrier"
LATER = "greatest(clock_timestamp() - interval '1 hour', barrier + interval '1 microsecond')"


def passed_over(here: Opened) -> bool:
    """Whether an application that was first is left out for ever, because the decider went by before it was there."""
    has_moment, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                apply(here, "first")
                has_moment.set()
                assert go_on.wait(20)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(slowly)
        assert has_moment.wait(20)
        threading.Timer(0.3, go_on.set).start()
        with own_work():
            apply(here, "second")
        decided(here)
        busy.result(timeout=20)
    decided(here)
    found = queries.replay(scheme=here.scheme.slug).differences
    return queries.rounds(scheme=here.scheme.slug)[0].decided < 2 and any("passed over" in one.what for one in found)


def test_nobody_is_passed_over_while_both_locks_are_there() -> None:
    assert not passed_over(opened())


@pytest.mark.parametrize(("function", "lock"), [("schemes_moment", SHARED), ("schemes_position_moves", ALONE)])
def test_without_one_of_the_locks_the_first_is_passed_over_and_a_replay_says_so(function: str, lock: str) -> None:
    with changed(function, (lock, "")):
        assert passed_over(opened())


def moment_after_barrier(here: Opened) -> bool:
    barrier = actions.raise_barrier(opened=here)
    number = apply(here, "bakery").number
    with own_work():
        return Receipt.objects.get(pk=id_of(number) or 0).received_at > barrier


def test_a_clock_that_goes_back_an_hour_puts_nobody_before_the_barrier_but_without_the_guard_it_does() -> None:
    with changed("schemes_moment", (CLOCK, BACK)):
        assert moment_after_barrier(opened())
    with changed("schemes_moment", (CLOCK, BACK), (LATER, "clock_timestamp() - interval '1 hour'")):
        assert not moment_after_barrier(opened())
