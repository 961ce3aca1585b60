"""Reading rounds, receipts and decisions; and deciding them all again, to compare."""

from dichterbij.domains.schemes.queries.applying import (
    ContactRow,
    Known,
    OwnRow,
    contact_of,
    known_from,
    known_of,
    own_applications,
    own_letter,
)
from dichterbij.domains.schemes.queries.drawn import DrawRow, Entries, Entry, draws, entries, list_with, waits_for_draw
from dichterbij.domains.schemes.queries.listing import (
    DecisionRow,
    ReceiptRow,
    RoundRow,
    receipts,
    rounds,
    status,
)
from dichterbij.domains.schemes.queries.opened import by_key, hears_after, key_of, open_now, open_schemes, opened_last
from dichterbij.domains.schemes.queries.replaying import Difference, Replayed, replay

__all__ = [
    "ContactRow",
    "DecisionRow",
    "Difference",
    "DrawRow",
    "Entries",
    "Entry",
    "Known",
    "OwnRow",
    "ReceiptRow",
    "Replayed",
    "RoundRow",
    "by_key",
    "contact_of",
    "draws",
    "entries",
    "hears_after",
    "key_of",
    "known_from",
    "known_of",
    "list_with",
    "open_now",
    "open_schemes",
    "opened_last",
    "own_applications",
    "own_letter",
    "receipts",
    "replay",
    "rounds",
    "status",
    "waits_for_draw",
]
