"""Product beside reference, on one instance in files."""

import datetime
import functools
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from contract.door import Answer, Rows, exactly, read_jsonl, run
from dichterbij.data import REFERENCE, RULES
from reference import bridge, columns, parameters, rows
from reference.world import World, read_world

DATE = "2026-12-01"
TODAY = datetime.date(2026, 12, 1)


@functools.cache
def packaged_world() -> World:
    """The reference's world of the packaged data."""
    return read_world(REFERENCE, RULES, date=DATE)


def world_of(directory: Path) -> World:
    """The reference's world with a folder of parameters."""
    packaged = packaged_world()
    return World(parameters.load(RULES / "bridge", DATE, directory), packaged.postcodes, packaged.reuse_levels)


def files(people: Path, openings: Path) -> list[Any]:
    """The arguments that name the input."""
    return ["--people", people, "--openings", openings, "--date", DATE]


def product_match(people: Path, openings: Path, out: Path, *more: object) -> Rows:
    """The product's rows; an assertion when it stops."""
    answer = run("match", *files(people, openings), "--out", out, *more)
    assert answer.code == 0, answer.err
    return read_jsonl(out)


def reference_match(people: Path, openings: Path, *, top: int = 50, seed: int = 0, world: World | None = None) -> Rows:
    """The reference's rows, of the good rows."""
    world = world or packaged_world()
    good_people, _ = rows.read(people, columns.PEOPLE, world)
    good_openings, _ = rows.read(openings, columns.OPENINGS, world)
    return bridge.match(good_people, good_openings, date=TODAY, seed=seed, top=top, world=world)


def reference_people_for(
    opening_id: str,
    people: Path,
    openings: Path,
    *,
    seed: int = 0,
    within_weeks: int = 4,
    within_steps: int = 2,
    world: World | None = None,
) -> Rows:
    """The reference's set of people within reach of one opening."""
    world = world or packaged_world()
    good_people, _ = rows.read(people, columns.PEOPLE, world)
    good_openings, _ = rows.read(openings, columns.OPENINGS, world)
    opening = next(row for row in good_openings if row["opening_id"] == opening_id)
    return bridge.people_for(
        opening,
        good_people,
        date=TODAY,
        seed=seed,
        within_weeks=within_weeks,
        within_steps=within_steps,
        world=world,
    )


def reference_rejected(people: Path, openings: Path, world: World | None = None) -> Rows:
    """The reference's rejected rows, people first."""
    world = world or packaged_world()
    rejected = []
    for path, table in ((people, columns.PEOPLE), (openings, columns.OPENINGS)):
        for bad in rows.read(path, table, world)[1]:
            rejected.append({"file": path.name, **asdict(bad)})
    return rejected


REJECTED_KEYS = ["file", "row", "id", "column", "expected", "found"]


def assert_same_rejected(out: Path, expected: Rows) -> None:
    """The product's rejected file names the same rows, columns and found values; its words are its own."""
    told = read_jsonl(Path(f"{out}.rejected.jsonl"))
    assert all(list(row) == REJECTED_KEYS for row in told)
    assert all(isinstance(row["expected"], str) and row["expected"] for row in told)
    assert [place_of(row) for row in told] == [place_of(row) for row in expected]


def place_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """What must be the same of a rejected row; a broken line and a task may be shown in part."""
    found = "" if row["column"] in (None, "tasks") else json.dumps(row["found"])
    return (Path(row["file"]).name, row["row"], row["id"], row["column"], found)


def assert_same_match(people: Path, openings: Path, out: Path, *, top: int = 50, seed: int = 0) -> Rows:
    """Product and reference give the same rows with the packaged parameters."""
    told = product_match(people, openings, out, "--top", top, "--seed", seed)
    expected = reference_match(people, openings, top=top, seed=seed)
    assert exactly(told) == exactly(expected)
    return expected


def assert_stopped(answer: Answer, out: Path) -> None:
    """Exit code 2, a message, and nothing left behind."""
    assert answer.code == 2, answer.err
    assert answer.err.strip()
    assert answer.out == ""
    left = [path.name for path in out.parent.iterdir() if path.name.startswith(out.name)]
    assert left == []
