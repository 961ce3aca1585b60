"""Is this person known at another desk? Only yes or no, for a desk, and not without end."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import DatabaseError, connection, transaction

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people.errors import AskedTooOftenError
from dichterbij.domains.people.rules import NewContact
from dichterbij.domains.people.secret import digest_of


def same_elsewhere(contacts: Iterable[NewContact], *, actor: Actor | None = None) -> bool:
    """Whether somebody with one of these contacts is registered whom the asking organisation may not see.

    Who asks is `actor`, or else whoever acts now; nobody signed in always gets no. AskedTooOftenError past the day's
    limit, ContactError for what is no contact.
    """
    digests = [digest_of(contact) for contact in contacts]
    if not digests:
        return False
    with acting(actor) if actor else nullcontext(), _limited(), connection.cursor() as cursor:
        cursor.execute("SELECT people_same_elsewhere(%s::bytea[])", [digests])
        return bool(cursor.fetchone()[0])


@contextmanager
def _limited() -> Iterator[None]:
    """A stretch in which the database's "too often" becomes ours."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        if "asked too often" not in str(error):
            raise
        text = "Your organisation asked this too often today. It is possible again tomorrow."
        raise AskedTooOftenError(text) from error
