"""A sample that anybody can draw again: the same seed and the same list give the same sample, in any order.

Each application has a lot, sha256 of the seed and its key. From each class the lowest lots are taken: its rate says how
many, so the chance to be in it is known for everybody. Nothing is random but the seed, and that is written down.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dichterbij.domains.schemes.rules.checks.signals import Checks, Signal, SignalCode
from dichterbij.rules.outcome import Reason
from dichterbij.shared.errors import InputError

WHOLE = 10_000


class RiskClass(StrEnum):
    """How much reason there is to look."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Stratum:
    """One class: how many there are, how many were taken, and so how likely each was to be taken."""

    name: str
    size: int
    taken: tuple[str, ...]

    @property
    def chance(self) -> Fraction:
        """The inclusion probability of each in this class."""
        return Fraction(len(self.taken), self.size) if self.size else Fraction(0)


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample with what is needed to draw it again. `list_digest`: of all keys with their class."""

    seed: str
    list_digest: str
    strata: tuple[Stratum, ...]

    @property
    def taken(self) -> tuple[str, ...]:
        """Every application in the sample."""
        return tuple(key for stratum in self.strata for key in stratum.taken)

    def signals(self, code: SignalCode, *, checks: Checks) -> tuple[Signal, ...]:
        """A flag on each of them, with its chance and the seed."""
        return tuple(
            Signal(code, (key,), Reason(f"check.{code.value}", checks.source, self._inputs(stratum)))
            for stratum in self.strata
            for key in stratum.taken
        )

    def _inputs(self, stratum: Stratum) -> dict[str, object]:
        return {
            "class": stratum.name, "seed": self.seed, "size": stratum.size, "taken": len(stratum.taken),
            "chance": str(stratum.chance),
        }  # fmt: skip


def risk_class(codes: Iterable[SignalCode]) -> RiskClass:
    """By the flags that are there already: none is low, one middle, more high. Our assumption."""
    count = len(set(codes) - {SignalCode.RISK_SAMPLE, SignalCode.RANDOM_SAMPLE})
    return (RiskClass.LOW, RiskClass.MIDDLE)[count] if count < 2 else RiskClass.HIGH


def draw_sample(classes: Mapping[str, str], rates: Mapping[str, int], *, seed: str) -> Draw:
    """Of each class so many of ten thousand, rounded up. InputError for a class without a rate, or no seed."""
    if not seed:
        raise InputError("A sample needs a seed: it is written down, so that it can be drawn again.", field="seed")
    unknown = sorted(set(classes.values()) - set(rates))
    if unknown:
        raise InputError(f"There is no rate for {unknown[0]}: there is {', '.join(rates)}.", field="rates")
    by_class = defaultdict(list)
    for key, name in classes.items():
        by_class[name].append(key)
    strata = tuple(_taken(name, by_class.get(name, []), rate, seed) for name, rate in rates.items())
    listed = "\n".join(f"{key}\t{classes[key]}" for key in sorted(classes))
    return Draw(seed, hashlib.sha256(listed.encode()).hexdigest(), strata)


def _taken(name: str, keys: list[str], rate: int, seed: str) -> Stratum:
    size = -(-len(keys) * rate // WHOLE)
    lots = sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}\n{key}".encode()).digest(), key))
    return Stratum(name, len(keys), tuple(lots[:size]))
