"""What is near, in the shape the pages need: each opening with its shortest bridge and the other ways to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.domains.matching.queries import Bridge


class Block(StrEnum):
    """The parts of the list, in the order in which they are shown."""

    NOW = "now"
    MAYBE = "maybe"
    ONE = "one"
    MORE = "more"
    ASK = "ask"
    UNDESCRIBED = "undescribed"


# Waiting for a turn on an open-hiring list: one thing to wait for, beside the steps.
QUEUE = "queue"
# What is not known and decides whether somebody can, or may, do the work at all.
DECIDES = frozenset({"skills", "legal"})
# What is not known and may turn out to be a step.
MAY_BE_A_STEP = frozenset({"licences", "dutch", "level"})


def in_between(bridge: Bridge) -> tuple[str, ...]:
    """Everything that lies in between, as codes: the wait on the list, then each step. Also steps without weeks."""
    waits = bridge.route == "open_hiring" and bridge.weeks_to_start > 0
    return (QUEUE, *bridge.step_codes) if waits else bridge.step_codes


def block_of(bridge: Bridge) -> Block:
    """Where a bridge stands in the list: what its planks show. What may not fit at all is never ready to start."""
    if bridge.undescribed:
        return Block.UNDESCRIBED
    if DECIDES & set(bridge.to_ask):
        return Block.ASK
    many = len(in_between(bridge))
    if many == 0:
        return Block.MAYBE if MAY_BE_A_STEP & set(bridge.to_ask) else Block.NOW
    return Block.ONE if many == 1 else Block.MORE


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
