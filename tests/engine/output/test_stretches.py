"""Stretches of lists hold as much as fits, by rows and by the skills of the openings on them."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from dichterbij.engine import build_index, openings_from_rows, people_from_rows
from dichterbij.engine.index import Index
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output import stretches
from dichterbij.engine.output.columns import Contract
from dichterbij.engine.output.filling import blocks_of
from dichterbij.engine.output.groups import groups_of
from dichterbij.engine.output.results import Bridges
from dichterbij.engine.output.writing import output
from engine.rows import TODAY, Row, opening, packaged, person

HEAVY = 300  # skills


def some_openings() -> list[Row]:
    """Nine that ask little and one with very many skills."""
    many = [f"skill:{number}" for number in range(HEAVY)]
    light = [opening(f"o{number}", essential=["skill:a"]) for number in range(9)]
    return [*light, opening("heavy", essential=many[:200], optional=many[200:])]


def index_of(rows: list[Row]) -> Index:
    """The index of these openings."""
    return build_index(openings_from_rows(rows, packaged()), packaged(), seed=0)


def held(index: Index, lists: np.ndarray) -> int:
    """Skills of the openings on these lists, counted one by one."""
    own = index.openings
    rows = [int(index.row_of[place]) for place in lists[lists >= 0]]
    return sum(len(own.essential.of(row)) + len(own.optional.of(row)) for row in rows)


@pytest.mark.parametrize("most", [50, 700, 10_000])
def test_no_stretch_holds_more_skills_than_fit_unless_it_is_one_person(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "SKILLS_AT_A_TIME", most)
    index = index_of(some_openings())
    lists = np.random.default_rng(3).integers(-1, 10, (40, 4)).astype(np.int32)
    found = list(stretches.stretches(index, lists, 60))
    assert [row for first, last in found for row in range(first, last)] == list(range(40))
    for first, last in found:
        assert last - first == 1 or held(index, lists[first:last]) <= most
        assert (last - first) * 4 <= 60
    assert (len(found) > 3) == (most < 10_000)


def test_without_people_or_places_there_is_nothing_to_cut() -> None:
    index = index_of(some_openings())
    assert list(stretches.stretches(index, np.empty((0, 4), dtype=np.int32), 60)) == []
    assert list(stretches.stretches(index, np.empty((5, 0), dtype=np.int32), 60)) == [(0, 5)]


def test_the_output_is_the_same_however_it_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [f"skill:{number}" for number in range(2, 250)]
    people = people_from_rows([person(f"p{number}", skills=held) for number in range(20)], packaged())
    matcher = Matcher(people, index_of(some_openings()), TODAY, 2)
    lists = np.full((20, 10), -1, dtype=np.int32)
    matcher.nearest(10, into=lists)
    whole = matcher.bridges(np.arange(20, dtype=np.int32), lists)
    assert len(whole) == 200
    monkeypatch.setattr(stretches, "SKILLS_AT_A_TIME", 1_000)
    blocks: list[Bridges] = list(blocks_of(matcher, lists))
    assert len(blocks) > 5
    assert [line for block in blocks for line in block.json_lines()] == list(whole.json_lines())
    with output(tmp_path / "m.parquet") as files:
        files.write_groups((made.group for made in groups_of(matcher, lists, Contract())), Contract.schema, {})
    assert pq.read_metadata(tmp_path / "m.parquet").num_row_groups == len(blocks)
    assert pq.read_table(tmp_path / "m.parquet").equals(whole.table())
