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
    """The three pictures of a region, each with most people first."""

    drawing: Drawing
    steps: tuple[Counted, ...]
    no_bridge: tuple[Counted, ...]
    lifts: tuple[Counted, ...]
    without_bridge: int | None
    without_step: int | None


Row = tuple[str, str, int, int | None]


def pictures(drawing: Drawing, rows: Iterable[Row]) -> RegionPictures:
    """From rows of picture, code, people and median. Numbers under SMALLEST are hidden, with the median behind them."""
    kept = list(rows)
    blocked = sum(people for picture, _, people, _ in kept if picture == Picture.NO_BRIDGE)
    alone = {code: people for picture, code, people, _ in kept if picture == Picture.STEP}
    return RegionPictures(
        drawing=drawing,
        steps=_of(Picture.STEP, kept),
        no_bridge=_of(Picture.NO_BRIDGE, kept),
        lifts=_of(Picture.LIFT, kept),
        without_bridge=hidden(blocked),
        without_step=hidden(alone.get(NONE, 0)),
    )


def hidden(people: int) -> int | None:
    """The number itself, or None when it is 1 to 4."""
    return people if people == 0 or people >= SMALLEST else None


def _of(picture: Picture, rows: list[Row]) -> tuple[Counted, ...]:
    found = [row[1:] for row in rows if row[0] == picture and row[1] != NONE]
    ordered = sorted(found, key=lambda row: (-row[1], row[0]))
    return tuple(Counted(code, hidden(people), median if hidden(people) else None) for code, people, median in ordered)
