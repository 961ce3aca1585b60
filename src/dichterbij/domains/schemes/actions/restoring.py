"""After an old backup was put back: numbers that were given since then are never given to somebody else."""

from datetime import datetime

from django.db import connection, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.rules.proof import number_of

SKIPPED_EVENT = "schemes.numbers_skipped"  # payments stop by it until they were compared: cases.resuming
SKIPPED = 1_000_000  # more than anybody receives between two backups


def skip_numbers(*, actor: Actor | str, now: datetime) -> str:
    """Leave out so many numbers; the first that is given again. As the owner of the database.

    Who applied in the lost time holds a number and a proof that are not here: the same key sent again gives a new one.
    Nothing is paid until the payment files of the lost time were compared.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence('schemes_receipt', 'id')")
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, SKIPPED])
        (last,) = cursor.fetchone()
        first = number_of(last + 1)
        record(actor=str(actor), action=SKIPPED_EVENT, data={"skipped": SKIPPED, "first": first}, now=now)
    return first
