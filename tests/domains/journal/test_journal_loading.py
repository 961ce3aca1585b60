"""Loading reference data: repeatable, all or nothing, one at a time, and nothing is ever deleted."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from dichterbij.domains.journal import queries
from dichterbij.domains.journal.actions import (
    Changes,
    LoadedSet,
    ReferenceSet,
    StagedTable,
    load_reference,
    loading,
    upsert,
)
from dichterbij.shared.errors import UnavailableError

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)  # in Amsterdam
TOWNS = StagedTable(
    table="towns", incoming={"name": "text", "people": "integer"}, key=("name",), columns=("name", "people")
)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE towns (name text PRIMARY KEY, people integer, obsolete_on date)")


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, people, obsolete_on FROM towns ORDER BY name")
        return list(cursor.fetchall())


def load(*given: tuple[str, int | None], today: date = TODAY) -> Changes:
    return upsert(staged=TOWNS, rows=given, today=today)


def test_new_rows_are_added() -> None:
    assert load(("Goes", 40), ("Sneek", None)) == Changes(added=2)
    assert rows() == [("Goes", 40, None), ("Sneek", None, None)]


def test_a_second_load_of_the_same_changes_nothing() -> None:
    load(("Goes", 40), ("Sneek", None))
    assert load(("Goes", 40), ("Sneek", None)) == Changes(unchanged=2)


def test_a_row_with_other_values_is_changed() -> None:
    load(("Goes", 40), ("Sneek", 30))
    assert load(("Goes", 41), ("Sneek", 30)) == Changes(changed=1, unchanged=1)
    assert rows()[0] == ("Goes", 41, None)


def test_a_row_that_disappeared_stays_and_carries_the_first_day_it_was_missed() -> None:
    load(("Goes", 40), ("Sneek", 30))
    assert load(("Goes", 40)) == Changes(unchanged=1, obsolete=1)
    assert load(("Goes", 40), today=date(2027, 1, 1)) == Changes(unchanged=1)
    assert rows()[1] == ("Sneek", 30, TODAY)


def test_a_row_that_comes_back_is_of_today_again() -> None:
    load(("Goes", 40))
    load()
    assert load(("Goes", 40)) == Changes(changed=1)
    assert rows() == [("Goes", 40, None)]


class Source:
    """A reference set of one file, which counts how often it was read into the table."""

    def __init__(self, folder: Path, name: str = "towns") -> None:
        self.file = folder / f"{name}.csv"
        self.reads = 0
        self.name = name
        self.write("Goes,40")

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")

    def load(self, today: date) -> Mapping[str, Changes]:
        self.reads += 1
        lines = [line.split(",") for line in self.file.read_text(encoding="utf-8").splitlines()]
        return {"towns": upsert(staged=TOWNS, rows=[(name, int(people)) for name, people in lines], today=today)}

    @property
    def set(self) -> ReferenceSet:
        return ReferenceSet(self.name, (self.file,), self.load)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


def run(
    *sources: Source, anew: bool = False, progress: Callable[[str], None] = lambda name: None
) -> tuple[LoadedSet, ...]:
    sets = [source.set for source in sources]
    return load_reference(sets=sets, actor="tester", now=NOW, anew=anew, progress=progress)


def test_a_load_is_one_event_that_tells_what_changed(source: Source) -> None:
    run(source)
    (event,) = queries.latest_events(action="reference.loaded", limit=9)
    assert event.actor == "tester"
    assert event.data["sets"]["towns"]["tables"][0][1]["added"] == 1  # type: ignore[index]


def test_a_set_that_equals_the_last_load_is_not_read_again(source: Source) -> None:
    run(source)
    assert run(source)[0] == LoadedSet("towns", True, {"towns": Changes(unchanged=1)})
    assert source.reads == 1


def test_a_set_is_read_again_when_a_byte_changed(source: Source) -> None:
    run(source)
    source.write("Goes,41")
    assert run(source)[0] == LoadedSet("towns", False, {"towns": Changes(changed=1)})


def test_anew_compares_every_row_of_a_set_that_did_not_change(source: Source) -> None:
    run(source)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE towns SET people = 0")
    assert run(source, anew=True)[0].tables["towns"] == Changes(changed=1)


def test_a_load_of_one_set_does_not_forget_the_others(source: Source, tmp_path: Path) -> None:
    other = Source(tmp_path, "other")
    run(source)
    run(other)
    assert run(source)[0].is_same


def test_a_load_that_stops_halfway_leaves_nothing_behind(source: Source, tmp_path: Path) -> None:
    broken = Source(tmp_path, "broken")
    broken.write("Goes,many")
    with pytest.raises(ValueError, match="many"):
        run(source, broken)
    assert rows() == []
    assert queries.latest_events(action="reference.loaded") == ()


def test_progress_names_the_sets_as_they_come(source: Source) -> None:
    told: list[str] = []
    run(source, progress=told.append)
    assert told == ["towns"]


@pytest.fixture
def elsewhere() -> Iterator[psycopg.Connection]:
    """A second connection to the same database."""
    parameters = connection.get_connection_params()
    kept = {name: parameters[name] for name in ("dbname", "host", "port", "user", "password") if parameters.get(name)}
    with psycopg.connect(**kept) as second:
        yield second
        second.rollback()


def test_two_loads_at_once_do_not_collide(source: Source, elsewhere: psycopg.Connection) -> None:
    elsewhere.execute("SELECT pg_advisory_xact_lock(%s)", [loading.LOCK])
    with pytest.raises(UnavailableError, match="being loaded already"):
        run(source)
    elsewhere.rollback()
    assert run(source)[0].tables["towns"].added == 1


def test_a_table_that_stays_locked_is_a_clear_message_and_nothing_changed(
    source: Source, elsewhere: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "LOCK_TIMEOUT", "100ms")
    elsewhere.execute("LOCK TABLE journal_auditevent")
    with pytest.raises(UnavailableError, match="holds the tables"):
        run(source)
    elsewhere.rollback()
    assert rows() == []


def test_a_database_without_tables_says_which_command_makes_them(source: Source) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE towns")
    with pytest.raises(UnavailableError, match="dichterbij migrate"):
        run(source)
