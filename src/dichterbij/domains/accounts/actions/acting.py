"""Saying to the database who acts, for one transaction: policies let through what is theirs, and nothing without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from dichterbij.domains.accounts.rules import Actor

_SAY = """
    SELECT set_config('dichterbij.user', %s, true), set_config('dichterbij.organisation', %s, true),
           set_config('dichterbij.region', %s, true), set_config('dichterbij.role', %s, true)
"""
_SAID = """
    SELECT coalesce(current_setting('dichterbij.user', true), ''),
           coalesce(current_setting('dichterbij.organisation', true), ''),
           coalesce(current_setting('dichterbij.region', true), ''),
           coalesce(current_setting('dichterbij.role', true), '')
"""


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction in which this actor's rows can be seen and written; inside another one only for its own stretch."""
    organisation = str(actor.organisation) if actor.organisation else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SAID)
        before = cursor.fetchone()
        cursor.execute(_SAY, [str(actor.user), organisation, actor.region, actor.role.value])
        yield
        cursor.execute(_SAY, list(before))  # after an error the savepoint has taken it back already
