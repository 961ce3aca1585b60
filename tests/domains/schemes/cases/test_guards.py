"""What the database itself keeps: take a guard away, and what it stops is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.seeing import own_work
from support.cases import ANNA, BRAM, Way, begun, prepare
from support.people import as_owner
from support.schemes import GRANT, opened

pytestmark = pytest.mark.usefixtures("site")
EVENT = """
    INSERT INTO schemes_caseevent (case_id, number, step, "on", at, actor, cents, reopens, reason, ground, data,
                                   proposal_id, assessed_by, objection)
    VALUES (%s, %s, %s, current_date, now(), %s, %s, false, 'x', 'x', '{}', %s, %s, %s)
"""


@pytest.fixture(scope="module")
def way(site: None) -> Way:
    """One case with a proposal of Anna that waits, and one of everything."""
    here = opened(ceiling=3 * GRANT)
    way = begun(here).settled()
    way.paid_file()
    prepare_another(way)
    return way


def prepare_another(way: Way) -> None:
    other = begun(way.here, "Nog een")
    other.granted()
    other.decide(Step.SETTLED, GRANT)
    prepare(way.here, uuid4(), way.now)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run(statement: str, *values: Any) -> bool:
    """Whether the site can do this as the work of schemes."""
    try:
        with undone(), own_work(), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return bool(cursor.rowcount)
    except DatabaseError:
        return False


def without(guard: str, statement: str, *values: Any) -> bool:
    """The same with this guard taken away first, by the owner of the tables."""
    try:
        with undone():
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(guard)
            with own_work(), connection.cursor() as cursor:
                cursor.execute(statement, list(values))
                return bool(cursor.rowcount)
    except DatabaseError:
        return False


def proposal(way: Way, step: str = "settled") -> tuple[int, str]:
    """A fresh proposal of Anna on another case of the round: its row and its case."""
    other = begun(way.here, f"Voor een besluit {uuid4().hex[:4]}")
    number = other.propose(Step.REFUSED, reason="x")
    with own_work(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM schemes_caseevent WHERE case_id = %s AND number = %s", [other.id, number])
        return int(cursor.fetchone()[0]), str(other.id)


CHECK = "ALTER TABLE schemes_caseevent DROP CONSTRAINT case_decision_is_seen_by_two"
TRIGGER = "DROP TRIGGER schemes_caseevent_is_seen_by_two ON schemes_caseevent"


def test_two_people_see_a_decision_whoever_writes_it(way: Way) -> None:
    asked, case = proposal(way)
    right = (case, 90, "refused", str(BRAM), 0, asked, str(ANNA), None)
    alone = (case, 90, "refused", str(ANNA), 0, asked, str(ANNA), None)
    claimed = (case, 90, "refused", str(ANNA), 0, asked, "somebody else", None)  # a lie about who assessed it
    nobody = (case, 90, "refused", str(BRAM), 0, None, "", None)
    other_sum = (case, 90, "refused", str(BRAM), 1, asked, str(ANNA), None)
    assert run(EVENT, *right)
    assert [run(EVENT, *one) for one in (alone, claimed, nobody, other_sum)] == [False] * 4
    assert without(CHECK, EVENT, *nobody)
    assert [without(TRIGGER, EVENT, *one) for one in (claimed, other_sum)] == [True] * 2
    other_step = (case, 90, "not_considered", str(BRAM), 0, asked, str(ANNA), None)
    assert (run(EVENT, *other_step), without(TRIGGER, EVENT, *other_step)) == (False, True)
    assert without(f"{CHECK}; {TRIGGER}", EVENT, *alone)


@pytest.mark.parametrize(("step", "data"), [("sent_back", "{}"), ("proposed", '{"step": "refused"}')])
def test_a_proposal_that_was_sent_back_or_replaced_is_not_carried_out(way: Way, step: str, data: str) -> None:
    asked, case = proposal(way)
    both = """
        INSERT INTO schemes_caseevent (case_id, number, step, "on", at, actor, cents, reopens, reason, ground, data,
                                       assessed_by)
        VALUES (%s, 89, %s, current_date, now(), %s, 0, false, 'x', '', %s, '');
    """
    given = (case, step, str(BRAM), data, case, 90, "refused", str(BRAM), 0, asked, str(ANNA), None)
    assert not run(both + EVENT, *given)
    assert without(TRIGGER, both + EVENT, *given)


def test_a_proposal_that_names_no_decision_is_not_carried_out(way: Way) -> None:
    _, case = proposal(way)
    both = """
        INSERT INTO schemes_caseevent (case_id, number, step, "on", at, actor, cents, reopens, reason, ground, data,
                                       assessed_by)
        VALUES (%s, 89, 'proposed', current_date, now(), %s, 0, false, 'x', '', '{}', '');
        INSERT INTO schemes_caseevent (case_id, number, step, "on", at, actor, cents, reopens, reason, ground, data,
                                       proposal_id, assessed_by)
        SELECT case_id, 90, 'refused', current_date, now(), %s, 0, false, 'x', 'x', '{}', id, actor
        FROM schemes_caseevent WHERE case_id = %s AND number = 89
    """
    given = (case, str(ANNA), str(BRAM), case)
    assert not run(both, *given)
    assert without(TRIGGER, both, *given)


def test_a_proposal_is_carried_out_once(way: Way) -> None:
    asked, case = proposal(way)
    first = (case, 90, "refused", str(BRAM), 0, asked, str(ANNA), None)
    with undone(), own_work(), connection.cursor() as cursor:
        cursor.execute(EVENT, first)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(EVENT, (case, 91, *first[2:]))


def test_an_objection_is_not_answered_by_who_decided(way: Way) -> None:
    other = begun(way.here, "Bezwaar")
    other.decide(Step.REFUSED, reason="x")
    objection = other.object(Step.REFUSED)
    answer = """
        INSERT INTO schemes_caseevent (case_id, number, step, "on", at, actor, cents, reopens, reason, ground, data,
                                       assessed_by, objection)
        VALUES (%s, 80, 'proposed', current_date, now(), %s, 0, false, 'x', '', '{"step": "objection_rejected"}', '',
                %s);
        INSERT INTO schemes_caseevent (case_id, number, step, "on", at, actor, cents, reopens, reason, ground, data,
                                       proposal_id, assessed_by, objection)
        SELECT case_id, 81, 'objection_rejected', current_date, now(), %s, 0, false, 'x', '', '{}', id, actor, objection
        FROM schemes_caseevent WHERE case_id = %s AND number = 80
    """

    def by(proposer: str, approver: str) -> tuple[object, ...]:
        return (other.id, proposer, objection, approver, other.id)

    assert run(answer, *by("user:carla", "user:dirk"))
    assert not run(answer, *by("user:carla", str(BRAM)))
    assert not run(answer, *by(str(ANNA), "user:dirk"))
    assert without(TRIGGER, answer, *by("user:carla", str(BRAM)))


ADDED = ("caseevent", "caseletter", "payment", "paymentresult", "bankfile", "evidence")
KEPT = ("case", "objection", "paymentfile", "officertask")


@pytest.mark.parametrize("table", ADDED)
def test_what_is_written_is_not_changed_even_by_the_owner_of_the_tables(way: Way, table: str) -> None:
    column = {"bankfile": "message_id", "evidence": "kind"}.get(table, "id")
    for statement in (f"UPDATE schemes_{table} SET {column} = {column}", f"DELETE FROM schemes_{table}",
                      f"TRUNCATE schemes_{table} CASCADE"):  # fmt: skip
        assert stopped(statement, as_the_owner=False)
        assert stopped(statement, as_the_owner=True)


@pytest.mark.parametrize("table", KEPT)
def test_no_case_objection_file_or_task_goes_away(way: Way, table: str) -> None:
    assert stopped(f"DELETE FROM schemes_{table}", as_the_owner=True)
    assert stopped(f"TRUNCATE schemes_{table} CASCADE", as_the_owner=True)


def stopped(statement: str, *, as_the_owner: bool) -> bool:
    try:
        with undone(), own_work():
            if as_the_owner:
                with as_owner(), connection.cursor() as cursor:
                    cursor.execute(statement)
            else:
                with connection.cursor() as cursor:
                    cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_without_the_trigger_and_the_right_an_event_is_changed(way: Way) -> None:
    change = "UPDATE schemes_caseevent SET reason = 'anders' WHERE case_id = %s"
    assert not run(change, way.id)
    assert without("DROP TRIGGER schemes_caseevent_stays ON schemes_caseevent; GRANT UPDATE ON schemes_caseevent TO"
                   " dichterbij_site", change, way.id)  # fmt: skip


def test_a_payment_file_is_released_once_and_by_somebody_else(way: Way) -> None:
    release = (
        "UPDATE schemes_paymentfile SET released_by = %s, released_at = now()"
        " WHERE released_at IS NULL AND dropped_at IS NULL"
    )
    again = "UPDATE schemes_paymentfile SET released_by = 'x', released_at = now() WHERE released_at IS NOT NULL"
    content = "UPDATE schemes_paymentfile SET content = ''"
    assert run(release, str(BRAM))
    assert not run(release, str(ANNA))
    assert without("ALTER TABLE schemes_paymentfile DROP CONSTRAINT payment_file_is_seen_by_two", release, str(ANNA))
    assert not run(again)
    assert without("DROP TRIGGER schemes_paymentfile_changes_once ON schemes_paymentfile", again)
    assert not run(content)


def test_a_payment_stands_in_one_file_and_is_paid_once(way: Way) -> None:
    twice = """
        INSERT INTO schemes_payment (id, case_id, file_id, position, event, cents, beyond_cents, name, account)
        SELECT %s, case_id, file_id, position + 100, event, cents, beyond_cents, name, account FROM schemes_payment
        WHERE case_id = %s
    """
    assert not run(twice, uuid4(), way.id)
    assert without("ALTER TABLE schemes_payment DROP CONSTRAINT payment_is_ordered_once", twice, uuid4(), way.id)


def test_nobody_else_sees_a_case(way: Way) -> None:
    def seen(table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM schemes_{table}")
            return int(cursor.fetchone()[0])

    tables = (*ADDED, *KEPT)
    assert [seen(table) for table in tables] == [0] * len(tables)
    with own_work():
        assert seen("case") > 0
    with undone(), as_owner():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE schemes_case NO FORCE ROW LEVEL SECURITY")
        assert seen("case") > 0
