"""Cuts lists into stretches of people whose bridges are worked out together: as much as fits in a bounded memory."""

from collections.abc import Iterator

import numpy as np

from dichterbij.engine.arrays import I32, I64
from dichterbij.engine.index import Index

SKILLS_AT_A_TIME = 8_000_000  # of the openings on the lists of a stretch: about 80 MB of work space a thread


def stretches(index: Index, lists: I32, rows_at_a_time: int) -> Iterator[tuple[int, int]]:
    """First and last (not included) row of the lists of each stretch, on end.

    At most so many bridges and SKILLS_AT_A_TIME skills, unless those of one person are more.
    """
    openings = index.openings
    counts = np.diff(openings.essential.start) + np.diff(openings.optional.start)
    skills = np.append(counts[index.row_of], 0)  # the last one: of the -1 after a list's end
    size = max(1, rows_at_a_time // max(1, lists.shape[1]))
    for start in range(0, len(lists), size):
        ends = np.cumsum(skills[lists[start : start + size]].sum(axis=1, dtype=np.int64))
        first = 0
        for last in _cuts(ends):
            yield start + first, start + last
            first = last


def _cuts(ends: I64) -> Iterator[int]:
    """Where each stretch ends; `ends` are the skills of all people up to and with each."""
    first = 0
    while first < len(ends):
        before = ends[first - 1] if first else 0
        first = max(first + 1, int(np.searchsorted(ends, before + SKILLS_AT_A_TIME, side="right")))
        yield first
