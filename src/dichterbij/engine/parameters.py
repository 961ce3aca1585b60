"""What the kernel needs to know besides people and openings: rule values, postcode points, learn weeks. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

MODES = ("walk", "bike", "ebike", "moped", "public_transport", "car")
DAYPARTS = ("weekday", "evening", "night", "saturday", "sunday")
AGREEMENTS = ("job", "learning_place", "volunteer", "work_experience")
REUSE_LEVELS = ("transversal", "cross-sector", "sector-specific", "occupation-specific")
LEADS = ("ebike", "childcare", "adaptation", "carving", "learn_work", "onboarding")

NOT_LEARNABLE = 255


@dataclass(frozen=True, eq=False)
class Places:
    """The postcode table: one point per four-digit postcode. Not a parameter."""

    pc4: IntArray
    latitude: FloatArray
    longitude: FloatArray
    municipality: tuple[str, ...]

    @cached_property
    def place_of_pc4(self) -> IntArray:
        """Row of the table for each number 0..9999, -1 for a postcode that the table lacks."""
        rows = np.full(10_000, -1, dtype=np.int64)
        rows[self.pc4] = np.arange(len(self.pc4))
        return rows

    def places(self, pc4: IntArray) -> IntArray:
        """Row of the table per postcode, -1 where the table lacks it."""
        inside = (pc4 >= 0) & (pc4 < 10_000)
        return np.where(inside, self.place_of_pc4[np.where(inside, pc4, 0)], -1)


@dataclass(frozen=True)
class Mode:
    """A way to travel: fixed minutes, and segments of (up to so many metres or None, thousandths of a minute a km)."""

    code: str
    fixed: int
    per_km: tuple[tuple[int | None, int], ...]


@dataclass(frozen=True)
class Water:
    """Municipalities behind water; extra minutes a mode to cross it, None where it cannot be crossed."""

    name: str
    municipalities: frozenset[str]
    extra: Mapping[str, int | None]


@dataclass(frozen=True)
class Licence:
    """Weeks to a licence or certificate, the codes it needs first and the codes it includes."""

    weeks: int
    needs: tuple[str, ...]
    includes: tuple[str, ...]


@dataclass(frozen=True)
class Learning:
    """Weeks to learn one missing skill: by URI, else by ESCO reuse level, else `unknown`."""

    reuse_level: Mapping[str, int]
    unknown: int
    own: Mapping[str, int]
    list_counts_as: int
    cap: int


@dataclass(frozen=True)
class Source:
    """Where the values of one parameter file come from."""

    file: str
    valid_from: date | None
    source: str | None
    checked_on: date | None


@dataclass(frozen=True)
class Parameters:
    """All rule values of one day, with the postcode table and the reuse levels of skills."""

    valid_from: date
    intrazonal_metres: int
    modes: tuple[Mode, ...]
    water: tuple[Water, ...]
    licences: Mapping[str, Licence]
    adaptable: tuple[str, ...]
    not_adaptable: tuple[str, ...]
    lead: Mapping[str, int]
    open_hiring_queue: int
    dutch_per_level: int
    learning: Learning
    places: Places
    reuse_levels: Mapping[str, str]
    sources: tuple[Source, ...] = ()
    digest: str = ""
    reference_digest: str = field(default="", compare=False)

    @property
    def demands(self) -> tuple[str, ...]:
        """Every code a demand may have, in the order of the bits of a mask."""
        return (*self.adaptable, *self.not_adaptable)

    def mode(self, code: str) -> Mode | None:
        """The mode with this code; None when nobody can travel that way."""
        return next((mode for mode in self.modes if mode.code == code), None)

    def learn_weeks(self, skill: str) -> int:
        """Weeks to learn this skill when it is missing; 255 = cannot be learned here."""
        own = self.learning.own.get(skill)
        if own is not None:
            return own
        level = self.reuse_levels.get(skill)
        return self.learning.unknown if level is None else self.learning.reuse_level.get(level, self.learning.unknown)
