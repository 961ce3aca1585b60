"""Where money can be, which moves there are, and what a posting is. Pure: no tables, no clock."""

from dichterbij.domains.budget.rules.places import (
    MOST_CENTS,
    MOVES,
    Account,
    Needs,
    Place,
    State,
    Transfer,
    euros,
    is_move,
    read_account,
)
from dichterbij.domains.budget.rules.postings import MOST_TRANSFERS, Posted, net

__all__ = [
    "MOST_CENTS",
    "MOST_TRANSFERS",
    "MOVES",
    "Account",
    "Needs",
    "Place",
    "Posted",
    "State",
    "Transfer",
    "euros",
    "is_move",
    "net",
    "read_account",
]
