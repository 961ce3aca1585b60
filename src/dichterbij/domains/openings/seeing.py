"""Saying to the database that the work of employers' messages itself goes on, or that somebody came with their link."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

OWN_WORK = "message_work"


@contextmanager
def own_work() -> Iterator[None]:
    """A transaction in which every message and who sent it can be seen and written.

    Only after it was made sure that whoever asks may do what is done, or for the calendar's own work.
    """
    with _said("dichterbij.role", OWN_WORK):
        yield


@contextmanager
def with_link(digest: str) -> Iterator[None]:
    """A transaction in which the message of this secret link, and who sent it, can be seen."""
    with _said("dichterbij.token", digest):
        yield


@contextmanager
def _said(name: str, value: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield
        cursor.execute("SELECT set_config(%s, %s, true)", [name, before])  # after an error the savepoint did it
