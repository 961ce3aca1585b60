"""The door for Python: rows in, bridges out; threads, blocks and an index made before change nothing."""

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from contract.comparing import TODAY, reference_match, reference_people_for
from contract.door import OPENING_TYPES, PEOPLE_TYPES, Rows, exactly, write_jsonl, write_parquet
from contract.pools import Drawing
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import build_index, match, openings_from_rows, people_for, people_from_rows
from dichterbij.shared.errors import InputError

Instance = tuple[Rows, Rows, list[str]]


@pytest.fixture(scope="module")
def parameters() -> Any:
    """The packaged parameters."""
    return load_parameters(on=TODAY)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """People, openings, and what the reference makes of them."""
    folder = tmp_path_factory.mktemp("python")
    people, openings = Drawing(random.Random(21)).instance(900, 25)
    paths = write_jsonl(folder / "people.jsonl", people), write_jsonl(folder / "openings.jsonl", openings)
    return people, openings, exactly(reference_match(*paths, top=7))


def told(blocks: Any) -> list[str]:
    """The rows of all blocks, as text."""
    return exactly([json.loads(line) for block in blocks for line in block.json_lines()])


@pytest.mark.parametrize("threads", [1, 2, 3, 16])
def test_threads_change_nothing(threads: int, instance: Instance, parameters: Any) -> None:
    people = people_from_rows(instance[0], parameters)
    openings = openings_from_rows(instance[1], parameters)
    assert told(match(people, openings, parameters, on=TODAY, top=7, threads=threads)) == instance[2]


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_blocks_change_nothing(size: int, instance: Instance, parameters: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dichterbij.engine.matching.BRIDGES_AT_A_TIME", size)
    people = people_from_rows(instance[0], parameters)
    openings = openings_from_rows(instance[1], parameters)
    assert told(match(people, openings, parameters, on=TODAY, top=7)) == instance[2]


def test_an_index_serves_again(instance: Instance, parameters: Any) -> None:
    people = people_from_rows(instance[0], parameters)
    index = build_index(openings_from_rows(instance[1], parameters), parameters, seed=0)
    for _ in range(2):
        assert told(match(people, index, parameters, on=TODAY, top=7)) == instance[2]


def test_one_person_alone_gets_what_everybody_together_gets(instance: Instance, parameters: Any) -> None:
    index = build_index(openings_from_rows(instance[1], parameters), parameters, seed=0)
    alone = [
        line
        for person in instance[0][:40]
        for line in told(match(people_from_rows([person], parameters), index, parameters, on=TODAY, top=7))
    ]
    assert alone == instance[2][: len(alone)]
    assert alone


def test_arrow_tables_give_the_same_as_rows(instance: Instance, parameters: Any, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    people = pq.read_table(write_parquet(tmp_path / "people.parquet", instance[0], PEOPLE_TYPES))
    openings = pq.read_table(write_parquet(tmp_path / "openings.parquet", instance[1], OPENING_TYPES))
    assert isinstance(people, pa.Table)
    blocks = match(
        people_from_rows(people, parameters), openings_from_rows(openings, parameters), parameters, on=TODAY, top=7
    )
    assert told(blocks) == instance[2]


def test_people_for_gives_the_same_from_rows(instance: Instance, parameters: Any, tmp_path: Path) -> None:
    paths = write_jsonl(tmp_path / "p.jsonl", instance[0]), write_jsonl(tmp_path / "o.jsonl", instance[1])
    people = people_from_rows(instance[0], parameters)
    openings = openings_from_rows(instance[1], parameters)
    for opening in instance[1][:8]:
        bridges, _ = people_for(opening["opening_id"], people, openings, parameters, on=TODAY, within_weeks=13)
        expected = reference_people_for(opening["opening_id"], *paths, within_weeks=13)
        assert exactly([json.loads(line) for line in bridges.json_lines()]) == exactly(expected)


def test_a_bad_row_is_an_error_that_names_it(instance: Instance, parameters: Any) -> None:
    rows = [instance[0][0], {**instance[0][1], "dutch": 9}]
    with pytest.raises(InputError, match="dutch"):
        people_from_rows(rows, parameters)
    assert len(people_from_rows(rows, parameters, skip_bad_rows=True)) == 1
