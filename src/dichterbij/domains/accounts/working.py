"""Saying to the database that the work of accounts itself goes on: signing in, inviting, forgetting."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from dichterbij.domains.accounts.rules.row_security import ACCOUNT_WORK

_SAID = "SELECT coalesce(current_setting('dichterbij.role', true), '')"
_SAY = "SELECT set_config('dichterbij.role', %s, true)"


@contextmanager
def account_work() -> Iterator[None]:
    """A transaction in which links, second factors, identities and invitations can be seen and written.

    For queries and actions of this domain only, each of which asks for one row, or filters by reach.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SAID)
        before = cursor.fetchone()[0]
        cursor.execute(_SAY, [ACCOUNT_WORK])
        yield
        cursor.execute(_SAY, [before])  # after an error the savepoint has taken it back already
