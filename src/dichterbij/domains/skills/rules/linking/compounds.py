"""Dutch writes compounds as one word; labels and people part them differently. Learned from the labels."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from dichterbij.domains.skills.rules.linking.text import stem

SHORTEST = 4
_LINKS = ("", "s", "en", "e", "n", "er")


class Splitter:
    """Parts a word into words that the labels use on their own, the fewest parts first."""

    def __init__(self, texts: Iterable[str], extra: Iterable[str] = ()) -> None:
        seen = Counter(word for text in texts for word in text.split())
        self._known = {w for w, n in seen.items() if len(w) >= SHORTEST and not w.isdigit()}
        self._known |= {stem(w) for w in self._known} | set(extra)
        self._known = {w for w in self._known if len(w) >= SHORTEST} | set(extra)
        self.parts = lru_cache(maxsize=300_000)(self._parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, or an empty tuple when it is none; linking letters are dropped."""
        if len(word) < 2 * SHORTEST:
            return ()
        return self._split(word, 3) or ()

    def _split(self, word: str, most: int) -> tuple[str, ...] | None:
        best: tuple[str, ...] | None = None
        for cut in range(len(word) - SHORTEST, SHORTEST - 2, -1):
            head, tail = word[:cut], word[cut:]
            first = self._head(head)
            if first is None:
                continue
            if tail in self._known or stem(tail) in self._known:
                rest: tuple[str, ...] | None = (tail,)
            else:
                rest = self._split(tail, most - 1) if most > 2 and len(tail) >= 2 * SHORTEST else None
            if rest and (best is None or len(rest) + 1 < len(best)):
                best = (first, *rest)
        return best

    def _head(self, head: str) -> str | None:
        for link in _LINKS:
            if head.endswith(link):
                bare = head[: len(head) - len(link)]
                if bare in self._known:
                    return bare
        return None
