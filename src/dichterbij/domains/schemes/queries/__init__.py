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
from dichterbij.domains.schemes.queries.listing import (
    DecisionRow,
    Listed,
    ReceiptRow,
    RoundRow,
    complete_between,
    receipts,
    rounds,
    status,
)
from dichterbij.domains.schemes.queries.opened import by_key, open_now, open_schemes, opened_last
from dichterbij.domains.schemes.queries.replaying import Difference, Replayed, replay

__all__ = [
    "ContactRow",
    "DecisionRow",
    "Difference",
    "Known",
    "Listed",
    "OwnRow",
    "ReceiptRow",
    "Replayed",
    "RoundRow",
    "by_key",
    "complete_between",
    "contact_of",
    "known_from",
    "known_of",
    "open_now",
    "open_schemes",
    "opened_last",
    "own_applications",
    "own_letter",
    "receipts",
    "replay",
    "rounds",
    "status",
]
