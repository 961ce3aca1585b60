"""Reading the journal: what happened, whose data were used, and whether anything was changed afterwards."""

from dichterbij.domains.journal.queries.chain import Chain, Fault, Head, Kind, read_head, verify
from dichterbij.domains.journal.queries.events import Event, latest_event_key, latest_events
from dichterbij.domains.journal.queries.uses import UseRow, uses_of

__all__ = [
    "Chain",
    "Event",
    "Fault",
    "Head",
    "Kind",
    "UseRow",
    "latest_event_key",
    "latest_events",
    "read_head",
    "uses_of",
    "verify",
]
