"""A turn of the timer: it looks at what is new, leaves the rest alone, and goes on while there is work."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.case_models import Case, Stuck
from dichterbij.domains.schemes.queries import officers
from dichterbij.domains.schemes.rounds import Opened, opened_as
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from support.cases import ANNA, Way
from support.people import as_owner
from support.schemes import GRANT, apply, decided, opened

pytestmark = pytest.mark.usefixtures("site")


# What tests before these left is as if officers had seen it all.
_SEEN = """
    INSERT INTO schemes_brought (round_id, received_at, place)
    SELECT r.id, clock_timestamp(), p.places FROM schemes_round r JOIN schemes_position p ON p.round_id = r.id
    ON CONFLICT (round_id) DO UPDATE SET received_at = excluded.received_at, place = excluded.place;
    UPDATE schemes_case SET to_look = false WHERE to_look;
    DELETE FROM schemes_stuck
"""


@pytest.fixture(scope="module")
def here(site: None) -> Opened:
    with own_work(), as_owner(), connection.cursor() as owner:
        owner.execute(_SEEN)
    return opened(ceiling=20 * GRANT)


@contextmanager
def refused(*numbers: str, table: str = "case") -> Iterator[None]:
    """While this holds, these applications cannot become a case, or no event can be added to theirs."""
    check = "number <> ALL (%s)" if table == "case" else "step <> 'proposed' OR case_id::text <> ALL (%s)"
    with as_owner(), connection.cursor() as owner:
        owner.execute(f"ALTER TABLE schemes_{table} ADD CONSTRAINT odd CHECK ({check}) NOT VALID", [[*numbers]])
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as owner:
            owner.execute(f"ALTER TABLE schemes_{table} DROP CONSTRAINT odd")


def way_of(here: Opened, number: str) -> Way:
    with own_work():
        return Way(here, number, Case.objects.get(receipt=id_of(number)).pk)


@pytest.mark.long
def test_one_turn_goes_on_while_there_is_work_and_the_next_one_finds_nothing(here: Opened) -> None:
    numbers = [apply(here, f"Bakkerij {n}").number for n in range(5)]
    done = actions.work(actor="tests", now=timezone.now(), most=2)
    assert set(numbers) <= set(done.taken_in.numbers)
    assert done.taken_in.proposals >= len(numbers)
    assert all(way_of(here, number).view.row.proposal for number in numbers)
    with CaptureQueriesContext(connection) as asked:
        again = actions.take_in(actor="tests", now=timezone.now())
    assert (again.numbers, again.proposals) == ((), 0)
    assert not [one for one in asked if "schemes_decision" in one["sql"]]


def test_a_turn_ends_when_its_time_is_over(here: Opened) -> None:
    numbers = [apply(here, f"Smederij {n}").number for n in range(3)]
    done = actions.work(actor="tests", now=timezone.now(), most=1, seconds=0)
    assert done.taken_in.numbers == (numbers[0],)
    assert actions.work(actor="tests", now=timezone.now()).taken_in.numbers == tuple(numbers[1:])


def test_what_was_decided_before_the_case_was_there_comes_on_it(here: Opened) -> None:
    number = apply(here, "Kwekerij").number
    decided(here)
    cases.adopt_decisions(round_id=here.id, now=timezone.now())
    actions.take_in(actor=ANNA, now=timezone.now())
    assert way_of(here, number).view.row.proposed_cents == GRANT


def test_what_was_decided_while_it_was_incomplete_comes_on_it_afterwards(here: Opened) -> None:
    number = apply(here, "Drukkerij").number
    actions.take_in(actor=ANNA, now=timezone.now())
    way = way_of(here, number)
    way.take(Step.COMPLETION_ASKED, reason="Het contract mist.")
    decided(here)
    assert not actions.work(actor="tests", now=timezone.now()).taken_in.proposals
    assert way.view.row.proposal is None
    way.take(Step.COMPLETED)
    assert actions.work(actor="tests", now=timezone.now()).taken_in.proposals == 1
    assert way.view.row.proposed_cents == GRANT


def test_those_that_are_stuck_go_last_and_are_counted(here: Opened) -> None:
    actions.take_in(actor=ANNA, now=timezone.now())
    stuck = [apply(here, f"Vast {n}").number for n in range(2)]
    with refused(*stuck):
        assert actions.take_in(actor=ANNA, now=timezone.now(), most=2).stuck == tuple(stuck)
        after = apply(here, "Na hen").number
        assert officers.new_applications() == 3
        assert str(officers.new_applications(most=2).text) == "2+"
        assert actions.take_in(actor=ANNA, now=timezone.now(), most=1).numbers == (after,)
    assert set(actions.take_in(actor=ANNA, now=timezone.now()).numbers) == set(stuck)
    assert officers.new_applications() == 0
    assert not set(stuck) & set(officers.stuck())


def test_only_who_was_stuck_is_loosened(here: Opened) -> None:
    number = apply(here, "Brouwerij").number
    with CaptureQueriesContext(connection) as asked:
        assert actions.take_in(actor=ANNA, now=timezone.now()).numbers == (number,)
    assert not [one for one in asked if one["sql"].startswith('DELETE FROM "schemes_stuck"')]


def test_a_case_that_gets_no_proposal_keeps_no_other_one_waiting_and_is_counted(here: Opened) -> None:
    actions.work(actor="tests", now=timezone.now())
    bad, after = apply(here, "Vast").number, apply(here, "Na hen").number
    actions.take_in(actor=ANNA, now=timezone.now())
    way = way_of(here, bad)
    with refused(str(way.id), table="caseevent"):
        done = actions.work(actor="tests", now=timezone.now())
        assert (done.taken_in.proposals, done.taken_in.stuck) == (1, (bad,))
        assert way_of(here, after).view.row.proposed_cents == GRANT
        assert bad in officers.stuck()
        assert officers.new_applications() == 0
        assert actions.work(actor="tests", now=timezone.now()).taken_in.stuck == (bad,)
    assert actions.work(actor="tests", now=timezone.now()).taken_in.proposals == 1
    assert way.view.row.proposed_cents == GRANT
    assert bad not in officers.stuck()


def test_every_round_that_a_list_of_officers_names_stays_read() -> None:
    assert (opened_as.cache_parameters()["maxsize"] or 0) >= 2 * officers.MOST_ROUNDS


def test_the_site_sees_who_is_stuck_in_the_work_of_schemes_only(here: Opened) -> None:
    number = apply(here, "Vast").number
    seen = "SELECT 1 FROM schemes_stuck WHERE receipt_id = %s"
    with own_work():
        Stuck.objects.create(receipt_id=id_of(number) or 0, tried_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(seen, [id_of(number)])
        assert cursor.rowcount == 0
        with transaction.atomic():
            with as_owner(), connection.cursor() as owner:
                owner.execute("ALTER TABLE schemes_stuck DISABLE ROW LEVEL SECURITY")
            cursor.execute(seen, [id_of(number)])
            assert cursor.rowcount == 1
            transaction.set_rollback(True)
