"""Small worlds at the edges of the search, over both of its ways, beside the plain reference.

The search decides many pairs from bits and sums. Here every number sits on an edge of those: sets of codes beyond the
bits, weights of 0, 255 and above 4,096 weeks, lists of 200 skills, lists that count as none, leads that make onboarding
slower than learning at work, starts on the very day, homes behind water. Lists of 1, 3 and 50: short ones make the
search stop early.
"""

import random
from pathlib import Path
from typing import Any

import pytest

from contract.comparing import TODAY, packaged_world, world_of
from contract.door import Rows, write_jsonl
from contract.edges import Edges, one_set_each, with_unusual_values
from contract.parameter_sets import ODD, random_sets, write_parameters
from contract.pools import Drawing
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Index, build_index, match, matching, openings_from_rows, people_from_rows
from dichterbij.engine.search import tasks
from dichterbij.engine.tables import People
from reference import bridge, columns, rows
from reference.world import World

WORLDS = 12  # of each number
TOPS = (1, 3, 50)


def answer(people: People, index: Index, top: int) -> Rows:
    """What the engine gives."""
    found = match(people, index, index.parameters, on=TODAY, top=top, threads=1)
    return [dict(row) for block in found for row in block.rows()]


def asked(folder: Path, people: Rows, openings: Rows, world: World) -> Rows:
    """All bridges that the reference finds."""
    read = []
    for name, table, given in (("people", columns.PEOPLE, people), ("openings", columns.OPENINGS, openings)):
        good, bad = rows.read(write_jsonl(folder / f"{name}.jsonl", given), table, world)
        assert not bad
        read.append(good)
    return bridge.match(*read, date=TODAY, seed=0, top=len(openings), world=world)


def differences(got: Rows, wanted: Rows) -> Any:
    """The first row that is not the same; nothing when all are."""
    for one, other in zip(got, wanted, strict=False):
        if one != other:
            return one, other
    return None if len(got) == len(wanted) else (len(got), len(wanted))


@pytest.mark.parametrize("number", range(18))
def test_both_ways_of_searching_agree_with_the_reference(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edges = Edges(random.Random(number))
    folder = write_parameters(tmp_path / "parameters", edges.parameters())
    parameters, reference = load_parameters(on=TODAY, directory=folder), world_of(folder)
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", 2)
    monkeypatch.setattr(tasks, "MOST_PEOPLE", 3)
    for at in range(WORLDS):
        has_many_sets = at % 3 == 0
        people, openings = edges.world(4, 50 if has_many_sets else 20)
        if has_many_sets:
            one_set_each(openings, edges.rng)
        people, openings = ([with_unusual_values(row, edges.rng) for row in part] for part in (people, openings))
        wanted = asked(tmp_path, people, openings, reference)
        crowd = people_from_rows(people, parameters)
        index = build_index(openings_from_rows(openings, parameters), parameters, seed=0)
        for few in (1, 1_000):
            monkeypatch.setattr(matching, "FEW_PEOPLE", few)
            for top in TOPS:
                short = [row for row in wanted if row["position"] <= top]
                assert differences(answer(crowd, index, top), short) is None, (number, at, few, top)


def test_the_worlds_hold_every_route_and_step(tmp_path: Path) -> None:
    found: Rows = []
    for number in range(6):
        edges = Edges(random.Random(number))
        reference = world_of(write_parameters(tmp_path / "parameters", edges.parameters()))
        for _ in range(3):
            found += asked(tmp_path, *edges.world(5, 30), reference)
    assert {row["route"] for row in found} == {"direct", "open_hiring", "learn_work", "carving"}
    assert {code.split(":")[0] for row in found for code in row["step_codes"]} == {
        "ebike", "licence", "childcare", "dutch", "adaptation", "onboarding", "learn_work", "carving",
    }  # fmt: skip


@pytest.mark.parametrize("name", [*ODD, *range(8)])
def test_neighbourhoods_under_odd_parameters_agree_with_the_reference(
    name: str | int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(str(name))
    folder = write_parameters(tmp_path / "parameters", random_sets(rng) if isinstance(name, int) else ODD[name])
    parameters, reference = load_parameters(on=TODAY, directory=folder), world_of(folder)
    monkeypatch.setattr(matching, "FEW_PEOPLE", 1)
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", 1)
    monkeypatch.setattr(tasks, "MOST_PEOPLE", 2)
    for at in range(2):
        people, openings = Drawing(rng).instance(6, 30)
        crowd = people_from_rows(people, parameters)
        index = build_index(openings_from_rows(openings, parameters), parameters, seed=0)
        wanted = asked(tmp_path, people, openings, reference)
        for top in TOPS:
            short = [row for row in wanted if row["position"] <= top]
            assert differences(answer(crowd, index, top), short) is None, (at, top)


def test_more_skills_than_sixteen_bits_count_agree_with_the_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Skills whose numbers share their lower half: one is held, the other is asked."""
    monkeypatch.setattr(matching, "FEW_PEOPLE", 1)
    rng = random.Random(1)
    words = [f"https://example.org/many/{number:06}" for number in range(66_000)]
    twins = range(len(words) - (1 << 16))
    edges = Edges(rng)
    openings = edges.world(0, 60)[1]
    asking_little = {"pc4": 1011, "hours_min": 8, "hours_max": 32}
    openings += [
        {"opening_id": f"all{at}", **asking_little, "essential": words[at : at + 600]}
        for at in range(0, len(words), 600)
    ]
    for row in openings[:60]:
        row["essential"] = [words[at + rng.choice([0, 1 << 16])] for at in rng.sample(twins, 6)]
        row |= {"pc4": 1011, "tasks": None, "learning_company": rng.random() < 0.5}
    people = [{"person_id": f"p{at}", "pc4": 1012, "skills": [words[one + rng.choice([0, 1 << 16])] for one in twins]}
              for at in range(12)]  # fmt: skip
    parameters = load_parameters(on=TODAY)
    index = build_index(openings_from_rows(openings, parameters), parameters, seed=0)
    assert len(index.skills) > 1 << 16
    wanted = asked(tmp_path, people, openings, packaged_world())
    assert {row["route"] for row in wanted} >= {"direct", "learn_work"}
    for top in TOPS:
        short = [row for row in wanted if row["position"] <= top]
        assert differences(answer(people_from_rows(people, parameters), index, top), short) is None, top
