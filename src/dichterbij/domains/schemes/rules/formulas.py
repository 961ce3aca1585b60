"""What an application is worth, without scarcity: six named formulas over whole numbers, for one and for many.

Every formula rounds as it says and never sees a float, nor a number below zero: those were refused before.
`quantity` is weeks, months or places; costs are in cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the formulas look at. `own_cents`: what the applicant puts in; `category`: place in the scheme's list."""

    quantity: int
    cost_cents: int
    own_cents: int
    category: int


@dataclass(frozen=True, slots=True)
class AskedColumns:
    """The same for many applications, one array each."""

    quantity: I64
    cost_cents: I64
    own_cents: I64
    category: I64


class Formula(Protocol):
    """Cents for one application or for many: the same answer. Never below zero."""

    @property
    def name(self) -> str: ...

    def one(self, asked: Asked) -> int: ...
    def many(self, asked: AskedColumns) -> I64: ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same amount for every application."""

    cents: int
    name: str = "fixed"

    def one(self, asked: Asked) -> int:
        """The amount."""
        return self.cents

    def many(self, asked: AskedColumns) -> I64:
        """The amount, each time."""
        return np.full(len(asked.quantity), self.cents, np.int64)


@dataclass(frozen=True, slots=True)
class PerUnit:
    """An amount per unit, for at most so many units; units beyond that add nothing."""

    cents: int
    most: int
    name: str = "per_unit"

    def one(self, asked: Asked) -> int:
        """The amount times the units that count."""
        return self.cents * min(asked.quantity, self.most)

    def many(self, asked: AskedColumns) -> I64:
        """The same for every row."""
        return self.cents * np.minimum(asked.quantity, self.most)


@dataclass(frozen=True, slots=True)
class ProRata:
    """A full amount for so many units, and a part of it for less; a broken cent is rounded down."""

    cents: int
    units: int
    name: str = "pro_rata"

    def one(self, asked: Asked) -> int:
        """The part that belongs to the units."""
        return self.cents * min(asked.quantity, self.units) // self.units

    def many(self, asked: AskedColumns) -> I64:
        """The same for every row."""
        return self.cents * np.minimum(asked.quantity, self.units) // self.units


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the costs, with a maximum when there is one; half a cent is rounded up."""

    numerator: int
    denominator: int
    most_cents: int | None
    name: str = "share"

    def one(self, asked: Asked) -> int:
        """The share of the costs."""
        share = (2 * self.numerator * asked.cost_cents + self.denominator) // (2 * self.denominator)
        return share if self.most_cents is None else min(share, self.most_cents)

    def many(self, asked: AskedColumns) -> I64:
        """The same for every row."""
        doubled = 2 * self.numerator * asked.cost_cents + self.denominator
        share: I64 = doubled // (2 * self.denominator)
        return share if self.most_cents is None else np.minimum(share, self.most_cents)


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs less what the applicant puts in, with a maximum when there is one."""

    most_cents: int | None
    name: str = "costs"

    def one(self, asked: Asked) -> int:
        """What is left of the costs."""
        left = max(0, asked.cost_cents - asked.own_cents)
        return left if self.most_cents is None else min(left, self.most_cents)

    def many(self, asked: AskedColumns) -> I64:
        """The same for every row."""
        left: I64 = np.maximum(asked.cost_cents - asked.own_cents, 0)
        return left if self.most_cents is None else np.minimum(left, self.most_cents)


@dataclass(frozen=True, slots=True)
class ByCategory:
    """An amount for each category; no category, no amount."""

    cents: Mapping[int, int]
    name: str = "by_category"

    def one(self, asked: Asked) -> int:
        """The amount of its category."""
        return self.cents.get(asked.category, 0)

    def many(self, asked: AskedColumns) -> I64:
        """The same for every row."""
        amounts = np.zeros(max(self.cents) + 2, np.int64)  # the last one is for no category
        amounts[list(self.cents)] = list(self.cents.values())
        known = (asked.category >= 0) & (asked.category < len(amounts) - 1)
        return amounts[np.where(known, asked.category, len(amounts) - 1)]
