"""Learns the packaged model from the packaged ESCO texts and word list, in minutes: `python -m ...training [FILE]`.

The n-grams of a text are summed to a direction; the softmax over all occupations' directions is to point at its own.
"""

import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse

from dichterbij.data import reference_table
from dichterbij.domains.skills.rules.linking.labels import Concepts, Kind, Language, read_concepts
from dichterbij.domains.skills.rules.linking.model import PACKAGED, ConceptModel
from dichterbij.domains.skills.rules.linking.text import STOP_WORDS, fold
from dichterbij.domains.skills.rules.linking.vectors import Floats, Ints, char_grams

TALK = ("senior", "junior", "medior", "ervaren", "allround", "leerling", "bbl", "aankomend", "parttime", "weekend",
        "nachtdienst", "ploegendienst", "dagdienst", "regio", "omgeving", "zzp", "hbo", "mbo", "wo", "bijbaan", "stage",
        "traineeship")  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """How to learn; the values that did best on held-out labels and on written titles together."""

    dimensions: int = 96
    rounds: int = 8
    batch: int = 256
    rate: float = 0.1
    sharpness: float = 12.0
    forget: float = 0.3
    description_weight: float = 0.3
    talk_share: float = 0.2
    fewest_texts: int = 5
    seed: int = 0


@dataclass(frozen=True)
class Examples:
    """Texts, the concept each belongs to, and how often it is drawn beside others."""

    texts: list[str]
    owners: Ints
    weights: Floats


def examples(concepts: Concepts, recipe: Recipe) -> Examples:
    """Every label; labels with vacancy talk around them; and the descriptions in windows of six words."""
    texts, owners = list(concepts.folded), list(concepts.owners)
    weights = [1.0] * len(texts)
    draw = np.random.default_rng(recipe.seed)
    for number in draw.choice(len(concepts.labels), int(recipe.talk_share * len(concepts.labels)), replace=False):
        texts.append(f"{draw.choice(TALK)} {concepts.folded[number]} {draw.choice(_places())}")
        owners.append(concepts.labels[number].concept)
        weights.append(0.5)
    for number, text in _description_windows(concepts):
        texts.append(text)
        owners.append(number)
        weights.append(recipe.description_weight)
    return Examples(texts, np.array(owners, dtype=np.int64), np.array(weights, dtype=np.float32))


@lru_cache(maxsize=1)
def _places() -> list[str]:
    return [fold(name) for name in reference_table("regions", "municipalities.csv")["name"].to_pylist()]


_STOP = STOP_WORDS | {"zij", "they", "a"}


def _description_windows(concepts: Concepts) -> list[tuple[int, str]]:
    number = {uri: place for place, uri in enumerate(concepts.uris)}
    found = []
    for row in reference_table("esco", "occupations.parquet").to_pylist():
        for language in Language:
            words = [w for w in fold(row[f"description_{language}"] or "").split() if w not in _STOP]
            found += [(number[row["uri"]], " ".join(words[i : i + 6])) for i in range(0, max(1, len(words) - 3), 4)]
    return found


def learn(concepts: Concepts, recipe: Recipe = Recipe()) -> ConceptModel:
    """The model of these concepts. The same on every run of one machine; elsewhere equal but for rounding."""
    given = examples(concepts, recipe)
    grams = char_grams(given.texts)
    seen = np.bincount(grams.indices, minlength=grams.shape[1])
    buckets = np.flatnonzero(seen >= recipe.fewest_texts).astype(np.int64)
    worth = np.log((1 + len(given.texts)) / (1 + seen[buckets])).astype(np.float32)
    draw = np.random.default_rng(recipe.seed)
    start = [
        (draw.standard_normal((rows, recipe.dimensions)) / np.sqrt(recipe.dimensions)).astype(np.float32)
        for rows in (len(buckets), len(concepts.uris))
    ]
    model = ConceptModel(concepts.uris, buckets, worth, *start)
    _descend(model, model.features(grams), given, recipe, draw)
    lengths = np.linalg.norm(model.concepts, axis=1, keepdims=True)
    np.divide(model.concepts, np.maximum(lengths, 1e-6), out=model.concepts)
    return model


def _descend(
    model: ConceptModel, features: sparse.csr_matrix, given: Examples, recipe: Recipe, draw: np.random.Generator
) -> None:
    """Adagrad with one rate per row, which falls to zero; changes the model's arrays in place."""
    gram_sums = np.full((len(model.buckets), 1), 1e-6, dtype=np.float32)
    concept_sums = np.full((len(model.uris), 1), 1e-6, dtype=np.float32)
    share = given.weights / given.weights.sum()
    size = int(given.weights.sum())
    for turn in range(recipe.rounds):
        rate = recipe.rate * (1 - turn / recipe.rounds)
        order = draw.choice(len(given.texts), size, p=share / share.sum())
        for first in range(0, size - recipe.batch + 1, recipe.batch):
            picked = order[first : first + recipe.batch]
            rows = _forgetful(features[picked], recipe.forget, draw)
            used, gram_slope, concept_slope = _slopes(model, rows, given.owners[picked], recipe.sharpness)
            gram_sums[used] += (gram_slope**2).mean(axis=1, keepdims=True)
            model.grams[used] -= rate * gram_slope / np.sqrt(gram_sums[used])
            concept_sums += (concept_slope**2).mean(axis=1, keepdims=True)
            np.subtract(model.concepts, rate * concept_slope / np.sqrt(concept_sums), out=model.concepts)


def _forgetful(rows: sparse.csr_matrix, share: float, draw: np.random.Generator) -> sparse.csr_matrix:
    """The rows without a random `share` of their n-grams (what a typing error does), scaled to length 1."""
    rows = rows.copy()
    rows.data = rows.data * (draw.random(len(rows.data)) >= share)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel()) + 1e-6
    return (sparse.diags((1 / lengths).astype(np.float32)) @ rows).tocsr()


def _slopes(
    model: ConceptModel, rows: sparse.csr_matrix, owners: Ints, sharpness: float
) -> tuple[Ints, Floats, Floats]:
    """(n-grams in use, slope of their directions, slope of all concepts' directions) of the mean cross-entropy."""
    texts = rows @ model.grams
    text_lengths = np.linalg.norm(texts, axis=1, keepdims=True) + 1e-6
    texts = texts / text_lengths
    concept_lengths = np.linalg.norm(model.concepts, axis=1, keepdims=True) + 1e-6
    concepts = model.concepts / concept_lengths
    chance = sharpness * (texts @ concepts.T)
    chance = np.exp(chance - chance.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    chance[np.arange(len(owners)), owners] -= 1
    chance *= sharpness / len(owners)
    text_slope, concept_slope = chance @ concepts, chance.T @ texts
    text_slope = (text_slope - texts * (text_slope * texts).sum(axis=1, keepdims=True)) / text_lengths
    concept_slope = (concept_slope - concepts * (concept_slope * concepts).sum(axis=1, keepdims=True)) / concept_lengths
    used = np.unique(rows.indices).astype(np.int64)
    return used, np.asarray(rows[:, used].T @ text_slope), concept_slope


def main() -> None:
    """Learn from everything packaged and write the model."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGED
    start = time.monotonic()
    learn(read_concepts(Kind.OCCUPATION)).save(path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
