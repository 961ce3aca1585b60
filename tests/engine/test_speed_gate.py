"""How fast the search is beside the least that can be done, in the same process: a gate that noise does not move.

The floor is one 64-bit AND for each person and each opening within reach (`benchmarks.mask_floor`). Both are measured
in processor time, one thread, turn by turn, and the median of five ratios counts.

Seen on 2026-11-22, two shared cores, 2,000 people and 40,000 openings of one region, lists of 50: 13.8, 14.4 and 14.6
times the floor. The bound is two and a half times that. When every opening that names skills is tried in place of those
of which a rare skill is held, 60 times.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dichterbij.engine import Index, build_index, read_openings, read_people
from dichterbij.engine.matching import Matcher
from dichterbij.engine.tables import People
from dichterbij.synthetic import files
from engine.rows import TODAY, packaged

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, OPENINGS, TOP, TURNS, LOOPS = 2_000, 40_000, 50, 5, 4
MOST = 36


@dataclass(frozen=True)
class Region:
    """People of one region, the openings there, and the floor under them."""

    people: People
    index: Index
    floor: Callable[[], int]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    folder = tmp_path_factory.mktemp("region")
    order = files.Order(seed=1, region="AM20", on=TODAY)
    files.write(folder, order, number_of_people=PEOPLE, number_of_openings=OPENINGS, form="parquet",
                progress=lambda *_: None)  # fmt: skip
    people = read_people(folder / "people.parquet", packaged()).table
    openings = read_openings(folder / "openings.parquet", packaged()).table
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        floor = import_module("benchmarks.mask_floor")
        reference = import_module("benchmarks.numpy_reference").Reference(people, openings, packaged(), TODAY)
    homes = floor.homes_of(reference, np.arange(len(people)))
    return Region(people, build_index(openings, packaged(), seed=0), lambda: passes(floor.passing, homes))


def passes(passing: Any, homes: list[Any]) -> int:
    """The mask test of everybody, so many times that it can be timed."""
    return sum(passing(*home) for _ in range(LOOPS) for home in homes)


def ratio(region: Region, index: Index, turns: int = TURNS) -> float:
    """Processor time of the search, for each unit of the floor."""
    matcher = Matcher(region.people, index, TODAY, 1)
    lists = np.full((len(region.people), TOP), -1, dtype=np.int32)

    def search() -> None:
        matcher.nearest(TOP, into=lists)

    seconds(search), seconds(region.floor)  # once for compiling
    return statistics.median(LOOPS * seconds(search) / seconds(region.floor) for _ in range(turns))


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_search_costs_a_few_times_the_least_that_can_be_done(region: Region) -> None:
    assert ratio(region, region.index) < MOST


def test_the_gate_closes_when_every_opening_is_tried(region: Region) -> None:
    traits = region.index.traits
    all_of_them = traits._replace(rare_start=np.zeros_like(traits.rare_start), rare=traits.rare[:0])
    assert ratio(region, replace(region.index, traits=all_of_them), 3) > MOST
