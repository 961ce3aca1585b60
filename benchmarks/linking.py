"""How well words find their concept: `python benchmarks/linking.py` prints the table of docs/reference/linking.md.

Two sets, neither in what is searched or learned from: alternative labels of ESCO, taken out with everything like them,
and titles as written in advertisements (tests/data/linking, our own). Needs scikit-learn; learning twice takes minutes.
"""

import argparse
import csv
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from dichterbij.domains.skills.rules.linking.labels import (
    Concepts,
    Kind,
    Language,
    Standing,
    everyday_words,
    read_concepts,
)
from dichterbij.domains.skills.rules.linking.linker import Linker
from dichterbij.domains.skills.rules.linking.model import ConceptModel, read_model
from dichterbij.domains.skills.rules.linking.text import fold, strip_noise
from dichterbij.domains.skills.rules.linking.training import learn

WRITTEN = Path(__file__).parent.parent / "tests" / "data" / "linking" / "written_titles.csv"
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Questions:
    """Texts, and per text the numbers of the concepts that are right."""

    name: str
    texts: list[str]
    right: list[set[int]]


def written_titles(uris: list[str]) -> Questions:
    """Our own set of titles as advertisements have them."""
    number = {uri: place for place, uri in enumerate(uris)}
    with WRITTEN.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return Questions(
        "written titles", [r["title"] for r in rows], [{number[u] for u in r["uris"].split()} for r in rows]
    )


def held_out_labels(concepts: Concepts, size: int = 1200, seed: int = 7) -> tuple[Questions, set[tuple[str, str]]]:
    """One Dutch alternative label of `size` occupations, unlike the preferred one; and all labels like it."""
    draw = random.Random(seed)
    of_concept: dict[int, list[int]] = {}
    for place, label in enumerate(concepts.labels):
        of_concept.setdefault(label.concept, []).append(place)
    named: dict[str, set[int]] = {}
    for text, label in zip(concepts.folded, concepts.labels, strict=True):
        named.setdefault(text, set()).add(label.concept)
    texts, right, without = [], [], set()
    for concept in draw.sample(sorted(of_concept), size):
        places = of_concept[concept]
        preferred = concepts.folded[places[0]]
        dutch = [p for p in places if concepts.labels[p].language == Language.NL]
        choice = [p for p in dutch if _is_alternative(concepts, p) and fuzz.ratio(concepts.folded[p], preferred) < 85]
        if not choice:
            continue
        asked = draw.choice(choice)
        texts.append(concepts.labels[asked].text)
        right.append(named[concepts.folded[asked]] | {concept})
        like = [
            p for p in places if _is_alternative(concepts, p) and _alike(concepts.folded[p], concepts.folded[asked])
        ]
        without |= {(concepts.uris[concept], concepts.labels[p].text) for p in like}
        without |= {(concepts.uris[concept], text) for text in _whole_labels(concepts, like)}
    return Questions("held-out labels", texts, right), without


def _is_alternative(concepts: Concepts, place: int) -> bool:
    return concepts.labels[place].standing is Standing.ALTERNATIVE


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) > 78 or fuzz.token_set_ratio(one, other) > 90


def _whole_labels(concepts: Concepts, places: list[int]) -> set[str]:
    """The `a/b` labels that the parts at `places` may be of."""
    parts = {concepts.labels[p].text for p in places}
    owners = {concepts.labels[p].concept for p in places}
    return {
        label.text
        for label in concepts.labels
        if label.concept in owners and "/" in label.text and parts & {part.strip() for part in label.text.split("/")}
    }


