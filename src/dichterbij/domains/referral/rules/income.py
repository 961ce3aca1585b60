"""Whether somebody has a benefit, as they say themselves: the share of people whom no desk has to know (E07)."""

from enum import StrEnum


class Income(StrEnum):
    """BENEFIT: has one; NONE: has none, so that no desk needs to know this person; UNTOLD: did not say."""

    BENEFIT = "benefit"
    NONE = "none"
    UNTOLD = "untold"
