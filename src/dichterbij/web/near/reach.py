"""What is near, in the shape the pages need: each opening with its shortest bridge and the other ways to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Block(StrEnum):
    """The parts of the list, in the order in which they are shown."""

    NOW = "now"
    ONE = "one"
    MORE = "more"
    ASK = "ask"
    UNDESCRIBED = "undescribed"


@dataclass(frozen=True)
class Way:
    """One route's bridge to an opening; fields as in `bridge.md`."""

    route: str
    undescribed: bool
    weeks_to_start: int
    steps: int
    weeks_learning: int
    travel_minutes: int
    mode: str
    step_codes: tuple[str, ...]
    agreed_hours: int
    missing: tuple[str, ...]
    to_ask: tuple[str, ...]

    @property
    def block(self) -> Block:
        """Where it stands in the list. What is not described or not known about skills never counts as ready to start."""
        if self.undescribed:
            return Block.UNDESCRIBED
        if "skills" in self.to_ask:
            return Block.ASK
        if self.steps == 0 and self.weeks_to_start == 0:
            return Block.NOW
        return Block.ONE if self.steps <= 1 else Block.MORE


@dataclass(frozen=True)
class Near:
    """An opening within reach: its shortest way first, then the other routes."""

    opening_id: str
    ways: tuple[Way, ...]

    @property
    def way(self) -> Way:
        """The shortest."""
        return self.ways[0]


@dataclass(frozen=True)
class Facts:
    """What the pages show of an opening besides its bridge."""

    opening_id: str
    title: str
    employer: str
    place: str
    region_code: str
    agreement: str
    hours_min: int
    hours_max: int
    dayparts: tuple[str, ...]
    latest_start: date | None
    wage_min_cents: int | None
    wage_max_cents: int | None
    sector: str
    group: str
    occupation: str
    open_hiring: bool
    invented: bool


@dataclass(frozen=True)
class StepWeeks:
    """How long one step takes: weeks before the start, and weeks of learning while working."""

    lead: int
    learning: int
