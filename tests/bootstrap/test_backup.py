"""The restore drill: a copy of a database that lived, put into an empty one, is the same in everything."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.utils import timezone
from psycopg import sql

from dichterbij.bootstrap import backup
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.journal.actions import record
from dichterbij.domains.journal.queries import read_head, verify
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral import actions
from dichterbij.shared.errors import InputError, UnavailableError
from support.database import named, server
from support.handed_over import invented_person, sent
from support.people import as_the_site, make_desk

GUARDS = """
    SELECT 'policy', tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies
    UNION ALL SELECT 'table', relname, relrowsecurity::text, relforcerowsecurity::text,
        coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))::text, NULL, NULL
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
    UNION ALL SELECT 'function', proname, prosecdef::text, proconfig::text,
        coalesce(proacl, acldefault('f', proowner))::text, prosrc, NULL
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text, tgenabled::text, NULL, NULL, NULL
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'constraint', conname, conrelid::regclass::text, convalidated::text, NULL, NULL, NULL
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class Lived:
    """A database in which people were handed over, and the address of its server."""

    server: str
    url: str
    adviser: Any
    person: Any
    head: str


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: Any) -> Iterator[Lived]:
    with django_db_blocker.unblock(), as_the_site("backup"), server() as address:
        desk, other, now = make_desk(), make_desk(region="AM15"), timezone.now()
        make_desk("rmt", role=Role.COORDINATOR)
        row = None
        for number in range(20):
            row = sent(desk.adviser, other.organisation, "AM05", invented_person(f"Sami{number}", "AM05"), now=now)
            if number % 3 == 0:
                actions.accept(actor=other.adviser, handover=row.id, version=1, now=now)
        assert row
        url = named(address, str(connections["default"].settings_dict["NAME"]))
        yield Lived(address, url, desk.adviser, row.person, str(verify().head))


@contextmanager
def empty_database(lived: Lived) -> Iterator[str]:
    """The address of a new, empty database beside it."""
    name = f"restored_{os.getpid()}"
    with psycopg.connect(lived.server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
        )
        try:
            yield named(lived.server, name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def site_on(url: str) -> Iterator[None]:
    """The site's own connection, on another database."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.close()
    default.settings_dict["NAME"] = url.rpartition("/")[2]
    try:
        yield
    finally:
        default.close()
        default.settings_dict["NAME"] = before


def dichterbij(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator gives it."""
    command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", *words]
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def guards(url: str) -> list[Any]:
    with psycopg.connect(url) as connection:
        return connection.execute(GUARDS).fetchall()


def test_a_backup_that_is_put_back_is_the_same_in_rows_guards_and_log(lived: Lived, tmp_path: Path) -> None:
    file = tmp_path / "dichterbij.backup"
    assert dichterbij(lived.url, "backup", str(file)).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = backup.rows_per_table(lived.url)
    assert before["people_person"] == 20
    assert before["referral_step"] == 27
    with empty_database(lived) as other:
        done = dichterbij(other, "restore", str(file))
        assert (done.returncode, done.stdout.strip()) == (0, lived.head), done.stderr
        assert backup.rows_per_table(other) == before
        assert guards(other) == guards(lived.url)
        with site_on(other):
            goes_on(lived)


def goes_on(lived: Lived) -> None:
    """The restored site: the log is whole and grows on, an adviser finds the people back, nobody else does."""
    head = read_head(lived.head)
    assert verify(kept=head).faults == ()
    now = timezone.now()
    assert len(people.people(actor=lived.adviser, purpose="hand_over", now=now)) == 20
    record(actor="test", action="test.went_on", data={}, now=now)
    chain = verify(kept=head)
    assert (chain.faults, chain.links) == ((), head.place + 2)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT count(*) FROM people_person)")
        assert cursor.fetchone() == ("dichterbij_site", 0)


def test_a_changed_event_is_found_after_it_was_put_back(lived: Lived, tmp_path: Path) -> None:
    file = tmp_path / "dichterbij.backup"
    with empty_database(lived) as other:
        backup.back_up(lived.url, file)
        backup.put_back(other, file)
        with psycopg.connect(other) as connection:
            connection.execute("ALTER TABLE journal_auditevent DISABLE TRIGGER journal_event_stays")
            connection.execute("UPDATE journal_auditevent SET actor = 'somebody else' WHERE id = 3")
        with site_on(other):
            assert [fault.event for fault in verify(kept=read_head(lived.head)).faults] == [3]


def test_a_backup_goes_over_no_file_and_into_no_database_that_holds_something(lived: Lived, tmp_path: Path) -> None:
    file = tmp_path / "dichterbij.backup"
    file.write_text("mine", encoding="ascii")
    with pytest.raises(InputError, match="there already"):
        backup.back_up(lived.url, file)
    assert file.read_text(encoding="ascii") == "mine"
    with pytest.raises(InputError, match="empty"):
        backup.put_back(lived.url, file)


def test_a_damaged_backup_leaves_the_database_empty(lived: Lived, tmp_path: Path) -> None:
    file = tmp_path / "dichterbij.backup"
    backup.back_up(lived.url, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    with empty_database(lived) as other:
        with pytest.raises(UnavailableError, match="nothing was kept"):
            backup.put_back(other, file)
        assert backup.rows_per_table(other) == {}


def test_a_user_who_does_not_see_every_row_makes_no_backup(lived: Lived, tmp_path: Path) -> None:
    """Half a backup would look like a whole one."""
    name, file = f"reader_{os.getpid()}", tmp_path / "dichterbij.backup"
    with psycopg.connect(lived.server, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN IN ROLE pg_read_all_data")
        try:
            with pytest.raises(UnavailableError, match="BYPASSRLS"):
                backup.back_up(lived.url.replace("//dichterbij@", f"//{name}@"), file)
            connection.execute(f"ALTER ROLE {name} BYPASSRLS")
            assert backup.back_up(lived.url.replace("//dichterbij@", f"//{name}@"), file) > 0
        finally:
            connection.execute(f"DROP ROLE {name}")
    assert list(tmp_path.iterdir()) == [file]
