"""Input that nobody expects: everything at one postcode, lists without end, ids that come back far away."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dichterbij.engine import build_index, match, people_from_rows, read_openings, read_people
from dichterbij.shared.errors import InputError
from engine.rows import TODAY, Invented, bridges, opening, packaged, person

SIZES = [3_000, pytest.param(1_000_000, marks=pytest.mark.long)]
LISTS = [10_000, pytest.param(100_000, marks=pytest.mark.long)]


def openings_at_one_place(count: int, path: Path) -> Path:
    """So many openings at one postcode; the one with the smallest number is the nearest."""
    number = np.arange(count)
    skills = pa.array([[f"skill:{at}"] for at in range(10)]).take(pa.array(number % 10))
    table = pa.table(
        {
            "opening_id": pa.array([f"o{at}" for at in range(count)]),
            "pc4": pa.array(np.full(count, 3511)),
            "hours_min": pa.array(np.full(count, 8)),
            "hours_max": pa.array(np.full(count, 32)),
            "essential": skills,
            "licences": pa.array([["vca"], []]).take(pa.array((number > 0).astype(np.int8))),
            "onboarding_weeks": pa.array(np.where(number == count // 2, 8, 0)),
        }
    )
    pq.write_table(table, path, row_group_size=100_000)
    return path


@pytest.mark.parametrize("count", SIZES)
def test_everything_at_one_postcode_is_read_and_matched(count: int, tmp_path: Path) -> None:
    openings = read_openings(openings_at_one_place(count, tmp_path / "o.parquet"), packaged()).table
    index = build_index(openings, packaged(), seed=0)
    people = people_from_rows(
        [person("none", skills=[], learn_weeks_max=0), person("all", skills=[f"skill:{at}" for at in range(10)])],
        packaged(),
    )
    found = [row for block in match(people, index, packaged(), on=TODAY, top=50) for row in block.rows()]
    assert [row["opening_id"] for row in found if row["person_id"] == "none"] == [f"o{count // 2}"]
    own = [row for row in found if row["person_id"] == "all"]
    assert (len(own), {row["weeks_to_start"] for row in own}) == (50, {0})


@pytest.mark.parametrize("count", LISTS)
def test_an_opening_with_skills_without_end_is_matched_exactly(count: int) -> None:
    skills = [f"skill:{number:06}" for number in range(count)]
    offered = [opening("long", essential=skills, optional=skills[:10], learning_company=True), opening("short")]
    people = [
        person("all", skills=skills),
        person("all but one", skills=skills[1:]),
        person("half", skills=skills[::2], learn_weeks_max=255),
        person("nobody knows", skills=None),
    ]
    found = {(row["person_id"], row["opening_id"]): row for row in bridges(people, offered)}
    weeks = packaged().learning.unknown
    counts_as = packaged().learning.list_counts_as
    assert found["all", "long"]["weeks_learning"] == 0
    one = found["all but one", "long"]
    assert (one["missing"], one["weeks_learning"]) == (["skill:000000"], -(-weeks * counts_as // count))
    half = found["half", "long"]
    assert (len(half["missing"]), half["weeks_learning"]) == (count // 2, weeks * counts_as // 2)
    assert half["optional_held"] == skills[:10:2]
    assert found["nobody knows", "long"]["missing"] == []


@pytest.mark.parametrize("count", [2_000, pytest.param(1_200_000, marks=pytest.mark.long)])
def test_an_id_that_comes_back_in_another_row_group_is_found(count: int, tmp_path: Path) -> None:
    ids = [f"p{number}" for number in range(count - 1)]
    table = pa.table({"person_id": [*ids, "p3"], "pc4": np.full(count, 3511)})
    pq.write_table(table, tmp_path / "p.parquet", row_group_size=max(count // 20, 1))
    with pytest.raises(InputError, match=f"row {count}, column person_id: expected an id that no earlier row has"):
        read_people(tmp_path / "p.parquet", packaged())
    found = read_people(tmp_path / "p.parquet", packaged(), skip_bad_rows=True)
    assert [(bad.row, bad.id) for bad in found.bad] == [(count, "p3")]
    assert found.table.ids.to_pylist() == ids


def test_people_in_any_order_find_the_same_openings() -> None:
    invented = Invented(8)
    people, openings = invented.people(60), invented.openings(120)
    found = sorted(bridges(people, openings, top=9), key=str)
    assert sorted(bridges(people[::-1], openings, top=9), key=str) == found
    assert len(found) > 100


def test_a_file_of_bad_rows_only_is_read_to_its_end(tmp_path: Path) -> None:
    table = pa.table({"person_id": ["a"] * 3_000, "pc4": np.full(3_000, 3511)})
    pq.write_table(table, tmp_path / "p.parquet", row_group_size=500)
    found = read_people(tmp_path / "p.parquet", packaged(), skip_bad_rows=True)
    assert (len(found.table), len(found.bad), found.rows) == (1, 2_999, 3_000)


def test_too_little_memory_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    count = 300_000
    skills = pa.array([[f"skill:{at}" for at in range(40)]]).take(pa.array(np.zeros(count, dtype=np.int8)))
    ids = pa.array([f"p{number}" for number in range(count)])
    pq.write_table(pa.table({"person_id": ids, "pc4": np.full(count, 3511), "skills": skills}), tmp_path / "p.parquet")
    del skills, ids
    code = """
import resource, sys
from pathlib import Path
from dichterbij.cli import main, partition
held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + (90 << 20), -1))
sys.argv = ["dichterbij", "partition", "--people", "p.parquet", "--out", "parts"]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["p.parquet"]
