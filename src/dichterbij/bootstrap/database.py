"""Which database: DATABASE_URL, or else the embedded server (bootstrap/postgres.py)."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from dichterbij.bootstrap import postgres
from dichterbij.shared.errors import InputError, UnavailableError

DATABASE_NAME = "dichterbij"
OLDEST = 15
# For pages. A page takes tens of milliseconds; reading all openings, once per delivery, some seconds.
# One processor for a page: others ask at the same time.
LIMITS = {
    "statement_timeout": "20s", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "60s",
    "max_parallel_workers_per_gather": "0",
}  # fmt: skip
SITE = "dichterbij_site"  # owns nothing and steps over no policy


def parse_url(url: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// address; a host that starts with / is a socket folder.

    InputError for another address. Its text never repeats the address: a password may be in it.
    """
    try:
        parts = urlsplit(url)
        port = str(parts.port or "") if "%2F" not in parts.netloc else ""
    except ValueError as error:
        raise InputError(f"DATABASE_URL is no address: {error}. Write postgresql://user:password@host/name.") from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise InputError("DATABASE_URL must start with postgresql://; Dichterbij uses no other database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.netloc.rpartition("@")[2].partition(":")[0])
        if "%2F" in parts.netloc
        else (parts.hostname or ""),
        "PORT": port,
        "OPTIONS": {"connect_timeout": 10, **dict(parse_qsl(parts.query))},
    }


def url(home: Path) -> str:
    """The address of the site's database."""
    return os.environ.get("DATABASE_URL") or postgres.database_url(home / "postgres", DATABASE_NAME)


def limit(settings: dict[str, Any]) -> None:
    """Give every connection that is made from these settings the time-outs of a page, and the rights of the site."""
    given = settings["OPTIONS"].get("options", "")
    # What the operator put into DATABASE_URL comes last, so it wins.
    settings["OPTIONS"]["options"] = " ".join(
        [f"-c role={SITE}", *(f"-c {name}={value}" for name, value in LIMITS.items()), given]
    ).strip()


@contextlib.contextmanager
def available(home: Path) -> Iterator[None]:
    """Hold a database up: see that DATABASE_URL's answers, or start the embedded server and make its database."""
    given = os.environ.get("DATABASE_URL")
    if given:
        _check_answers(given)
        yield
        return
    with postgres.running(home / "postgres"):
        _create_database(home)
        yield


def _check_answers(given: str) -> None:
    try:
        with psycopg.connect(given, connect_timeout=10) as connection:
            version, encoding = connection.info.server_version, connection.info.parameter_status("server_encoding")
    except psycopg.Error as error:
        raise UnavailableError(
            f"The database of DATABASE_URL does not answer: {str(error).strip()} "
            f"Check the address, or leave DATABASE_URL out to use the embedded server."
        ) from error
    if version < OLDEST * 10_000:
        raise UnavailableError(f"PostgreSQL {OLDEST} or newer is needed; that of DATABASE_URL is {version // 10_000}.")
    if encoding != "UTF8":
        raise UnavailableError(
            f"The database of DATABASE_URL keeps text in {encoding}; Dichterbij needs UTF8: "
            f"CREATE DATABASE {DATABASE_NAME} ENCODING 'UTF8' TEMPLATE template0."
        )


def _create_database(home: Path) -> None:
    maintenance = postgres.database_url(home / "postgres")
    # Two that start at once both find nothing: the later one gets either error.
    there_already = (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)
    with psycopg.connect(maintenance, autocommit=True) as connection, contextlib.suppress(*there_already):
        connection.execute(f"CREATE DATABASE {DATABASE_NAME}")
