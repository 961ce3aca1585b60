"""Writing to the journal, inside the transaction of the action that is told about."""

from collections.abc import Mapping
from datetime import datetime

from dichterbij.domains.journal.models import AuditEvent


def record(*, actor: str, action: str, data: Mapping[str, object], now: datetime) -> int:
    """Add one event, `action` as `thing.verb`; returns its number. `now` has a time zone."""
    return AuditEvent.objects.create(at=now, actor=actor, action=action, data=dict(data)).pk
