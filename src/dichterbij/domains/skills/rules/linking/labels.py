"""The labels a text is compared with: ESCO's own in two languages, and our list of everyday words."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.data import reference_table
from dichterbij.domains.skills.rules.linking.text import fold


class Kind(StrEnum):
    """What is looked for."""

    OCCUPATION = "occupation"
    SKILL = "skill"


class Language(StrEnum):
    """The language labels are shown in; both are searched, for Dutch titles are full of English."""

    NL = "nl"
    EN = "en"


class Standing(StrEnum):
    """How a label stands to its concept."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    EVERYDAY = "everyday"


@dataclass(frozen=True)
class Label:
    """One text that names concept number `concept`."""

    concept: int
    text: str
    language: Language
    standing: Standing


@dataclass(frozen=True)
class Concepts:
    """All concepts of a kind and their labels, those of one concept side by side, each folded text once a concept."""

    uris: list[str]
    shown: dict[Language, list[str]]
    labels: list[Label]
    folded: list[str]

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """The concept number of each label."""
        return np.array([label.concept for label in self.labels], dtype=np.int64)


def _texts(row: Mapping[str, Any], language: Language) -> Iterator[tuple[str, Standing]]:
    preferred = row[f"label_{language}"]
    if isinstance(preferred, str):
        yield preferred, Standing.PREFERRED
    for text in row[f"alt_{language}"] or ():
        yield text, Standing.ALTERNATIVE


def everyday_words(without: Container[str] = ()) -> dict[str, list[str]]:
    """Our own everyday titles by occupation URI; folded texts in `without` are left out (for measuring)."""
    words: dict[str, list[str]] = {}
    for row in reference_table("words", "everyday_titles.csv").to_pylist():
        if fold(row["title"]) not in without:
            words.setdefault(row["uri"], []).append(row["title"])
    return words


def read_concepts(
    kind: Kind, *, everyday: dict[str, list[str]] | None = None, without: Container[tuple[str, str]] = ()
) -> Concepts:
    """The concepts of `kind`. `without` holds (URI, alternative label) pairs to leave out, for measuring."""
    table: pa.Table = reference_table("esco", f"{kind}s.parquet")
    if everyday is None:
        everyday = everyday_words() if kind is Kind.OCCUPATION else {}
    rows = sorted(table.to_pylist(), key=lambda row: row["uri"])
    labels: list[Label] = []
    folded: list[str] = []
    for number, row in enumerate(rows):
        seen: set[str] = set()
        for label in _labels_of(number, row, everyday.get(row["uri"], ()), without):
            key = fold(label.text)
            if key and key not in seen:
                seen.add(key)
                labels.append(label)
                folded.append(key)
    shown = {
        Language.NL: [row["label_nl"] or row["label_en"] for row in rows],
        Language.EN: [row["label_en"] for row in rows],
    }
    return Concepts([row["uri"] for row in rows], shown, labels, folded)


def _labels_of(
    number: int, row: Mapping[str, Any], everyday: list[str] | tuple[()], without: Container[tuple[str, str]]
) -> Iterator[Label]:
    for language in Language:
        for text, standing in _texts(row, language):
            if standing is not Standing.PREFERRED and (row["uri"], text) in without:
                continue
            yield Label(number, text, language, standing)
            if "/" in text and language is Language.NL:
                yield from (
                    Label(number, part.strip(), language, standing) for part in text.split("/") if len(part) > 4
                )
    yield from (Label(number, text, Language.NL, Standing.EVERYDAY) for text in everyday)
