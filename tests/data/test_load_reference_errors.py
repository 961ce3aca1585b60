"""`dichterbij load-reference` when the database cannot help: one sentence, exit code 2, no traceback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

ROLE = "guest_of_one"


def load(url: str) -> subprocess.CompletedProcess[str]:
    script = "from dichterbij.bootstrap.main import main; main()"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings"}
    command = [sys.executable, "-c", script, "load-reference"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def parameters(db: None) -> dict[str, str]:
    given = connection.get_connection_params()
    return {name: str(given[name]) for name in ("dbname", "host", "port", "user", "password") if given.get(name)}


@pytest.fixture
def guest(parameters: dict[str, str]) -> Iterator[dict[str, str]]:
    """A role that may have one connection, and has it."""
    with psycopg.connect(**parameters, autocommit=True) as owner:
        owner.execute(f"DROP ROLE IF EXISTS {ROLE}")
        owner.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'guest' CONNECTION LIMIT 1")
        mine = parameters | {"user": ROLE, "password": "guest"}
        try:
            with psycopg.connect(**mine):
                yield mine
        finally:
            owner.execute(f"DROP ROLE {ROLE}")


def address(parameters: dict[str, str]) -> str:
    host = quote(parameters.get("host", ""), safe="")
    port = f":{parameters['port']}" if parameters.get("port") else ""
    user = f"{parameters['user']}:{parameters.get('password', '')}@" if parameters.get("user") else ""
    return f"postgresql://{user}{host}{port}/{parameters['dbname']}"


def test_too_many_connections_is_one_sentence(guest: dict[str, str]) -> None:
    done = load(address(guest))
    assert done.returncode == 2
    assert "too many connections" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_database_that_does_not_exist_is_one_sentence(parameters: dict[str, str]) -> None:
    done = load(address(parameters | {"dbname": "nowhere"}))
    assert done.returncode == 2
    assert '"nowhere" does not exist' in done.stderr
    assert "Traceback" not in done.stderr
