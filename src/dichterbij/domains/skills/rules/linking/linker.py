"""From a text to the nearest ESCO occupations or skills. Three voices are added up:

what the n-grams mean (`model`, occupations only), which label looks most like the text, and whether it is a label.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from dichterbij.domains.skills.rules.linking.labels import Concepts, Kind, Language, Standing, read_concepts
from dichterbij.domains.skills.rules.linking.model import ConceptModel, read_model
from dichterbij.domains.skills.rules.linking.text import MAX_LENGTH, expand, fold, strip_noise
from dichterbij.domains.skills.rules.linking.typeahead import TypeAhead
from dichterbij.domains.skills.rules.linking.vectors import Floats, char_grams, rarity, weigh

__all__ = ["Kind", "Language", "Linker", "Settings", "Suggestion", "shared_linker"]

CHUNK = 100
"""Texts compared at a time: 100 x 55,000 labels is 22 MB."""
HIGHEST_UNLIKE = 0.94
SAME_STANDING = {Standing.PREFERRED: 1.0, Standing.ALTERNATIVE: 0.99, Standing.EVERYDAY: 0.985}
SAME_OTHER_LANGUAGE = 0.96


@dataclass(frozen=True)
class Suggestion:
    """A concept a text may mean: `label` in the language asked (English where there is no other), `score` in 0..1.

    A score of 0.95 and above means that the text is a label of the concept; `matched` is the label it looked like.
    """

    uri: str
    label: str
    score: float
    matched: str


@dataclass(frozen=True)
class Settings:
    """How the voices weigh; chosen on held-out labels and on written titles together (docs/reference/linking.md)."""

    look_weight: float = 0.1
    other_language: float = 0.9
    least_score: float = 0.05


class Linker:
    """Built once for a kind of concept (about a second for occupations); reading it from several threads is safe."""

    def __init__(
        self,
        kind: Kind = Kind.OCCUPATION,
        *,
        concepts: Concepts | None = None,
        model: ConceptModel | None = None,
        settings: Settings = Settings(),
    ) -> None:
        self.kind = kind
        self.settings = settings
        self.concepts = concepts or read_concepts(kind)
        self._model = model or (read_model() if kind == Kind.OCCUPATION else None)
        if self._model is not None and self._model.uris != self.concepts.uris:
            raise ValueError("the packaged model knows other occupations than the ESCO set: learn it again (training)")
        owners = self.concepts.owners
        self._starts = np.flatnonzero(np.diff(owners, prepend=-1))
        grams = char_grams(self.concepts.folded)
        self._worth = rarity(grams, owners)
        self._looks = weigh(grams, self._worth).T.tocsr()

    def suggest(self, text: str, *, language: Language = Language.NL, top: int = 8) -> list[Suggestion]:
        """Type-ahead: concepts with a label that has a word starting with `text`, filled up with the nearest ones."""
        start = fold(text[:MAX_LENGTH])
        found = [
            self._suggestion(self.concepts.labels[label].concept, label, 1 - place / 100, language)
            for place, label in enumerate(self._type_ahead.find(start, language=language, top=top))
        ]
        if len(found) < top and len(start) >= TypeAhead.ENOUGH_TO_GUESS:
            have = {suggestion.uri for suggestion in found}
            found += [near for near in self.link(text, language=language, top=top) if near.uri not in have]
        return found[:top]

    def link(self, text: str, *, language: Language = Language.NL, top: int = 10) -> list[Suggestion]:
        """The `top` nearest concepts of a free text, best first; none for a text without letters or digits."""
        return next(self.link_all([text], language=language, top=top))

    def link_all(
        self, texts: Sequence[str], *, language: Language = Language.NL, top: int = 10
    ) -> Iterator[list[Suggestion]]:
        """`link` for many texts, in their order; several times faster than one by one."""
        for first in range(0, len(texts), CHUNK):
            scores, looks = self._compare(texts[first : first + CHUNK], language)
            for row, look in zip(scores, looks, strict=True):
                yield self._best(row, look, language, top)

    def scores(self, texts: Sequence[str], *, language: Language = Language.NL) -> Floats:
        """Texts x concepts: every score in 0..1."""
        parts = [self._compare(texts[i : i + CHUNK], language)[0] for i in range(0, len(texts), CHUNK)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.concepts.uris)), dtype=np.float32)

    def _compare(self, texts: Sequence[str], language: Language) -> tuple[Floats, Floats]:
        """(texts x concepts: the scores, texts x labels: how much each label looks like the text)."""
        folded = [expand(fold(strip_noise(text))) for text in texts]
        looks = (weigh(char_grams(folded), self._worth) @ self._looks).toarray() * self._label_weights[language]
        total = np.maximum.reduceat(looks, self._starts, axis=1)
        if self._model is not None:
            weight = self.settings.look_weight
            total = (self._model.scores(folded) + weight * total) / (1 + weight)
        total = (HIGHEST_UNLIKE * np.clip(total, 0, 1)).astype(np.float32)
        for row, text, cleaned in zip(total, texts, folded, strict=True):
            self._raise_same_text(row, cleaned, language)
            self._raise_same_text(row, fold(text[:MAX_LENGTH]), language)
        total[[not text for text in folded]] = 0
        return total, looks

    def _raise_same_text(self, row: Floats, text: str, language: Language) -> None:
        """A text that is a label itself: those concepts first, in the order of their other scores."""
        raised: dict[int, float] = {}
        for number in self._by_text.get(text, ()):
            label = self.concepts.labels[number]
            same = SAME_STANDING[label.standing] if label.language == language else SAME_OTHER_LANGUAGE
            raised[label.concept] = max(same, raised.get(label.concept, 0.0))
        for concept, same in raised.items():
            row[concept] = max(row[concept], same - 0.005 * (1 - min(row[concept], 1.0)))

    def _best(self, scores: Floats, looks: Floats, language: Language, top: int) -> list[Suggestion]:
        """The best concepts; equal scores in the order of the URIs."""
        order = [int(one) for one in np.argsort(-scores, kind="stable")[:top]]
        edges = np.append(self._starts, len(looks))
        nearest = {one: int(edges[one] + looks[edges[one] : edges[one + 1]].argmax()) for one in order}
        return [
            self._suggestion(one, nearest[one], float(scores[one]), language)
            for one in order
            if scores[one] >= self.settings.least_score
        ]

    def _suggestion(self, concept: int, label: int, score: float, language: Language) -> Suggestion:
        concepts = self.concepts
        return Suggestion(
            concepts.uris[concept],
            concepts.shown[language][concept],
            round(score, 4),
            concepts.labels[label].text,
        )

    @cached_property
    def _label_weights(self) -> dict[Language, Floats]:
        other = self.settings.other_language
        spoken = np.array([label.language for label in self.concepts.labels])
        return {one: np.where(spoken == one, 1.0, other).astype(np.float32) for one in Language}

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self.concepts.folded):
            found.setdefault(text, []).append(number)
        return found

    @cached_property
    def _type_ahead(self) -> TypeAhead:
        return TypeAhead(self.concepts)


@lru_cache(maxsize=len(Kind))
def shared_linker(kind: Kind) -> Linker:
    """The process's one linker of this kind, made at the first call."""
    return Linker(kind)
