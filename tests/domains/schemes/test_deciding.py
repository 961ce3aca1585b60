"""One decider decides everything up to a barrier, in the order of complete applications, exactly to the ceiling."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions import deciding, opening
from dichterbij.domains.schemes.errors import BusyError, FencedError, NoRoundError
from dichterbij.domains.schemes.models import Decision
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.seeing import own_work
from support.schemes import GRANT, apply, decided, kvk, opened

pytestmark = pytest.mark.usefixtures("site")


def reasons(here: Opened) -> dict[str, int]:
    return dict(queries.rounds(scheme=here.scheme.slug)[0].reasons)


def test_the_ceiling_is_granted_to_the_last_whole_unit_and_the_rest_stays() -> None:
    here = opened(ceiling=3 * GRANT + 50_000)
    numbers = [apply(here, f"employer {turn}").number for turn in range(5)]
    assert decided(here) == actions.Decided(decisions=5, grants=3, cents=3 * GRANT, batches=1)
    row = queries.rounds(scheme=here.scheme.slug)[0]
    assert (row.granted_cents, row.left_cents) == (3 * GRANT, 50_000)
    assert reasons(here) == {"granted": 3, "ceiling_reached": 2}
    assert [queries.status(number=number).decisions[-1].cents for number in numbers] == [GRANT] * 3 + [0] * 2
    assert (ledger.balance(here.reserved), ledger.balance(here.committed)) == (50_000, 3 * GRANT)


def test_a_sixth_placement_of_one_employer_and_a_second_of_one_person_get_nothing() -> None:
    here = opened()
    for turn in range(6):
        apply(here, "bakery", f"person of {turn}")
    apply(here, "butcher", "person of 0")
    decided(here)
    assert reasons(here) == {"granted": 5, "employer_full": 1, "person_full": 1}


def test_a_parent_that_names_no_group_counts_with_those_that_name_it() -> None:
    here = opened()
    for turn in range(4):
        apply(here, "parent", f"person {turn} of {here.id}")
        apply(here, f"daughter {turn % 2}", group=kvk("parent"))
    decided(here)
    assert reasons(here) == {"granted": 5, "group_full": 3}


def test_batches_of_any_size_give_the_same_decisions() -> None:
    found = []
    for most in (1, 3, 1000):
        here = opened(ceiling=7 * GRANT)
        for turn in range(20):
            apply(here, f"employer {turn % 3}", f"person {turn} of {here.id}")
        decided(here, most)
        with own_work():
            rows = Decision.objects.filter(round_id=here.id).order_by("place")
            found.append(list(rows.values_list("place", "cents", "reason", "left_cents", "waits")))
    assert found[0] == found[1] == found[2]


def test_deciding_again_decides_nothing_twice_and_goes_on_where_it_was() -> None:
    here = opened()
    apply(here, "bakery")
    assert (decided(here).decisions, decided(here).decisions) == (1, 0)
    apply(here, "butcher")
    assert decided(here).decisions == 1


def test_a_decision_says_what_was_asked_and_what_was_left_when_it_was_its_turn() -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = [apply(here, f"employer {turn}").number for turn in range(3)]
    decided(here)
    told = [queries.status(number=number).decisions[0] for number in numbers]
    assert [(one.place, one.asked_cents, one.left_cents) for one in told] == [
        (1, GRANT, 2 * GRANT), (2, GRANT, GRANT), (3, GRANT, 0),
    ]  # fmt: skip


def test_every_batch_is_told_in_the_journal_with_its_digest() -> None:
    here = opened()
    apply(here, "bakery")
    decided(here)
    event = latest_events(action="schemes.decided")[0]
    replayed = queries.replay(scheme=here.scheme.slug)
    assert (event.data["scheme"], event.data["grants"], event.data["cents"]) == (here.scheme.slug, 1, GRANT)
    assert event.data["digest"] == replayed.digest


def test_a_round_that_was_made_and_is_not_open_yet_stands_in_nobodys_way() -> None:
    here = opened()
    apply(here, "bakery")
    opened(slug=here.scheme.slug, begins=4000, ends=8000)
    assert decided(here).grants == 1
    assert queries.replay(scheme=here.scheme.slug).decisions == 1


def test_an_earlier_round_is_decided_and_replayed_while_a_later_one_is_open() -> None:
    first = opened(ceiling=GRANT, begins=-7200, ends=-3600)
    slug = first.scheme.slug
    too_late = [apply(first, f"employer {turn}").number for turn in range(2)]
    second = opened(slug=slug, begins=-3500)
    late = apply(second, "late").number
    assert decided(second) == actions.Decided(decisions=3, grants=1, cents=GRANT, moved_up=0, batches=2)
    now, number = timezone.now(), too_late[0]
    actions.grant_on_objection(number=number, cents=100, reason="x", actor="one", approved_by="two", now=now)
    actions.withdraw(number=number, reason="stops", actor="one", now=now)
    assert decided(second).batches == 1  # what came free in the first round is looked at
    assert [queries.replay(scheme=slug, at=at).decisions for at in (first.opens_at, None)] == [4, 1]
    assert queries.status(number=late).decisions[-1].cents == GRANT
    with pytest.raises(NoRoundError, match="had no round at"):
        actions.decide(scheme=slug, actor="tests", now=timezone.now(), at=first.opens_at - timedelta(seconds=1))


def test_a_scheme_that_never_opened_decides_nothing() -> None:
    with pytest.raises(NoRoundError):
        actions.decide(scheme="no_such", actor="tests", now=timezone.now())


@contextmanager
def receiving(here: Opened) -> Iterator[threading.Event]:
    """Somebody's application that has its moment, and is not committed until the event is set."""
    has_moment, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                apply(here, "slow")
                has_moment.set()
                assert go_on.wait(20)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(slowly)
        assert has_moment.wait(20)
        try:
            yield go_on
        finally:
            go_on.set()
        busy.result(timeout=20)


