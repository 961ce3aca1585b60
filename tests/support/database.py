"""Test databases: one migrated template, cloned for each run; a second template with the demo's data loaded."""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from dichterbij.bootstrap import postgres

SOURCE = Path(__file__).parent.parent.parent / "src" / "dichterbij"
TEMPLATE_LOCK = 7_135_2026
TEMPLATE = re.compile(r"(migrated|loaded)_[0-9a-f]{16}(_unfinished)?")
CLONE = re.compile(r"[a-z]+_(\d+)")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of the server's maintenance database: DATABASE_URL's server, or the throw-away embedded one."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield named(given, "postgres")
        return
    home = Path(settings.HOME) / "postgres"
    with postgres.running(home, throwaway=True):
        yield postgres.database_url(home)


@contextlib.contextmanager
def cloned_database(name: str, *, loaded: bool = False) -> Iterator[str]:
    """Database `name`, a clone of the template; dropped at the end."""
    with server() as url, psycopg.connect(url, autocommit=True) as connection:
        template = _template(connection, url, loaded=loaded)
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        try:
            yield name
        finally:
            _drop(connection, name)


@contextlib.contextmanager
def connected_to_own_database(name: str, *, loaded: bool = False) -> Iterator[None]:
    """The default connection on a clone of its own: what is committed there reaches no other test."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    with cloned_database(f"{name}_{os.getpid()}", loaded=loaded) as clone:
        default.close()
        default.settings_dict["NAME"] = clone
        try:
            yield
        finally:
            default.close()
            default.settings_dict["NAME"] = before


def named(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _template(connection: psycopg.Connection, url: str, *, loaded: bool) -> str:
    """Each of the two under a lock of its own: who needs the quick one does not wait for the other."""
    name = ("loaded_" if loaded else "migrated_") + _fingerprint(loaded=loaded)
    base = _template(connection, url, loaded=False) if loaded else "template0"
    connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK + loaded])
    try:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            _build_template(connection, url, name, base)
            _prune(connection)
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK + loaded])
    return name


def _build_template(connection: psycopg.Connection, url: str, name: str, base: str) -> None:
    unfinished = f"{name}_unfinished"
    _drop(connection, unfinished)
    connection.execute(
        sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}").format(
            sql.Identifier(unfinished), sql.Identifier(base)
        )
    )
    environment = {
        **os.environ,
        "DATABASE_URL": named(url, unfinished),
        "DICHTERBIJ_HOME": str(settings.HOME),
        "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings",
    }
    steps = ["migrate"] if base == "template0" else ["load-reference", "load-demo"]
    for step in steps:
        command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", step]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
    )


def _fingerprint(*, loaded: bool) -> str:
    """Changes when a migration changes, or for the loaded template when data or loading code changes."""
    patterns = ["domains/*/migrations/*.py"]
    if loaded:
        patterns += ["data/**/*", "domains/**/*.py", "synthetic/**/*.py", "bootstrap/demo.py"]
    digest = hashlib.sha256()
    for path in sorted({file for pattern in patterns for file in SOURCE.glob(pattern) if file.is_file()}):
        if "__pycache__" not in path.parts and not path.match("data/content/*/*/*"):  # written pages are not loaded
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _prune(connection: psycopg.Connection) -> None:
    """Drop templates of older code and clones of runs that were killed; only on the server that is ours alone."""
    if os.environ.get("DATABASE_URL"):
        return
    for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
        if is_left_over(
            name, current={"migrated_" + _fingerprint(loaded=False), "loaded_" + _fingerprint(loaded=True)}
        ):
            with contextlib.suppress(psycopg.errors.ObjectInUse):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def is_left_over(name: str, *, current: set[str]) -> bool:
    """Whether nobody will ask for this test database again."""
    if TEMPLATE.fullmatch(name):
        return name.removesuffix("_unfinished") not in current  # another run may be making it
    clone = CLONE.fullmatch(name)
    return bool(clone) and not Path(f"/proc/{clone[1]}").exists()


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
