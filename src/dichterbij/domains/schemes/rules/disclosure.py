"""What of counts of applications is told to everybody, so that no one application can be picked out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5  # as in the other figures of the house: from 1 to 4 is "fewer than 5"


def shown(count: int) -> int | None:
    """The count itself, or None for one from 1 to 4."""
    return None if 0 < count < FEWEST else count


@dataclass(frozen=True, slots=True)
class Told:
    """Of many decisions: how many, how many were granted with how much, and why. None: too few to tell.

    `others`: everybody whose reason is not named, because too few had it.
    """

    count: int | None
    granted: int | None
    cents: int | None
    reasons: Mapping[str, int]
    others: int | None


def told(reasons: Mapping[str, int], *, granted: int, cents: int) -> Told:
    """What may be told of these. A reason that too few had is told together with the smallest others, and money only
    where neither those who got it nor those who did not are too few: else a sum less what is told would be the rest."""
    count = sum(reasons.values())
    hides = shown(granted) is None or shown(count - granted) is None
    named = dict(sorted(reasons.items(), key=lambda one: (-one[1], one[0])))
    others = 0
    while named and (0 < others < FEWEST or next(reversed(named.values())) < FEWEST):
        others += named.popitem()[1]
    return Told(shown(count), None if hides else granted, None if hides else cents, named, shown(others))
