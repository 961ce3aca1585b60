"""ESCO concepts as small numbers, so that many answers fit in one cookie."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from dichterbij.data import reference_table

TABLES = {"occupation": "occupations.parquet", "skill": "skills.parquet"}


@dataclass(frozen=True)
class Numbering:
    """One kind of concept in a fixed order. `stamp` changes with the order, and makes older cookies unreadable."""

    uris: tuple[str, ...]
    numbers: dict[str, int]
    stamp: str

    def number_of(self, uri: str) -> int | None:
        """The number of a URI; None for one the packaged ESCO does not know."""
        return self.numbers.get(uri)

    def pack(self, uris: tuple[str, ...]) -> list[int]:
        """Sorted differences between the numbers: short, and zlib likes them."""
        numbers = sorted(self.numbers[uri] for uri in uris if uri in self.numbers)
        return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]

    def unpack(self, steps: list[int]) -> tuple[str, ...]:
        """The URIs of packed numbers; IndexError or TypeError when they are not ours."""
        found, number = [], 0
        for step in steps:
            number += step
            found.append(self.uris[number])
        return tuple(found)


@lru_cache(maxsize=2)
def numbering(kind: str) -> Numbering:
    """The numbering of `occupation` or `skill`, from the packaged ESCO tables."""
    uris = tuple(sorted(reference_table("esco", TABLES[kind]).column("uri").to_pylist()))
    stamp = hashlib.sha256("\n".join(uris).encode()).hexdigest()[:8]
    return Numbering(uris=uris, numbers={uri: number for number, uri in enumerate(uris)}, stamp=stamp)
