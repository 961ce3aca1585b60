"""Saying to the database who acts, for one transaction: policies let through what is theirs, and nothing without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.saying import said


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction in which this actor's rows can be seen and written; inside another one only for its own stretch."""
    organisation = str(actor.organisation) if actor.organisation else ""
    with said(user=str(actor.user), organisation=organisation, region=actor.region, role=actor.role.value):
        yield