def ranks(scores: Scores, right: list[set[int]]) -> npt.NDArray[np.int64]:
    """The place of the first right concept, from 1; equal scores count as before it, half of them."""
    found = []
    for row, good in zip(scores, right, strict=True):
        best = row[list(good)].max()
        ties = int((row == best).sum()) - 1
        found.append(1 + int((row > best).sum()) + ties // 2 if best > 0 else len(row))
    return np.array(found, dtype=np.int64)


def by_label(concepts: Concepts, scores_of_labels: Callable[[list[str]], Scores], texts: list[str]) -> Scores:
    """Texts x concepts: the best of each concept's labels."""
    starts = np.flatnonzero(np.diff(concepts.owners, prepend=-1))
    parts = [scores_of_labels(texts[i : i + 100]) for i in range(0, len(texts), 100)]
    return np.concatenate([np.maximum.reduceat(part, starts, axis=1) for part in parts])


def char_tfidf(concepts: Concepts, texts: list[str]) -> Scores:
    """Cosine of TF-IDF of 3-5 characters within words, over the Dutch and English labels."""
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    held = vectors.fit_transform([label.text for label in concepts.labels]).T.tocsr()
    return by_label(concepts, lambda some: (vectors.transform(some) @ held).toarray().astype(np.float32), texts)


def bm25(concepts: Concepts, texts: list[str], k1: float = 1.2, b: float = 0.75) -> Scores:
    """BM25 of words, a label a document."""
    counter = CountVectorizer(token_pattern=r"(?u)\b\w+\b")  # noqa: S106
    counts = counter.fit_transform([label.text for label in concepts.labels]).astype(np.float32).tocoo()
    length = np.asarray(counts.sum(axis=1)).ravel()
    documents = np.bincount(counts.col, minlength=counts.shape[1])
    worth = np.log(1 + (counts.shape[0] - documents + 0.5) / (documents + 0.5))
    norm = k1 * (1 - b + b * length[counts.row] / length.mean())
    data = worth[counts.col] * counts.data * (k1 + 1) / (counts.data + norm)
    held = sparse.csr_matrix((data, (counts.col, counts.row)), shape=counts.shape[::-1])
    return by_label(concepts, lambda some: (counter.transform(some) @ held).toarray().astype(np.float32), texts)


def edit_distance(concepts: Concepts, texts: list[str]) -> Scores:
    """1 - Levenshtein distance / the longer length, over lower-case labels."""
    from rapidfuzz.distance import Levenshtein

    labels = [label.text.lower() for label in concepts.labels]
    return by_label(
        concepts,
        lambda some: process.cdist(
            [t.lower() for t in some], labels, scorer=Levenshtein.normalized_similarity, workers=1
        ),
        texts,
    )


def kept_model(name: str, concepts: Concepts, folder: Path | None) -> ConceptModel:
    """Learned now, or read from `folder` where an earlier run kept it."""
    path = folder / f"{name}.npz" if folder else None
    if path and path.exists():
        return read_model(path)
    model = learn(concepts)
    if path:
        model.save(path)
    return model


def main() -> None:
    """Print a Markdown table of both sets by every way of looking."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder to keep the learned models in between runs")
    folder = parser.parse_args().keep
    everything = read_concepts(Kind.OCCUPATION, everyday={})
    written = written_titles(everything.uris)
    held_out, without = held_out_labels(everything)
    plain = read_concepts(Kind.OCCUPATION, everyday={}, without=without)
    asked = {fold(text) for text in written.texts} | {fold(strip_noise(text)) for text in written.texts}
    rich = read_concepts(Kind.OCCUPATION, everyday=everyday_words(without=asked), without=without)
    ours, ours_rich = (
        Linker(concepts=one, model=kept_model(name, one, folder)) for name, one in (("plain", plain), ("rich", rich))
    )
    ways: dict[str, Callable[[list[str]], Scores]] = {
        "edit distance": lambda texts: edit_distance(plain, texts),
        "BM25": lambda texts: bm25(plain, texts),
        "character TF-IDF (3-5)": lambda texts: char_tfidf(plain, texts),
        "dichterbij, without our everyday titles": ours.scores,
        "dichterbij": ours_rich.scores,
    }
    print("| way | set | questions | MRR | hit@1 | hit@5 | hit@10 | s |\n|---|---|---|---|---|---|---|---|")
    for name, way in ways.items():
        for questions in (held_out, written):
            start = time.monotonic()
            place = ranks(way(questions.texts), questions.right)
            hits = " | ".join(f"{(place <= top).mean():.3f}" for top in (1, 5, 10))
            spent = time.monotonic() - start
            print(f"| {name} | {questions.name} | {len(place)} | {(1 / place).mean():.3f} | {hits} | {spent:.1f} |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
