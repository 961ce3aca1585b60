"""A small model of which n-grams mean which occupation, learned (`training`) from ESCO and our word list."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from dichterbij.data import REFERENCE
from dichterbij.domains.skills.rules.linking.vectors import Floats, Ints, char_grams

PACKAGED = REFERENCE / "words" / "occupation_model.npz"


@dataclass(frozen=True)
class ConceptModel:
    """N-grams and concepts as directions; a text is the sum of its n-grams, its score with a concept their cosine."""

    uris: list[str]
    buckets: Ints
    worth: Floats
    grams: Floats
    concepts: Floats

    def scores(self, folded: Sequence[str]) -> Floats:
        """Texts x concepts, each in -1..1; a text without a known n-gram scores 0 everywhere."""
        directions = self.features(char_grams(folded)) @ self.grams
        lengths = np.linalg.norm(directions, axis=1, keepdims=True)
        found: Floats = (directions / np.maximum(lengths, 1e-6)) @ self.concepts.T
        return found

    def features(self, grams: sparse.csr_matrix) -> sparse.csr_matrix:
        """The n-grams the model knows, with their worth."""
        matrix = grams.tocoo()
        place = np.minimum(np.searchsorted(self.buckets, matrix.col), len(self.buckets) - 1)
        known = self.buckets[place] == matrix.col
        rows, columns = matrix.row[known], place[known]
        return sparse.csr_matrix((self.worth[columns], (rows, columns)), shape=(grams.shape[0], len(self.buckets)))

    def save(self, path: Path) -> None:
        """Written small: one byte a number, with a scale per row."""
        grams, gram_scale = _shrink(self.grams)
        concepts, concept_scale = _shrink(self.concepts)
        np.savez_compressed(
            path,
            uris=np.array(self.uris),
            buckets=self.buckets.astype(np.int32),
            worth=self.worth.astype(np.float16),
            grams=grams,
            gram_scale=gram_scale,
            concepts=concepts,
            concept_scale=concept_scale,
        )


def _shrink(rows: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9) / 127
    return np.round(rows / scale).astype(np.int8), scale.astype(np.float32)


def read_model(path: Path = PACKAGED) -> ConceptModel:
    """The packaged model; concept rows have length 1."""
    with np.load(path) as held:
        concepts = held["concepts"].astype(np.float32) * held["concept_scale"]
        concepts /= np.maximum(np.linalg.norm(concepts, axis=1, keepdims=True), 1e-6)
        return ConceptModel(
            uris=[str(uri) for uri in held["uris"]],
            buckets=held["buckets"].astype(np.int64),
            worth=held["worth"].astype(np.float32),
            grams=held["grams"].astype(np.float32) * held["gram_scale"],
            concepts=concepts,
        )
