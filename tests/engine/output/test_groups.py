"""Row groups made straight from lists hold what the bridges say one by one; and the compact ones the same in short."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dichterbij.engine import Parameters, build_index, openings_from_rows, people_from_rows
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output import groups
from dichterbij.engine.output.block import step_columns
from dichterbij.engine.output.columns import Compact, Contract
from dichterbij.engine.output.compact import CompactFile, about_run
from dichterbij.engine.output.groups import groups_of
from dichterbij.engine.output.writing import output
from engine.rows import TODAY, Invented, packaged

RECORD: dict[str, Any] = {
    "version": "1", "date": "2026-12-01", "seed": 0, "top": 7,
    "parameters": {"sha256": "p", "reference_sha256": "r"},
    "inputs": {"people": {"sha256": "a"}, "openings": {"sha256": "b"}},
}  # fmt: skip


def many_licences() -> Parameters:
    """Parameters with more steps than fit in one column of bits."""
    parameters = packaged()
    one = parameters.licences["vca"]
    return replace(parameters, licences={**parameters.licences, **{f"x{number}": one for number in range(90)}})


def listed(seed: int, parameters: Parameters, *, top: int = 7, threads: int = 2) -> tuple[Matcher, Any]:
    """Invented people and openings, and the lists of the nearest."""
    invented = Invented(seed)
    openings = invented.openings(120)
    for row in openings[::3]:
        row["licences"] = [*(row["licences"] or []), f"x{seed + 40}", "x3"][: 3 if "x3" in parameters.licences else 2]
    people = people_from_rows(invented.people(150), parameters)
    matcher = Matcher(
        people, build_index(openings_from_rows(openings, parameters), parameters, seed=seed), TODAY, threads
    )
    lists = np.full((len(people), top), -1, dtype=np.int32)
    matcher.nearest(top, into=lists)
    return matcher, lists


def written(path: Path, matcher: Matcher, lists: Any, layout: Any, about: dict[str, str] | None = None) -> pa.Table:
    """What pyarrow reads of the file."""
    with output(path) as files:
        files.write_groups((made.group for made in groups_of(matcher, lists, layout)), layout.schema, about or {})
    return pq.read_table(path)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [30, 250_000])
def test_row_groups_hold_the_bridges(seed: int, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "ROWS_AT_A_TIME", size)
    matcher, lists = listed(seed, many_licences() if seed % 2 else packaged(), threads=1 + seed % 3)
    bridges = matcher.bridges(np.arange(len(lists), dtype=np.int32), lists)
    assert len(bridges) > 200
    assert written(tmp_path / "full.parquet", matcher, lists, Contract()).equals(bridges.table())


@pytest.mark.parametrize("seed", range(4))
def test_a_compact_file_gives_the_words_and_the_lists_back(seed: int, tmp_path: Path) -> None:
    parameters = many_licences() if seed % 2 else packaged()
    matcher, lists = listed(seed, parameters)
    layout = Compact(step_columns(parameters))
    assert len(layout.schema) == 13 + seed % 2
    written(tmp_path / "c.parquet", matcher, lists, layout, about_run(RECORD, matcher))
    full = (
        matcher.bridges(np.arange(len(lists), dtype=np.int32), lists).table().drop_columns(["missing", "optional_held"])
    )
    file = CompactFile.of(tmp_path / "c.parquet")
    assert [row for table in file.in_words() for row in table.to_pylist()] == full.to_pylist()
    assert np.array_equal(file.lists(matcher.people, matcher), lists)


@pytest.mark.parametrize("people", [0, 150])
def test_when_nobody_has_a_bridge_the_columns_are_there(people: int, tmp_path: Path) -> None:
    matcher, lists = listed(1, packaged())
    lists[:] = -1
    for layout in (Contract(), Compact(1)):
        table = written(tmp_path / "none.parquet", matcher, lists[:people], layout, about_run(RECORD, matcher))
        assert table.column_names == layout.schema.names
        assert len(table) == 0
        assert list(CompactFile.of(tmp_path / "none.parquet").tables()) == []
    assert pq.read_schema(tmp_path / "none.parquet").field("person_id").type == pa.string()


def test_a_list_with_an_opening_out_of_reach_is_an_error() -> None:
    matcher, lists = listed(1, packaged())
    for row in range(len(lists)):  # somebody lacks one of these
        lists[row] = np.arange(lists.shape[1])
    with pytest.raises(RuntimeError, match="within reach"):
        list(groups_of(matcher, lists, Contract()))
