"""Postcode areas in an address: `1811-1815.1823` is every area from 1811 up to 1815, and 1823.

Where work is says nothing about who looks, so this filter may stand in the address bar.
"""

import re
from collections.abc import Iterable

LONGEST = 1_500
PART = re.compile(r"([1-9]\d{3})(?:-([1-9]\d{3}))?", re.ASCII)


def written(chosen: Iterable[int], known: Iterable[int]) -> str:
    """The chosen areas, short: those that follow each other among the known ones as from-to."""
    kept = set(chosen)
    runs: list[list[int]] = []
    follows = False
    for pc4 in sorted({*known, *kept}):
        if pc4 in kept:
            if follows:
                runs[-1].append(pc4)
            else:
                runs.append([pc4])
        follows = pc4 in kept
    return ".".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def read(text: str) -> tuple[range, ...]:
    """What stands in an address; ValueError for what we never write."""
    if len(text) > LONGEST:
        raise ValueError("longer than any list of ours")
    found = [PART.fullmatch(part) for part in text.split(".")]
    if not all(found):
        raise ValueError("no postcode areas")
    return tuple(range(int(part[1]), int(part[2] or part[1]) + 1) for part in found if part)
