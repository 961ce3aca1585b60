"""Reading events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.domains.journal.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: int
    at: datetime
    actor: str
    action: str
    data: Mapping[str, object]
    trace: UUID | None


def latest_events(
    *, action: str, limit: int = 1, before: int | None = None, about: Mapping[str, object] | None = None
) -> tuple[Event, ...]:
    """The newest events of one kind, newest first; empty when there are none.

    `before`: older than the event with this number. `about`: only with these data.
    """
    rows = AuditEvent.objects.filter(action=action).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if about:
        rows = rows.filter(data__contains=dict(about))
    return tuple(Event(row.pk, row.at, row.actor, row.action, row.data, row.trace) for row in rows[:limit])


def latest_event_key(*, action: str | tuple[str, ...]) -> str | None:
    """Tells the newest event of these kinds from every other, None when there is none: a cheap "has anything changed".

    Number and moment together, so that a restored or another database is not taken for the same one.
    """
    actions = (action,) if isinstance(action, str) else action
    newest = AuditEvent.objects.filter(action__in=actions).order_by("-id").values_list("id", "at").first()
    return f"{newest[0]} {newest[1].isoformat()}" if newest else None
