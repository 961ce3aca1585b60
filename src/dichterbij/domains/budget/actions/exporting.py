"""That somebody took the whole ledger along is told, as every look at it that leaves the house."""

from datetime import datetime

from django.db import transaction

from dichterbij.domains.journal.actions import record


def note_export(*, kind: str, actor: str, now: datetime) -> None:
    """One event: who took it, in which form."""
    with transaction.atomic():
        record(actor=actor, action="budget.exported", data={"kind": kind}, now=now)
