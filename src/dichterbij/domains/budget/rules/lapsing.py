"""Temporary money and what becomes of what it pays. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class After(StrEnum):
    """What happens to an activity when its temporary money ends."""

    STOP = "stop"
    EXTEND = "extend"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class Source:
    """Money of one fund that is still to be used, and until when. `ends_on` None: no end is known."""

    fund: str
    tranche: str
    region: str
    cents: int
    ends_on: date | None
    said_by: str

    def days_left(self, today: date) -> int | None:
        """Whole days until the last day; below zero when it has passed."""
        return None if self.ends_on is None else (self.ends_on - today).days


def first_to_lapse(sources: list[Source]) -> tuple[Source, ...]:
    """What ends first stands first; what has no known end stands last."""
    return tuple(sorted(sources, key=lambda one: (one.ends_on or date.max, one.fund, one.tranche, one.region)))


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is paid with temporary money: from which sources, until when, and what was decided about after."""

    region: str
    name: str
    sources: tuple[Source, ...]
    ends_on: date | None
    after: After | None
    decided_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether its money has ended and nobody had decided by then."""
        if self.ends_on is None or today <= self.ends_on:
            return False
        return self.decided_on is None or self.decided_on > self.ends_on

    @property
    def waits_for_decision(self) -> bool:
        """Whether its money ends some day and nobody has said what happens then."""
        return self.ends_on is not None and self.after is None
