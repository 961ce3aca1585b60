"""Which ids stood in an earlier row: exact, in ten bytes an id as long as none comes back."""

from collections.abc import Callable
from itertools import chain
from typing import cast

import numpy as np
import pyarrow as pa

from dichterbij.engine.vectors import BoolArray, IntArray


class Seen:
    """The ids of the rows so far.

    Hashes of ids in sorted arrays, each at least twice as long as the next, find out that no id of a run came before
    (a set of 1.2 million texts takes 130 MB). When a hash comes back the texts themselves decide, from then on.
    """

    def __init__(self, hash_of: Callable[[str], int] = hash) -> None:
        self._hash_of = hash_of
        self._hashes: list[IntArray] = []
        self._runs: list[pa.StringArray] = []
        self._texts: set[str] | None = None

    def again(self, ids: pa.StringArray) -> BoolArray:
        """Which of these rows hold an id that an earlier row has; empty ids are never seen. Takes in the ids."""
        texts = cast(list[str | None], ids.to_pylist())
        if self._texts is None:
            hashes = np.array([self._hash_of(text) for text in texts if text], dtype=np.int64)
            if self._are_new(np.sort(hashes)):
                self._runs.append(ids)
                return np.zeros(len(ids), dtype=np.bool_)
            self._texts = {text for text in chain.from_iterable(run.to_pylist() for run in self._runs) if text}
            self._hashes, self._runs = [], []
        return self._again_by_text(texts, self._texts)

    def _again_by_text(self, texts: list[str | None], seen: set[str]) -> BoolArray:
        again = np.zeros(len(texts), dtype=np.bool_)
        for row, text in enumerate(texts):
            if text:
                again[row] = text in seen
                seen.add(text)
        return again

    def _are_new(self, hashes: IntArray) -> bool:
        """No hash stands twice among these, in order, or came before. Takes them in."""
        if (hashes[1:] == hashes[:-1]).any() or any(_have_one(known, hashes) for known in self._hashes):
            return False
        self._hashes.append(hashes)
        while len(self._hashes) > 1 and len(self._hashes[-2]) < 2 * len(self._hashes[-1]):
            last, before = self._hashes.pop(), self._hashes.pop()
            self._hashes.append(np.sort(np.concatenate([before, last]), kind="stable"))
        return True


def _have_one(known: IntArray, hashes: IntArray) -> bool:
    """One of the hashes is among the known ones; both are in order."""
    if not len(known):
        return False
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return bool((known[at] == hashes).any())
