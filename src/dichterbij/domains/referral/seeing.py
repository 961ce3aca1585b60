"""Saying to the database that the work of hand-overs itself goes on, or that somebody came with their own link."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.domains.journal.saying import said

OWN_WORK = "hand_over_work"


@contextmanager
def own_work() -> Iterator[None]:
    """A transaction in which every hand-over and letter can be seen and written.

    Only after it was made sure that whoever asks may do what is done, or for counting and the calendar's own work.
    """
    with said(role=OWN_WORK):
        yield


@contextmanager
def with_link(digest: str) -> Iterator[None]:
    """A transaction in which the hand-over of this secret link can be seen."""
    with said(token=digest):
        yield


def digest_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