def test_the_decider_waits_for_an_application_that_is_being_received_and_decides_it_in_its_turn() -> None:
    here = opened(ceiling=GRANT)
    with receiving(here) as go_on, ThreadPoolExecutor(1) as pool:

        def run() -> Any:
            try:
                return decided(here)
            finally:
                connections["default"].close()

        busy = pool.submit(run)
        with pytest.raises(TimeoutError):
            busy.result(timeout=0.3)
        go_on.set()
        assert busy.result(timeout=20).grants == 1
    apply(here, "quick")
    decided(here)
    with own_work():
        assert list(Decision.objects.filter(round_id=here.id).order_by("place").values_list("cents", flat=True)) == [
            GRANT, 0,
        ]  # fmt: skip


def test_an_application_that_never_gets_ready_stops_the_decider_with_a_clear_answer(monkeypatch: Any) -> None:
    here = opened()
    monkeypatch.setattr(opening, "BARRIER_TIMEOUT", "50ms")
    with receiving(here), pytest.raises(BusyError):
        decided(here)
    assert decided(here).decisions == 1


def test_a_receipt_after_the_barrier_comes_later_even_when_the_clock_was_set_back() -> None:
    here = opened()
    barrier = actions.raise_barrier(opened=here)
    assert apply(here, "bakery").received_at > barrier
    assert actions.raise_barrier(opened=here) > barrier


def test_two_deciders_at_once_decide_everything_once() -> None:
    here = opened(ceiling=40 * GRANT)
    for turn in range(60):
        apply(here, f"employer {turn}")

    def run(_turn: int) -> int:
        try:
            return decided(here, most=7).decisions
        except BusyError:
            return 0
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 60
    assert reasons(here) == {"granted": 40, "ceiling_reached": 20}


def test_a_decider_that_was_taken_over_writes_nothing(monkeypatch: Any) -> None:
    here = opened()
    for turn in range(4):
        apply(here, f"employer {turn}")
    judged = deciding.judged

    def asleep(*values: Any) -> Any:
        opening.take_fence(here)  # while it slept another one began
        return judged(*values)

    monkeypatch.setattr(deciding, "judged", asleep)
    with pytest.raises(FencedError):
        decided(here)
    monkeypatch.undo()
    assert reasons(here) == {}
    assert decided(here).decisions == 4


def test_an_officers_decision_between_two_batches_is_seen_by_the_next_one(monkeypatch: Any) -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = [apply(here, f"employer {turn}").number for turn in range(6)]
    judged, done = deciding.judged, []

    def meanwhile(*values: Any) -> Any:
        if not done and values[-1]:  # the second batch
            done.append(actions.withdraw(number=numbers[0], reason="stops", actor="officer", now=timezone.now()))
        return judged(*values)

    monkeypatch.setattr(deciding, "judged", meanwhile)
    decided(here, most=2)
    assert [queries.status(number=number).decisions[-1].cents for number in numbers] == [0, GRANT, GRANT, 0, 0, 0]
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_the_lock_of_the_decider_is_gone_when_its_connection_is() -> None:
    here = opened()
    with deciding.one_decider(here):
        connections["default"].close()
    with deciding.one_decider(here), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s",
                       [deciding.DECIDER, here.id])  # fmt: skip
        assert cursor.fetchone()[0] == 1
