"""Invented people of the whole country beside the plain reference: each list of fifty, in all its columns.

The plain reference works out one pair at a time and cannot try every opening for everybody. So for each of 150 people
it gets a set of openings: the engine's own list, the first 60 that `benchmarks.numpy_reference` finds, and 150 drawn at
random from all that are within reach. Its list of that set must be the engine's: nothing in the engine's list is
wrong, and nothing that another way of searching or chance brings in stands before it. For a few people it gets every
opening there is. 45,000 openings in the ordinary suite; the 450,000 of the country and 600 people in `long`
(3 minutes, 5 GB).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contract.comparing import TODAY, packaged_world
from contract.door import Rows
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import build_index, matching, read_openings, read_people
from dichterbij.engine.matching import Matcher
from dichterbij.engine.search import tasks
from dichterbij.synthetic import files
from reference import bridge, columns, rows

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 150
SEED, TOP, MORE, DRAWN = 1, 50, 60, 150  # the seed of the national set


@dataclass(frozen=True)
class Country:
    """People and openings as the engine and both references see them."""

    matcher: Matcher
    lists: Any
    people: Rows
    openings: Rows
    by_numpy: Any

    def of_engine(self, who: int) -> Rows:
        """The engine's list of this person."""
        return [dict(row) for row in self.matcher.bridges(np.array([who], dtype=np.int32), self.lists[[who]]).rows()]

    def of_reference(self, who: int, chosen: list[int]) -> Rows:
        """The plain reference's list of this person among these openings."""
        some = [self.openings[at] for at in sorted(chosen)]
        return bridge.match([self.people[who]], some, date=TODAY, seed=0, top=TOP, world=packaged_world())

    def candidates(self, who: int, rng: random.Random) -> set[int]:
        """Rows of the openings that the plain reference is asked about."""
        person = {name: int(values[who]) for name, values in self.by_numpy.people.numbers.items()}
        minutes, _, _ = self.by_numpy.reach(person)
        far = import_module("benchmarks.numpy_tables").FAR
        start = self.by_numpy.place_start
        near = np.flatnonzero(np.repeat(minutes < far, np.diff(start)))
        drawn = rng.sample(near.tolist(), min(DRAWN, len(near)))
        own = self.lists[who][self.lists[who] >= 0]
        return {
            *self.matcher.index.row_of[own].tolist(),
            *self.by_numpy.nearest(who, MORE)[:, 0].tolist(),
            *self.by_numpy.row_of[drawn].tolist(),
        }


def made(folder: Path, people: int, openings: int) -> Country:
    """A country of this size, and the engine's lists, made by many small tasks on two threads."""
    order = files.Order(seed=SEED, region="all", on=TODAY)
    files.write(folder, order, number_of_people=people, number_of_openings=openings, form="parquet",
                progress=lambda *_: None)  # fmt: skip
    paths = folder / "people.parquet", folder / "openings.parquet"
    parameters = load_parameters(on=TODAY)
    crowd, jobs = read_people(paths[0], parameters).table, read_openings(paths[1], parameters).table
    matcher = Matcher(crowd, build_index(jobs, parameters, seed=0), TODAY, 2)
    assert len(matcher.tasks) > 5
    lists = np.full((people, TOP), -1, dtype=np.int32)
    matcher.nearest(TOP, into=lists)
    world = packaged_world()
    good = [
        rows.read(path, table, world) for path, table in zip(paths, (columns.PEOPLE, columns.OPENINGS), strict=True)
    ]
    assert not any(bad for _, bad in good)
    by_numpy = import_module("benchmarks.numpy_reference").Reference(crowd, jobs, parameters, TODAY)
    return Country(matcher, lists, good[0][0], good[1][0], by_numpy)


@pytest.fixture(scope="module")
def small_tasks() -> Iterator[None]:
    """Neighbourhoods of twenty people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        patch.setattr(matching, "FEW_PEOPLE", 1)
        patch.setattr(tasks, "FEWEST_PEOPLE", 20)
        patch.setattr(tasks, "MOST_PEOPLE", 20)
        yield


@pytest.fixture(scope="module")
def country(small_tasks: None, tmp_path_factory: pytest.TempPathFactory) -> Country:
    return made(tmp_path_factory.mktemp("country"), PEOPLE, 45_000)


def test_the_lists_of_these_people_are_those_of_the_reference(country: Country) -> None:
    rng = random.Random(SEED)
    assert sum(len(country.of_engine(who)) for who in range(PEOPLE)) > 5_000
    for who in range(PEOPLE):
        assert country.of_engine(who) == country.of_reference(who, list(country.candidates(who, rng))), who


def test_nothing_at_all_is_nearer_for_a_few(country: Country) -> None:
    everything = list(range(len(country.openings)))
    for who in range(0, PEOPLE, 50):
        assert country.of_engine(who) == country.of_reference(who, everything), who


@pytest.mark.long
def test_the_lists_in_a_whole_country_are_those_of_the_reference(small_tasks: None, tmp_path: Path) -> None:
    country, rng = made(tmp_path, 600, 450_000), random.Random(SEED)
    for who in range(600):
        assert country.of_engine(who) == country.of_reference(who, list(country.candidates(who, rng))), who
    everything = list(range(len(country.openings)))
    for who in range(0, 600, 200):
        assert country.of_engine(who) == country.of_reference(who, everything), who
