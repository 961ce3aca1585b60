"""The database keeps the ledger's promises on every path: raw SQL, the site's role, and the owner of the tables.

Each guard is tried, and then tried again without it: a try that fails both times would prove nothing.
"""

from collections.abc import Sequence
from contextlib import nullcontext

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection

from support.ledger_tries import TRIES, Scene, Try, make_scene
from support.people import as_owner
from support.sweeping import undone

ACCEPTED = "accepted"
# Guards that no single statement can try: see which test does.
ELSEWHERE = {
    "budget_wait": "test_at_once.py",
    "budget_book": "every test of a balance",
    "budget_as_decided": "each of its refusals is a try",
    "budget_line_kept": "each of its refusals is a try",
    "budget_account_kept": "each of its refusals is a try",
    "budget_posting_told": "test_the_moment_of_writing_is_the_databases_own",
}


@pytest.fixture(scope="module")
def scene(ledger: None) -> Scene:
    return make_scene()


def refused_by(statements: Sequence[str]) -> str:
    """The promise that stops these statements; `accepted` when nothing does."""
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        return getattr(diagnosis, "constraint_name", None) or ""
    return ACCEPTED


def tried(scene: Scene, one: Try, *, owner: bool, without: bool = False) -> str:
    with undone():
        statements = one.statements(scene)
        with as_owner() if owner else nullcontext(), connection.cursor() as cursor:
            if without:
                cursor.execute(one.without)
            cursor.execute("SAVEPOINT before")
            told = refused_by(statements)
            if told != ACCEPTED:
                cursor.execute("ROLLBACK TO SAVEPOINT before")
            return told


@pytest.mark.parametrize("one", TRIES, ids=lambda one: one.name)
def test_what_must_not_be_is_refused_on_every_path(scene: Scene, one: Try) -> None:
    assert tried(scene, one, owner=False) != ACCEPTED
    assert tried(scene, one, owner=True) == one.promise


@pytest.mark.parametrize("one", TRIES, ids=lambda one: one.name)
def test_without_its_guard_it_would_be_done(scene: Scene, one: Try) -> None:
    told = tried(scene, one, owner=True, without=True)
    assert told != ACCEPTED if one.doubled else told == ACCEPTED


def test_every_guard_of_the_ledger_is_tried(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname::text FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'budget\\_%%' AND NOT tgisinternal"
            " UNION SELECT conname::text FROM pg_constraint WHERE conrelid::regclass::text LIKE 'budget\\_%%'"
            " AND contype IN ('c', 'u', 'x') UNION SELECT proname::text FROM pg_proc WHERE proname LIKE 'budget\\_%%'"
            " AND prorettype = 'trigger'::regtype"
        )
        guards = {name for (name,) in cursor.fetchall()}
    told = "\n".join(one.without for one in TRIES)
    assert {name for name in guards if name not in told} - set(ELSEWHERE) == set()


BY_HAND = """
    INSERT INTO budget_transfer (number, id, posting, source, target, cents)
    SELECT 9223372036854775807, gen_random_uuid(), posting, source, target, 1 FROM budget_transfer LIMIT 1
"""


def test_the_site_gives_no_transfer_its_number(scene: Scene) -> None:
    with undone(), pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(BY_HAND)
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("GRANT INSERT ON budget_transfer TO dichterbij_site")
        with connection.cursor() as cursor, pytest.raises(IntegrityError):  # far enough to reach the next guard
            cursor.execute(BY_HAND)
