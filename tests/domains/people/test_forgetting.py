"""People are forgotten when they ask it, and by themselves when nobody may see them any more."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dichterbij.cli.people import command
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.people import actions, queries
from dichterbij.domains.people.actions import forgetting
from dichterbij.domains.people.rules import Through, read_retention
from dichterbij.shared.errors import NotFoundError
from support.people import Desk, as_owner, make_desk, new_person, register

SELF = Through("self", "")
TERM = read_retention(timezone.localdate()).without_access
TABLES = ("people_contact", "people_profile", "people_access", "people_consent", "people_key")


def now() -> datetime:
    return timezone.now()


def is_there(person: UUID) -> bool:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person WHERE id = %s", [person])
        return cursor.fetchone() is not None


def forget(dry_run: bool = False, *, at: datetime | None = None) -> tuple[UUID, ...]:
    with as_owner():
        return actions.forget_people(actor="tests", now=at or now(), dry_run=dry_run).people


@pytest.fixture
def unseen() -> UUID:
    """Somebody whom nobody may see, registered longer ago than the term."""
    before = now() - TERM - timedelta(days=1)
    return actions.register_person(by=Through("helper", ""), new=new_person(), now=before)


def test_whoever_asks_it_is_gone_with_everything_that_was_kept(desk: Desk) -> None:
    partner = make_desk("partner")
    person = actions.register_person(by=desk.adviser, new=new_person(), consents=[partner.organisation], now=now())
    token = actions.new_token(person=person, by=actions.Through("self", ""), now=now())
    actions.forget_person(person=person, by=SELF, now=now())
    assert not is_there(person)
    assert queries.person_of_token(token) is None
    with as_owner(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person])
            assert cursor.fetchone() == (0,), table
    event = latest_events(action="people.person_forgotten")[0]
    assert (event.actor, event.data) == ("self", {"person": str(person)})


def test_another_desk_cannot_have_somebody_forgotten(desk: Desk, other: Desk) -> None:
    person = register(desk)
    with pytest.raises(NotFoundError):
        actions.forget_person(person=person, by=other.adviser, now=now())
    assert is_there(person)


def test_a_dry_run_tells_who_and_forgets_nobody(unseen: UUID) -> None:
    assert unseen in forget(dry_run=True)
    assert is_there(unseen)
    assert unseen in forget()
    assert not is_there(unseen)
    assert forget() == ()
    assert latest_events(action="people.term_over")[0].data["count"] >= 1


def test_the_site_itself_finds_nobody_to_forget(unseen: UUID) -> None:
    assert actions.forget_people(actor="tests", now=now(), dry_run=False).people == ()
    assert is_there(unseen)


def test_the_command_prints_numbers_and_no_names(unseen: UUID) -> None:
    with as_owner():
        told = CliRunner().invoke(command, ["forget", "--dry-run"], obj=nullcontext)
    assert told.exit_code == 0
    assert str(unseen) in told.stdout
    assert "would be forgotten" in told.stderr
    assert "Sami" not in told.output


def test_what_else_must_happen_happens_in_the_same_transaction(told_off: list[UUID], desk: Desk) -> None:
    person = register(desk)
    actions.forget_person(person=person, by=SELF, now=now())
    assert told_off == [person]

    def fail(who: UUID, at: datetime) -> None:
        raise RuntimeError

    actions.when_forgotten(fail)
    kept = register(desk)
    with pytest.raises(RuntimeError):
        actions.forget_person(person=kept, by=SELF, now=now())
    assert is_there(kept)


@pytest.fixture
def told_off(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    told: list[UUID] = []
    monkeypatch.setattr(forgetting, "_told", [])
    actions.when_forgotten(lambda person, at: told.append(person))
    return told


@example([(1, False), (183, True)], 182)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=3),
    st.integers(0, 400),
)
def test_somebody_stays_while_anybody_may_see_them_and_the_term_after(
    accesses: list[tuple[int, bool]], asked: int
) -> None:
    """`accesses`: for so many days, and whether it was ended halfway."""
    start = now()
    person = actions.register_person(by=SELF, new=new_person(), now=start)
    last = start
    for days, is_ended in accesses:
        desk, until = make_desk(), start + timedelta(days=days)
        values = {"person": person, "organisation": desk.organisation, "purpose": "guide_person"}
        actions.give_access(**values, ground="public_task", by=SELF, until=until, now=start)
        if is_ended:
            until = start + timedelta(days=days) / 2
            actions.end_access(**values, by=SELF, now=until)
        last = max(last, until)
    at = start + timedelta(days=asked)
    assert (person in forget(dry_run=True, at=at)) == (at > last + TERM)
    actions.forget_person(person=person, by=SELF, now=now())
