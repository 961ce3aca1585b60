"""Reading openings for matching and pages, and what employers sent about one."""

from dichterbij.domains.openings.queries.messages import (
    MessageRow,
    SenderRow,
    latest_messages,
    message_of,
    sender_of,
)
from dichterbij.domains.openings.queries.openings import (
    OpeningRow,
    Task,
    latest_delivery,
    latest_edition,
    opening,
    openings,
    openings_table,
    write_openings,
)

__all__ = [
    "MessageRow",
    "OpeningRow",
    "SenderRow",
    "Task",
    "latest_delivery",
    "latest_edition",
    "latest_messages",
    "message_of",
    "opening",
    "openings",
    "openings_table",
    "sender_of",
    "write_openings",
]
