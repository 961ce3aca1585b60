"""Which database: DATABASE_URL, or else the embedded server (bootstrap/postgres.py)."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured

from dichterbij.bootstrap import postgres

DATABASE_NAME = "dichterbij"


def parse_url(url: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// address; a host that starts with / is a socket folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://; Dichterbij uses no other database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.netloc.rpartition("@")[2].partition(":")[0])
        if "%2F" in parts.netloc
        else (parts.hostname or ""),
        "PORT": str(parts.port or "") if "%2F" not in parts.netloc else "",
        "OPTIONS": {"connect_timeout": 10, **dict(parse_qsl(parts.query))},
    }


def url(home: Path) -> str:
    """The address of the site's database."""
    return os.environ.get("DATABASE_URL") or postgres.database_url(home / "postgres", DATABASE_NAME)


@contextlib.contextmanager
def available(home: Path) -> Iterator[None]:
    """Hold a database up: nothing to do for DATABASE_URL; else start the embedded server and make its database."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with postgres.running(home / "postgres"):
        _create_database(home)
        yield


def _create_database(home: Path) -> None:
    maintenance = postgres.database_url(home / "postgres")
    with (
        psycopg.connect(maintenance, autocommit=True) as connection,
        contextlib.suppress(psycopg.errors.DuplicateDatabase),
    ):
        connection.execute(f"CREATE DATABASE {DATABASE_NAME}")
