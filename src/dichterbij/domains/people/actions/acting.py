"""Saying to the database for whom something is done: the person's own page, a form with the person beside it, or the
work of answering who asked a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from dichterbij.domains.journal.saying import said
from dichterbij.domains.people.secret import pseudonym

LINK_WORK = "own_page_work"


@contextmanager
def acting_for(person: UUID) -> Iterator[None]:
    """A transaction in which everything of this person can be seen and written; inside another only for its stretch.

    Whoever opens it has made sure that the person is there, or that the actor may see them.
    """
    with said(person=str(person), subject=pseudonym(person)):
        yield


@contextmanager
def answering() -> Iterator[None]:
    """A transaction in which is seen who asked a link; inside another only for its stretch."""
    with said(role=LINK_WORK):
        yield
