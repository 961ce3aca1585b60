"""Events hang together: what was changed, removed or put in between is found."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from dichterbij.domains.journal.actions import record
from dichterbij.domains.journal.queries import Chain, Fault, Head, Kind, read_head, verify
from dichterbij.shared.errors import InputError
from support.database import connected_to_own_database

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database to spoil, with real commits."""
    with django_db_blocker.unblock(), connected_to_own_database("chain"):
        yield


@pytest.fixture(autouse=True)
def empty_log(own_database: None) -> None:
    """Each test begins with nothing in the log."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_auditevent, journal_link RESTART IDENTITY")


@pytest.fixture
def events() -> list[int]:
    return [record(actor="tester", action="thing.made", data={"size": size}, now=NOW) for size in range(5)]


def spoil(statement: str, *values: object) -> None:
    """What somebody with all rights could do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)


def test_a_log_as_it_was_written_has_no_faults(events: list[int]) -> None:
    found = verify()
    assert (found.links, found.faults) == (5, ())
    assert found.head is not None
    assert found.head.place == 5


def test_an_empty_log_has_no_head() -> None:
    assert verify() == Chain(0, None, ())


def test_each_digest_is_over_the_one_before_and_the_event(events: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM journal_link ORDER BY place LIMIT 2")
        first, second = (bytes(digest) for (digest,) in cursor.fetchall())
    micro = int(NOW.timestamp()) * 1_000_000
    content = f'[{events[1]}, {micro}, "tester", "thing.made", {{"size": 1}}, null]'
    assert hashlib.sha256(first + content.encode()).digest() == second


@pytest.mark.parametrize("change", ["actor = 'other'", "data = '{}'", "at = now()", "action = 'thing.lost'"])
def test_a_changed_event_is_found(change: str, events: list[int]) -> None:
    spoil(f"UPDATE journal_auditevent SET {change} WHERE id = %s", events[2])
    assert verify().faults == (Fault(Kind.CHANGED, 3, events[2]),)


def test_a_removed_event_is_found(events: list[int]) -> None:
    spoil("DELETE FROM journal_auditevent WHERE id = %s", events[1])
    assert verify().faults == (Fault(Kind.REMOVED, 2, events[1]),)


def test_an_event_removed_with_its_link_is_found(events: list[int]) -> None:
    spoil("DELETE FROM journal_auditevent WHERE id = %s", events[1])
    spoil("DELETE FROM journal_link WHERE event = %s", events[1])
    assert verify().faults == (Fault(Kind.GAP, 3, events[2]),)


def test_an_event_put_in_between_is_found(events: list[int]) -> None:
    spoil("INSERT INTO journal_auditevent (at, actor, action, data) VALUES (now(), 'x', 'thing.made', '{}')")
    assert [fault.kind for fault in verify().faults] == [Kind.LOOSE]


def test_a_log_cut_off_at_its_end_is_found_with_a_head_kept_elsewhere(events: list[int]) -> None:
    kept = verify().head
    spoil("DELETE FROM journal_auditevent WHERE id = %s", events[4])
    spoil("DELETE FROM journal_link WHERE event = %s", events[4])
    assert verify().faults == ()
    assert verify(kept=kept).faults == (Fault(Kind.OTHER_HEAD, 5, None),)


def test_a_head_kept_earlier_is_still_there_later(events: list[int]) -> None:
    kept = verify().head
    record(actor="tester", action="thing.made", data={}, now=NOW)
    assert verify(kept=kept).faults == ()


def test_places_follow_the_commits_and_not_the_numbers() -> None:
    """The event with the lower number is committed last, and is chained last; nobody waits for it meanwhile."""
    written, go = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(actor="slow", action="thing.made", data={}, now=NOW)
                written.set()
                go.wait(20)
        finally:
            connections.close_all()

    busy = threading.Thread(target=slow)
    busy.start()
    assert written.wait(20)
    record(actor="quick", action="thing.made", data={}, now=NOW)
    go.set()
    busy.join(20)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor FROM journal_link link JOIN journal_auditevent e ON e.id = link.event ORDER BY place"
        )
        assert [actor for (actor,) in cursor.fetchall()] == ["quick", "slow"]
    assert verify().faults == ()


def test_many_at_once_make_one_chain() -> None:
    def several(name: str) -> None:
        try:
            for number in range(20):
                record(actor=name, action="thing.made", data={"number": number}, now=NOW)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=several, args=(f"worker {number}",)) for number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    found = verify()
    assert (found.links, found.faults) == (120, ())


@pytest.mark.parametrize("statement", ["UPDATE journal_link SET digest = ''", "DELETE FROM journal_link"])
def test_the_database_refuses_to_change_or_delete_a_link(statement: str, events: list[int]) -> None:
    with pytest.raises(DatabaseError, match="never changed or deleted"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_events_of_before_the_chain_are_in_it() -> None:
    from django.core.management import call_command

    call_command("migrate", "journal", "0005", verbosity=0)
    numbers = [record(actor="tester", action="thing.made", data={}, now=NOW) for _ in range(3)]
    call_command("migrate", verbosity=0)
    found = verify()
    assert (found.links, found.faults) == (3, ())
    spoil("UPDATE journal_auditevent SET actor = 'other' WHERE id = %s", numbers[0])
    assert verify().faults == (Fault(Kind.CHANGED, 1, numbers[0]),)


def test_a_head_is_written_and_read_back() -> None:
    head = Head(12, "ab" * 32)
    assert read_head(str(head)) == head
    for wrong in ("", "12", "x:" + "ab" * 32, "12:abc", "12:" + "xy" * 32):
        with pytest.raises(InputError):
            read_head(wrong)
