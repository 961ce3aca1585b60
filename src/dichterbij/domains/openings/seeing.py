"""Saying to the database that the work of employers' messages itself goes on, or that somebody came with their link."""

from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.domains.journal.saying import said

OWN_WORK = "message_work"


@contextmanager
def own_work() -> Iterator[None]:
    """A transaction in which every message and who sent it can be seen and written.

    Only after it was made sure that whoever asks may do what is done, or for the calendar's own work.
    """
    with said(role=OWN_WORK):
        yield


@contextmanager
def with_link(digest: str) -> Iterator[None]:
    """A transaction in which the message of this secret link, and who sent it, can be seen."""
    with said(token=digest):
        yield
