"""Reading rounds, receipts and decisions; and deciding them all again, to compare."""

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
    "DecisionRow",
    "Difference",
    "Listed",
    "ReceiptRow",
    "Replayed",
    "RoundRow",
    "by_key",
    "complete_between",
    "open_now",
    "open_schemes",
    "opened_last",
    "receipts",
    "replay",
    "rounds",
    "status",
]
