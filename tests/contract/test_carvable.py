"""Every opening can be carved: no bit and no sum decides then, each pair may have to be worked out.

3,000 openings in four postcodes and 300 people; the lists are those of every pair worked out one by one, and for a few
people those of the plain reference. The time is bounded by that of every pair, in processor time of the same process.
"""

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contract.comparing import packaged_world
from contract.door import Rows, write_jsonl
from dichterbij.engine import build_index, matching, openings_from_rows, people_from_rows
from dichterbij.engine.arrays import KEY, NO_BRIDGE
from dichterbij.engine.matching import Matcher, count, numbers_of_pairs
from dichterbij.engine.search import tasks
from engine.rows import TODAY, Invented, Row, packaged
from reference import bridge, columns, rows

PEOPLE, OPENINGS, TOP = 300, 3_000, 50
# Of the time that all pairs take, worked out person by person without any list. Seen on 2026-11-22: 0.5.
MOST = 1.5


def to_be_carved(row: Row, skills: list[str], pick: random.Random) -> Row:
    """The same work, in tasks of which some can be taken out; whoever misses a skill learns it nowhere."""
    essential = pick.sample(skills, pick.randint(2, 8))
    parts = [pick.sample(essential, pick.randint(0, 2)) for _ in range(pick.randint(1, 6))]
    work = [
        {"hours": pick.randint(20, 100), "essential": part, "level_min": pick.choice([None, 1, 3])} for part in parts
    ]
    given = {
        "carvable": True,
        "open_hiring": False,
        "learning_company": False,
        "onboarding_weeks": 0,
        "level_min": None,
    }
    hours = {"hours_min": pick.randint(8, 30), "hours_max": 60, "carve_max_share": pick.choice([400, 1000])}
    return {**row, **given, **hours, "essential": essential, "licences": [], "legal": [], "tasks": work}


@pytest.fixture(scope="module")
def world() -> tuple[Rows, Rows]:
    """People and openings, all near each other."""
    invented = Invented(17)
    invented.pc4 = [*invented.pc4[:1], 3511, 3512, 3581]
    return invented.people(PEOPLE), [
        to_be_carved(row, invented.skills, invented.random) for row in invented.openings(OPENINGS)
    ]


@pytest.fixture(scope="module")
def matcher(world: tuple[Rows, Rows]) -> Matcher:
    people, openings = world
    index = build_index(openings_from_rows(openings, packaged()), packaged(), seed=0)
    return Matcher(people_from_rows(people, packaged()), index, TODAY, 1)


def searched(matcher: Matcher) -> Any:
    """The list of each person."""
    lists = np.full((PEOPLE, TOP), -7, dtype=np.int32)
    Matcher(matcher.people, matcher.index, TODAY, 2).nearest(TOP, into=lists)
    return lists


def every_pair(matcher: Matcher) -> Any:
    """The lists, of every pair worked out by itself."""
    lists, index = np.full((PEOPLE, TOP), -1, dtype=np.int32), matcher.index
    at, rank = np.arange(len(index), dtype=np.int32), np.asarray(index.records["rank"])
    for row in range(PEOPLE):
        keys = numbers_of_pairs(matcher.worlds[0], np.full(len(index), row, dtype=np.int32), at)[:, KEY]
        best = np.lexsort((rank, keys))[:TOP]
        best = best[keys[best] != NO_BRIDGE]
        lists[row, : len(best)] = best
    return lists


@pytest.mark.parametrize("few", [1, PEOPLE + 1])
def test_the_lists_are_those_of_every_pair(few: int, matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "FEW_PEOPLE", few)
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", 40)
    assert np.array_equal(searched(matcher), every_pair(matcher))


def test_the_lists_of_a_few_are_those_of_the_plain_reference(
    world: tuple[Rows, Rows], matcher: Matcher, tmp_path: Path
) -> None:
    lists, read = searched(matcher), []
    for name, table, given in zip(("p", "o"), (columns.PEOPLE, columns.OPENINGS), world, strict=True):
        good, bad = rows.read(write_jsonl(tmp_path / f"{name}.jsonl", given), table, packaged_world())
        assert not bad
        read.append(good)
    routes = []
    for who in range(0, PEOPLE, 15):
        own = matcher.bridges(np.array([who], dtype=np.int32), lists[[who]])
        expected = bridge.match([read[0][who]], read[1], date=TODAY, seed=0, top=TOP, world=packaged_world())
        assert [dict(row) for row in own.rows()] == expected
        routes += [row["route"] for row in expected]
    assert routes.count("carving") > 50


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_search_takes_no_longer_than_every_pair_once(matcher: Matcher) -> None:
    lists = np.full((PEOPLE, TOP), -7, dtype=np.int32)

    def search() -> None:
        matcher.nearest(TOP, into=lists)

    def pairs() -> None:
        count(matcher.people, matcher.index, on=TODAY)

    seconds(search), seconds(pairs)  # once for compiling
    assert statistics.median(seconds(search) / seconds(pairs) for _ in range(5)) < MOST
