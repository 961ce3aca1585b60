"""Type-ahead: labels by the start of any of their words, in memory."""

from bisect import bisect_left, bisect_right

import numpy as np

from dichterbij.domains.skills.rules.linking.labels import Concepts, Label, Language, Standing
from dichterbij.domains.skills.rules.linking.text import STOP_WORDS

_STANDING = {Standing.PREFERRED: 0.0, Standing.EVERYDAY: 0.3, Standing.ALTERNATIVE: 0.5}


class TypeAhead:
    """A sorted list of (label from a word on); a keystroke is two binary searches and a partial sort.

    Occupations that we know many everyday titles of come first: they are the common ones.
    """

    ENOUGH_TO_GUESS = 3
    """Characters from which a text is also compared as a whole, for typing errors and words in another order."""
    _LAST = "\x7f"
    _WHOLE = 2.0

    def __init__(self, concepts: Concepts) -> None:
        entries = sorted(
            (text[start:], start > 0, number)
            for number, text in enumerate(concepts.folded)
            for start in _word_starts(text)
        )
        self._texts = [entry[0] for entry in entries]
        self._labels = np.array([entry[2] for entry in entries], dtype=np.int64)
        self._concepts = concepts.owners[self._labels]
        inside = np.array([entry[1] for entry in entries], dtype=np.float32)
        length = np.array([len(text) for text in concepts.folded], dtype=np.float32)[self._labels]
        everyday = [label.concept for label in concepts.labels if label.standing is Standing.EVERYDAY]
        common = np.log1p(np.bincount(everyday, minlength=len(concepts.uris))).astype(np.float32) / 4
        self._distance = {
            language: inside
            + length / 25
            - common[self._concepts]
            + np.array([_distance(label, language) for label in concepts.labels], dtype=np.float32)[self._labels]
            for language in Language
        }

    def find(self, start: str, *, language: Language, top: int) -> list[int]:
        """Label numbers, one a concept, best first: whole, own language, preferred, short and from the start."""
        if not start:
            return []
        low, high = bisect_left(self._texts, start), bisect_left(self._texts, start + self._LAST)
        if low == high:
            return []
        distance = self._distance[language][low:high].copy()
        distance[: bisect_right(self._texts, start) - low] -= self._WHOLE
        some = min(len(distance), 20 * top)
        nearest = np.argpartition(distance, some - 1)[:some]
        found: dict[int, int] = {}
        for place in low + nearest[np.lexsort((nearest, distance[nearest]))]:
            found.setdefault(int(self._concepts[place]), int(self._labels[place]))
        return list(found.values())[:top]


def _word_starts(text: str) -> list[int]:
    starts = [0] + [place + 1 for place, sign in enumerate(text) if sign == " "]
    return [start for start in starts if text[start:].split(" ", 1)[0] not in STOP_WORDS or start == 0]


def _distance(label: Label, language: Language) -> float:
    return _STANDING[label.standing] + (0.0 if label.language == language else 2.0)
