"""Saying to the database that the work of schemes itself goes on: nobody else sees an application."""

from contextlib import AbstractContextManager

from dichterbij.domains.journal.saying import said

OWN_WORK = "schemes_work"


def own_work(*, durable: bool = False) -> AbstractContextManager[None]:
    """A transaction in which receipts and decisions can be seen and added. `durable`: really kept at its end."""
    return said(role=OWN_WORK, durable=durable)
