"""Saying to the database that the post itself is at work: nobody else sees a letter, or its address."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

OWN_WORK = "post_work"
_SAID = "SELECT coalesce(current_setting('dichterbij.role', true), '')"
_SAY = "SELECT set_config('dichterbij.role', %s, true)"


@contextmanager
def own_work(*, committed: bool = False) -> Iterator[None]:
    """A transaction in which letters can be seen and written; inside another one only for its own stretch.

    `committed`: at the end everything is really kept; an error inside somebody else's transaction.
    """
    with transaction.atomic(durable=committed), connection.cursor() as cursor:
        cursor.execute(_SAID)
        before = cursor.fetchone()[0]
        cursor.execute(_SAY, [OWN_WORK])
        yield
        cursor.execute(_SAY, [before])  # after an error the savepoint has taken it back already
