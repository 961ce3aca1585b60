"""Saying to the database that the work of accounts itself goes on: signing in, inviting, forgetting."""

from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.domains.accounts.rules.row_security import ACCOUNT_WORK
from dichterbij.domains.journal.saying import said


@contextmanager
def account_work() -> Iterator[None]:
    """A transaction in which links, second factors, identities and invitations can be seen and written.

    For queries and actions of this domain only, each of which asks for one row, or filters by reach.
    """
    with said(role=ACCOUNT_WORK):
        yield
