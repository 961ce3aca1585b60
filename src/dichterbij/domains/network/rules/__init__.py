"""National employers, contact persons and mailings as values. Pure: no tables, no clock."""

from dichterbij.domains.network.rules.employers import (
    EXPERT,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    ROUTES,
    NetworkTerms,
    NewEmployer,
    NewSite,
    SiteState,
    Status,
    network_terms,
    sectors,
)
from dichterbij.domains.network.rules.names import checked_kvk, name_key, near_names

__all__ = [
    "EXPERT",
    "LONGEST_LINE",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "ROUTES",
    "NetworkTerms",
    "NewEmployer",
    "NewSite",
    "SiteState",
    "Status",
    "checked_kvk",
    "name_key",
    "near_names",
    "network_terms",
    "sectors",
]
