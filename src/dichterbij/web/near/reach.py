"""What is near, in the shape the pages need: each opening with its shortest bridge and the other ways to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.domains.matching.queries import Bridge


class Block(StrEnum):
    """The parts of the list, in the order in which they are shown."""

    NOW = "now"
    ONE = "one"
    MORE = "more"
    ASK = "ask"
    UNDESCRIBED = "undescribed"


def block_of(bridge: Bridge) -> Block:
    """Where a bridge stands in the list. What is not described, or not known about skills, is never ready to start."""
    if bridge.undescribed:
        return Block.UNDESCRIBED
    if "skills" in bridge.to_ask:
        return Block.ASK
    if bridge.starts_now:
        return Block.NOW
    return Block.ONE if bridge.steps <= 1 else Block.MORE


@dataclass(frozen=True)
class Near:
    """An opening within reach: its shortest way first, then the other routes."""

    opening_id: str
    ways: tuple[Bridge, ...]

    @property
    def way(self) -> Bridge:
        """The shortest."""
        return self.ways[0]

    @property
    def block(self) -> Block:
        """Where it stands in the list."""
        return block_of(self.way)


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
