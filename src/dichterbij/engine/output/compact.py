"""The compact output of `match`: what is written in it to read it with, and the way back to the contract's columns.

A row holds the ids, the position, the numbers of the distance, and the hours. Words are places in the lists of words in
the file's metadata, under `dichterbij`; sets of words are bits, the lowest for the first word. Skills are left out:
they follow from person and opening.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from dichterbij.engine.arrays import I32, ROUTES, TO_ASK
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.bridges import BITS
from dichterbij.engine.output.ids import RowsById
from dichterbij.engine.output.results import step_words
from dichterbij.engine.parameters import MODES
from dichterbij.engine.reading.readable import parquet_file
from dichterbij.engine.tables import People
from dichterbij.shared.errors import InputError

ABOUT, FORMAT = "dichterbij", 1
SETS = ("step_codes", "to_ask")


def about_run(record: Mapping[str, Any], matcher: Matcher) -> dict[str, str]:
    """What the file says about itself: the run it is of, and the words that its numbers stand for."""
    words = {"route": ROUTES, "mode": MODES, "step_codes": step_words(matcher.index.parameters), "to_ask": TO_ASK}
    wanted = ("version", "date", "seed", "top", "parameters", "inputs")
    own = {name: record[name] for name in wanted}
    return {ABOUT: json.dumps({"format": FORMAT, **own, "bits": BITS, "words": words}, ensure_ascii=False)}


@dataclass(frozen=True)
class CompactFile:
    """A compact file; `about` is what it says about itself."""

    path: Path
    about: Mapping[str, Any]

    @classmethod
    def of(cls, path: Path) -> "CompactFile":
        """The file. InputError when it is no compact output, or one of another version."""
        with parquet_file(path) as file:
            metadata = file.metadata.metadata or {}
        if ABOUT.encode() not in metadata:
            raise InputError(f"{path}: this was not made by `match --compact`.")
        about = json.loads(metadata[ABOUT.encode()])
        if about["format"] != FORMAT:
            raise InputError(
                f"{path}: made by version {about['version']}, which wrote another format; use that version."
            )
        return cls(path, about)

    def tables(self) -> Iterator[pa.Table]:
        """The rows as they stand there, a row group at a time."""
        with parquet_file(self.path) as file:
            for group in range(file.num_row_groups):
                yield file.read_row_group(group)

    def in_words(self) -> Iterator[pa.Table]:
        """The same with words for numbers and lists of words for bits; skills are not there."""
        words = self.about["words"]
        for table in self.tables():
            columns = {name: table[name] for name in table.column_names if not name.startswith("step_codes_")}
            for name in ("route", "mode"):
                columns[name] = pa.array(words[name]).take(columns[name].combine_chunks())
            for name in SETS:
                columns[name] = _lists(_bits(table, name, int(self.about["bits"])), words[name])
            yield pa.table(columns)

    def check(self, **digests: str) -> None:
        """InputError when people, openings, parameters or reference data are not those of the run."""
        of_run = {
            "people": self.about["inputs"]["people"]["sha256"],
            "openings": self.about["inputs"]["openings"]["sha256"],
            "parameters": self.about["parameters"]["sha256"],
            "reference data": self.about["parameters"]["reference_sha256"],
        }
        other = [name for name, digest in digests.items() if of_run[name.replace("_", " ")] != digest]
        if other:
            names = " and ".join(name.replace("_", " ") for name in other)
            raise InputError(f"{self.path}: made with other {names}; give the files that this run was made with.")

    def lists(self, people: People, matcher: Matcher) -> I32:
        """The lists of the run, as `Matcher.nearest` filled them."""
        top = min(int(self.about["top"]), len(matcher.index))
        lists = np.full((len(people), top), -1, dtype=np.int32)
        persons, openings = RowsById(people.ids), RowsById(matcher.index.openings.ids)
        for table in self.tables():
            try:
                person, opening = persons.of(table["person_id"]), openings.of(table["opening_id"])
            except KeyError as error:
                raise InputError(f"{self.path}: {error} is not in the files given.") from None
            lists[person, np.asarray(table["position"]) - 1] = matcher.index.at_row[opening]
        return lists


def _bits(table: pa.Table, name: str, bits: int) -> Any:
    """Whether each word is in each row's set: [row, word]."""
    columns = [other for other in table.column_names if other == name or other.startswith(f"{name}_")]
    return np.concatenate(
        [np.asarray(table[column], dtype=np.int64)[:, None] >> np.arange(bits) & 1 for column in columns], axis=1
    )


def _lists(is_in: Any, words: Sequence[str]) -> pa.Array:
    """The words of each row."""
    offsets = np.concatenate([[0], np.cumsum(is_in.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(words).take(pa.array(np.nonzero(is_in)[1])))
