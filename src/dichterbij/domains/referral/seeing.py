"""Saying to the database that the work of hand-overs itself goes on, or that somebody came with their own link."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

OWN_WORK = "hand_over_work"


@contextmanager
def own_work() -> Iterator[None]:
    """A transaction in which every hand-over and letter can be seen and written.

    Only after it was made sure that whoever asks may do what is done, or for counting and the calendar's own work.
    """
    with _said("dichterbij.role", OWN_WORK):
        yield


@contextmanager
def with_link(digest: str) -> Iterator[None]:
    """A transaction in which the hand-over of this secret link can be seen."""
    with _said("dichterbij.token", digest):
        yield


def digest_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def _said(name: str, value: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield
        cursor.execute("SELECT set_config(%s, %s, true)", [name, before])  # after an error the savepoint did it
