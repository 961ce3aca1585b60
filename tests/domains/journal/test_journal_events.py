"""What happened is written once and stays."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection

from dichterbij.domains.journal import queries
from dichterbij.domains.journal.actions import record

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_an_event_is_read_back_as_it_was_recorded() -> None:
    number = record(actor="tester", action="thing.made", data={"size": 3}, now=NOW)
    event = queries.latest_events(action="thing.made")[0]
    assert (event.id, event.at, event.actor, event.data) == (number, NOW, "tester", {"size": 3})


def test_the_newest_event_comes_first() -> None:
    numbers = [record(actor="tester", action="thing.made", data={}, now=NOW) for _ in range(3)]
    assert [event.id for event in queries.latest_events(action="thing.made", limit=2)] == numbers[:0:-1]
    assert queries.latest_event_key(action="thing.made") == f"{numbers[-1]} {NOW.isoformat()}"


def test_what_never_happened_has_no_events() -> None:
    assert queries.latest_events(action="thing.lost") == ()
    assert queries.latest_event_key(action="thing.lost") is None


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_auditevent SET actor = 'somebody else'", "DELETE FROM journal_auditevent"]
)
def test_the_database_refuses_to_change_or_delete_an_event(statement: str) -> None:
    record(actor="tester", action="thing.made", data={}, now=NOW)
    with pytest.raises(DatabaseError, match="never changed or deleted"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("actor", "action"), [("", "thing.made"), ("tester", "made"), ("tester", "Thing made")])
def test_the_database_refuses_an_event_without_actor_or_with_a_name_of_another_form(actor: str, action: str) -> None:
    with pytest.raises(IntegrityError):
        record(actor=actor, action=action, data={}, now=NOW)
