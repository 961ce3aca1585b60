"""Saying to the database for whom something is done: the person's own page, a form with the person beside it, or the
work of answering who asked a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from dichterbij.domains.people.secret import pseudonym

_SAID = """
    SELECT coalesce(current_setting('dichterbij.person', true), ''),
           coalesce(current_setting('dichterbij.subject', true), '')
"""
_SAY = "SELECT set_config('dichterbij.person', %s, true), set_config('dichterbij.subject', %s, true)"

LINK_WORK = "own_page_work"
_SAID_ROLE = "SELECT coalesce(current_setting('dichterbij.role', true), '')"
_SAY_ROLE = "SELECT set_config('dichterbij.role', %s, true)"


@contextmanager
def acting_for(person: UUID) -> Iterator[None]:
    """A transaction in which everything of this person can be seen and written; inside another only for its stretch.

    Whoever opens it has made sure that the person is there, or that the actor may see them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SAID)
        before = cursor.fetchone()
        cursor.execute(_SAY, [str(person), pseudonym(person)])
        yield
        cursor.execute(_SAY, list(before))  # after an error the savepoint has taken it back already


@contextmanager
def answering() -> Iterator[None]:
    """A transaction in which is seen who asked a link; inside another only for its stretch."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SAID_ROLE)
        before = cursor.fetchone()[0]
        cursor.execute(_SAY_ROLE, [LINK_WORK])
        yield
        cursor.execute(_SAY_ROLE, [before])
