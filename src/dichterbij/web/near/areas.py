"""Postcode areas in an address: `1811-1815.1823` is every area from 1811 up to 1815, and 1823.

Where work is says nothing about who looks, so this filter may stand in the address bar.
"""

import re
from collections.abc import Iterable

LONGEST = 1_500
PART = re.compile(r"([1-9]\d{3})(?:-([1-9]\d{3}))?", re.ASCII)


class Known:
    """The areas that a page knows of: among them those that follow each other are written as from-to."""

    def __init__(self, pc4s: Iterable[int]) -> None:
        self._at = {pc4: at for at, pc4 in enumerate(sorted(set(pc4s)))}

    def written(self, chosen: Iterable[int]) -> str:
        """The chosen areas, short. Areas that were not known are as if they had been."""
        kept = sorted(set(chosen))
        if not self._at.keys() >= set(kept):
            return Known({*self._at, *kept}).written(kept)
        runs: list[list[int]] = []
        for pc4 in kept:
            if runs and self._at[pc4] == self._at[runs[-1][-1]] + 1:
                runs[-1].append(pc4)
            else:
                runs.append([pc4])
        return ".".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def read(text: str) -> tuple[range, ...]:
    """What stands in an address; ValueError for what we never write."""
    if len(text) > LONGEST:
        raise ValueError("longer than any list of ours")
    found = [PART.fullmatch(part) for part in text.split(".")]
    if not all(found):
        raise ValueError("no postcode areas")
    return tuple(range(int(part[1]), int(part[2] or part[1]) + 1) for part in found if part)
