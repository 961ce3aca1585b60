"""What holds invented people back in a region, as it was drawn beforehand; small numbers stay hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SMALLEST = 5
NONE = "none"


class Picture(StrEnum):
    """What is counted: a step that alone lies in between, a rule without which there would be a bridge, a change."""

    STEP = "step"
    NO_BRIDGE = "no_bridge"
    LIFT = "lift"


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of the people. `people` None: at least one and fewer than SMALLEST.

    `median_openings`: for half of them at least so many openings lie behind it; None where that says nothing.
    """

    code: str
    people: int | None
    median_openings: int | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the pictures were drawn."""

    on: date
    seed: int
    people: int
    openings: int


@dataclass(frozen=True, slots=True)
class RegionPictures:
    """The three pictures of a region, each with most people first and the hidden numbers last, by code.

    `without_bridge`: the sum of the numbers that are told; with a hidden one beside them it is "at least".
    """

    drawing: Drawing
    steps: tuple[Counted, ...]
    no_bridge: tuple[Counted, ...]
    lifts: tuple[Counted, ...]

    @property
    def without_bridge(self) -> int:
        """How many people have no bridge at all, as far as it is told."""
        return sum(row.people or 0 for row in self.no_bridge)


Row = tuple[str, str, int, int | None]


def pictures(drawing: Drawing, rows: Iterable[Row]) -> RegionPictures:
    """From rows of picture, code, people and median. Numbers under SMALLEST are hidden, with the median behind them.

    How many people no row counts (NONE) is never told: beside it a hidden number would follow from the total.
    """
    kept = list(rows)
    return RegionPictures(
        drawing=drawing,
        steps=_of(Picture.STEP, kept),
        no_bridge=_of(Picture.NO_BRIDGE, kept),
        lifts=_of(Picture.LIFT, kept),
    )


def hidden(people: int) -> int | None:
    """The number itself, or None when it is 1 to 4."""
    return people if people == 0 or people >= SMALLEST else None


def _of(picture: Picture, rows: list[Row]) -> tuple[Counted, ...]:
    found = [row[1:] for row in rows if row[0] == picture and row[1] != NONE]
    counted = (Counted(code, hidden(people), median if hidden(people) else None) for code, people, median in found)
    return tuple(sorted(counted, key=lambda row: (-(row.people or 0), row.code)))
