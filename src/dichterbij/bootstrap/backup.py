"""A copy of the whole database in one file, and putting it back: pg_dump and pg_restore of the embedded server.

They speak to every PostgreSQL that the site works with. Passwords go along in the environment, never on a command line.
"""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from dichterbij.bootstrap import postgres
from dichterbij.domains.accounts.rules.row_security import SITE_ROLE_THERE
from dichterbij.shared.errors import InputError, UnavailableError

NEEDS_ALL = (
    "A backup must see every row, and this user of the database does not. Make one for it, and name it in "
    "DATABASE_URL for this command alone: CREATE ROLE dichterbij_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data."
)
_NAMES = {"dbname": "PGDATABASE", "connect_timeout": "PGCONNECT_TIMEOUT"}


def back_up(url: str, file: Path) -> int:
    """Write all of a database to a new file, for its owner only; returns its size. The file is whole or not there.

    InputError when there is a file already; UnavailableError when the copy could not be made.
    """
    if file.exists():
        raise InputError(f"{file} is there already. Choose another name.")
    draft = file.with_name(f"{file.name}.{os.getpid()}.unfinished")
    try:
        draft.touch(mode=0o600)
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={draft}")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        os.link(draft, file)  # never over a file that came in the meantime
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def put_back(url: str, file: Path) -> None:
    """Fill an empty database from a file of `back_up`: everything, or nothing when it cannot be done.

    InputError for a database that holds something; UnavailableError when the file cannot be put back.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        held = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        if held and held[0]:
            raise InputError("This database holds tables already. A backup goes into an empty one.")
        connection.execute(SITE_ROLE_THERE)  # in no backup: a role belongs to the server
    _run(
        "pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", f"--dbname={_name(url)}", str(file)
    )


def rows_per_table(url: str) -> dict[str, int]:
    """How many rows each table has, counted."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        counted = {}
        for (name,) in names:
            row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
            counted[name] = row[0] if row else 0
    return counted


def _name(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname") or "")


def _run(program: str, url: str, *arguments: str) -> None:
    told = {_NAMES.get(name, f"PG{name.upper()}"): str(value) for name, value in conninfo_to_dict(url).items()}
    command = [str(postgres.binaries() / program), "--no-password", *arguments]
    done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    if "row-level security" in done.stderr:
        raise UnavailableError(NEEDS_ALL)
    raise UnavailableError(f"{program} could not do it; nothing was kept. It said: {done.stderr.strip()[-600:]}")
