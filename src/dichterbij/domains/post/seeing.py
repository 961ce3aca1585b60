"""Saying to the database that the post itself is at work: nobody else sees a letter, or its address."""

from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.domains.journal.saying import said

OWN_WORK = "post_work"


@contextmanager
def own_work(*, committed: bool = False) -> Iterator[None]:
    """A transaction in which letters can be seen and written; inside another one only for its own stretch.

    `committed`: at the end everything is really kept; an error inside somebody else's transaction.
    """
    with said(durable=committed, role=OWN_WORK):
        yield
