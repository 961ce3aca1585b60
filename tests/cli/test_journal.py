"""`dichterbij journal verify`: says yes or where, and prints a head to keep elsewhere."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction

from dichterbij.cli.journal import command
from dichterbij.domains.journal.actions import record
from support.database import connected_to_own_database

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database to spoil."""
    with django_db_blocker.unblock(), connected_to_own_database("journalcli"):
        yield


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["verify", *arguments], obj=nullcontext)


def test_a_whole_log_is_told_to_be_and_a_spoilt_one_where() -> None:
    assert verify().stdout == "0:\n"
    numbers = [record(actor="tester", action="thing.made", data={}, now=NOW) for _ in range(3)]
    whole = verify()
    assert (whole.exit_code, whole.stderr) == (0, "3 events, all as they were written\n")
    head = whole.stdout.strip()
    assert head.startswith("3:")
    assert verify("--head", head).exit_code == 0
    assert verify("--head", "3:" + "0" * 64).exit_code == 1
    assert verify("--head", "nonsense").exit_code != 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE journal_auditevent SET actor = 'other' WHERE id = %s", [numbers[1]])
        cursor.execute("DELETE FROM journal_auditevent WHERE id = %s", [numbers[2]])
    spoilt = verify()
    assert spoilt.exit_code == 1
    assert f"event {numbers[1]} (place 2) was changed" in spoilt.stderr
    assert f"event {numbers[2]} (place 3) was removed" in spoilt.stderr
