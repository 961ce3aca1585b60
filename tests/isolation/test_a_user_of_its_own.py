"""A site that logs in as a user of its own cannot leave its role, also with SQL of somebody else."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from support.database import named, server
from support.isolation import World

USER = f"dichterbij_web_{os.getpid()}"
ESCAPES = (
    "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY", "DROP POLICY people_person_seen ON people_person",
    "SET ROLE dichterbij", "SET SESSION AUTHORIZATION dichterbij", "ALTER ROLE dichterbij_site BYPASSRLS",
    "CREATE FUNCTION everybody() RETURNS SETOF people_person LANGUAGE sql SECURITY DEFINER AS 'TABLE people_person'",
    "GRANT pg_read_all_data TO CURRENT_USER", "COPY people_person TO PROGRAM 'cat'",
    "SET row_security = off; TABLE people_person", "UPDATE journal_auditevent SET actor = 'x'",
)  # fmt: skip


@pytest.fixture
def web(world: World) -> Iterator[psycopg.Connection]:
    """A connection as the operator's guide sets it up."""
    with server() as address, psycopg.connect(address, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN IN ROLE dichterbij_site").format(sql.Identifier(USER)))
        url = named(address, str(connections["default"].settings_dict["NAME"])).replace("//dichterbij@", f"//{USER}@")
        try:
            with psycopg.connect(url, options="-c role=dichterbij_site", autocommit=True) as connection:
                yield connection
        finally:
            owner.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(USER)))


def test_leaving_the_role_gives_nothing(web: psycopg.Connection) -> None:
    web.execute("SET ROLE NONE")
    for table in ("people_person", "people_contact", "people_key", "referral_handover", "post_letter"):
        found = web.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        assert found == (0,), table


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_statement_of_such_a_user_takes_a_guard_away(web: psycopg.Connection, escape: str) -> None:
    web.execute("SET ROLE NONE")
    with pytest.raises(InsufficientPrivilege):
        web.execute(escape)
