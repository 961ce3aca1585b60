"""The data of a benchmark: people and openings of the whole country, read once, and samples of them."""

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Index, Parameters, build_index, read_openings, read_people
from dichterbij.engine.matching import Matcher
from dichterbij.engine.tables import Openings, People

ROOT = Path(__file__).resolve().parents[1]
ON = date(2026, 12, 1)
COMMAND = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()"]
Array = Any


@dataclass(frozen=True)
class National:
    """Files of people and openings, and what is read from them when it is first asked for."""

    folder: Path

    @cached_property
    def parameters(self) -> Parameters:
        """Of the day of the benchmark."""
        return load_parameters(on=ON)

    @cached_property
    def openings(self) -> Openings:
        """All of them."""
        return read_openings(self.folder / "openings.parquet", self.parameters).table

    @cached_property
    def people(self) -> People:
        """All of them."""
        return read_people(self.folder / "people.parquet", self.parameters).table

    @cached_property
    def index(self) -> Index:
        """The openings ready for the kernel."""
        return build_index(self.openings, self.parameters, seed=0)

    def without_carving(self) -> "National":
        """The same where no opening can be carved."""
        other = National(self.folder)
        numbers = {**self.openings.numbers, "carvable": np.zeros_like(self.openings.numbers["carvable"])}
        given = {
            "parameters": self.parameters,
            "people": self.people,
            "openings": replace(self.openings, numbers=numbers),
        }
        other.__dict__.update(given)  # as cached_property keeps them
        return other

    def matcher(self, threads: int) -> Matcher:
        """All people against all openings."""
        return Matcher(self.people, self.index, ON, threads)

    def some_people(self, number: int, into: Path, *, seed: int) -> People:
        """People drawn at random, in the order of the file."""
        file = pq.ParquetFile(self.folder / "people.parquet")
        size = file.metadata.num_rows
        rows = np.sort(np.random.default_rng(seed).choice(size, min(number, size), replace=False))
        parts, start = [], 0
        for batch in file.iter_batches(batch_size=50_000):
            here = rows[(rows >= start) & (rows < start + len(batch))] - start
            parts.append(pa.Table.from_batches([batch]).take(pa.array(here)))
            start += len(batch)
        pq.write_table(pa.concat_tables(parts), into / "some-people.parquet")
        return read_people(into / "some-people.parquet", self.parameters).table

    def sizes(self) -> tuple[int, int]:
        """How many people and openings there are."""
        people, openings = (pq.ParquetFile(self.folder / f"{name}.parquet") for name in ("people", "openings"))
        return people.metadata.num_rows, openings.metadata.num_rows


def make(folder: Path, people: int, openings: int) -> None:
    """Invent the country, unless it is there already."""
    if all((folder / f"{name}.parquet").exists() for name in ("people", "openings")):
        return
    folder.mkdir(parents=True, exist_ok=True)
    sizes = ["--people", str(people), "--openings", str(openings), "--seed", "1"]
    subprocess.run([*COMMAND, "synth", *sizes, "--out", str(folder)], check=True, stdout=sys.stderr)


def spread_tasks(matcher: Matcher, people: int) -> list[int]:
    """Whole tasks spread over the country, together with about this many people."""
    tasks = matcher.tasks
    pc4 = matcher.people.numbers["place"]
    by_place = np.argsort([int(pc4[rows[0]]) for rows in tasks], kind="stable")
    wanted = max(1, round(len(tasks) * min(1.0, people / len(matcher.people))))
    at = np.linspace(0, len(tasks) - 1, 2 * wanted + 1)[1::2].round().astype(int)
    return sorted({int(by_place[place]) for place in at})
