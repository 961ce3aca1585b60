"""Writing to the journal, inside the transaction of the action that is told about."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dichterbij.domains.journal.models import AuditEvent


def record(*, actor: str, action: str, data: Mapping[str, object], now: datetime, trace: UUID | None = None) -> int:
    """Add one event, `action` as `thing.verb`; returns its number. `now` has a time zone.

    `trace` is that of the processing log's rows about the same act.
    """
    return AuditEvent.objects.create(at=now, actor=actor, action=action, data=dict(data), trace=trace).pk
