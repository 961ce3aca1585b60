"""Invented people and openings: the same seed gives the same bytes, and every row is one the bridge accepts."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from dichterbij.cli import synth
from dichterbij.data import reference_table
from dichterbij.shared.errors import InputError
from dichterbij.synthetic import files, openings, people
from dichterbij.synthetic.assumptions import AGREEMENTS, DAYPARTS, load
from dichterbij.synthetic.draw import Choices, Draw
from dichterbij.synthetic.schemas import OPENINGS, PEOPLE

ON = date(2026, 12, 1)
ROWS = 20_000


@pytest.fixture(scope="module")
def some_people() -> pa.Table:
    return people.block(7, 0, 0, ROWS, region="all", on=ON).cast(PEOPLE)


@pytest.fixture(scope="module")
def some_openings() -> pa.Table:
    return openings.block(7, 0, 0, ROWS, region="all", on=ON).cast(OPENINGS)


def _run(out: Path, *more: str) -> list[Path]:
    arguments = ["--people", "60", "--openings", "90", "--seed", "5", "--out", str(out), *more]
    result = CliRunner().invoke(synth.command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return [Path(line) for line in result.stdout.splitlines()]


def _words(table: pa.Table, column: str) -> set[str]:
    return set(pc.list_flatten(table[column]).to_pylist())


def _range(table: pa.Table, column: str) -> tuple[Any, Any]:
    found = pc.min_max(table[column]).as_py()
    return found["min"], found["max"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again = _run(tmp_path / "a", "--format", "jsonl"), _run(tmp_path / "b", "--format", "jsonl")
    other = _run(tmp_path / "c", "--format", "jsonl", "--seed", "6")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert all(one.read_bytes() != two.read_bytes() for one, two in zip(first, other, strict=True))


def test_the_same_seed_gives_the_same_rows_in_parquet(tmp_path: Path) -> None:
    """Rows, not bytes: how well the writer compresses them is no promise of its library."""
    first, again = _run(tmp_path / "a"), _run(tmp_path / "b")
    other = _run(tmp_path / "c", "--seed", "6")
    assert [pq.read_table(path) for path in first] == [pq.read_table(path) for path in again]
    assert all(pq.read_table(one) != pq.read_table(two) for one, two in zip(first, other, strict=True))


def test_a_damaged_page_is_noticed(tmp_path: Path) -> None:
    people = _run(tmp_path)[0]
    column = pq.read_metadata(people).row_group(0).column(0)
    damaged = bytearray(people.read_bytes())
    damaged[column.dictionary_page_offset + column.total_compressed_size - 1] ^= 1
    people.write_bytes(damaged)
    with pytest.raises(OSError, match="CRC checksum"):
        pq.read_table(people, page_checksum_verification=True)


def test_the_bytes_are_the_same_on_every_machine(tmp_path: Path) -> None:
    """A change of these sums means that every published number on invented data must be made again."""
    sums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in _run(tmp_path, "--format", "jsonl")
    }
    assert sums == {"people.jsonl": "43540c851648926f", "openings.jsonl": "fe5a6392287727f0"}


def test_draws_are_whole_numbers_that_never_change() -> None:
    assert Draw(1, 2, 3).below(1000, 5).tolist() == [670, 111, 511, 356, 704]
    assert Draw(1).choose([0, 5, 0], 4).tolist() == [1, 1, 1, 1]
    assert Draw(1).among(Choices.of([[1], [0, 0, 3]]), np.array([0, 1, 0])).tolist() == [0, 2, 0]


def test_parquet_and_json_lines_hold_the_same_rows(tmp_path: Path) -> None:
    parquet, lines = _run(tmp_path / "p"), _run(tmp_path / "j", "--format", "jsonl")
    for one, two in zip(parquet, lines, strict=True):
        assert files.json_lines(pq.read_table(one)) == two.read_text(encoding="utf-8")


def test_the_columns_are_those_of_the_bridge_in_plain_types(tmp_path: Path) -> None:
    parquet = _run(tmp_path)
    assert pq.read_schema(parquet[0]).equals(PEOPLE)
    assert pq.read_schema(parquet[1]).equals(OPENINGS)


def test_every_row_says_that_it_is_invented_and_every_employer_does(
    some_people: pa.Table, some_openings: pa.Table
) -> None:
    assert pc.all(some_people["invented"]).as_py()
    assert pc.all(some_openings["invented"]).as_py()
    assert pc.all(pc.ends_with(some_openings["employer_name"], "(verzonnen)")).as_py()


def test_people_stay_within_the_ranges_and_codes_of_the_bridge(some_people: pa.Table) -> None:
    assumed = load(ON)
    assert pc.count_distinct(some_people["person_id"]).as_py() == ROWS
    assert _words(some_people, "modes") <= {"bike", "ebike", "moped", "public_transport", "car"}
    assert _words(some_people, "dayparts") | _words(some_people, "childcare_dayparts") <= set(DAYPARTS)
    assert _words(some_people, "agreements") <= set(AGREEMENTS)
    assert _words(some_people, "licences") <= set(assumed.licences)
    assert _words(some_people, "avoid") <= set(assumed.demands)
    limits = {"max_travel_minutes": (0, 600), "max_distance_km": (0, 999), "dutch": (1, 4), "level": (1, 6)}
    for column, (low, high) in {**limits, "hours_min": (1, 60), "learn_weeks_max": (0, 255)}.items():
        assert low <= _range(some_people, column)[0] <= _range(some_people, column)[1] <= high
    assert pc.all(pc.less_equal(some_people["hours_min"], some_people["hours_max"])).as_py()


def test_openings_stay_within_the_ranges_and_codes_of_the_bridge(some_openings: pa.Table) -> None:
    assumed = load(ON)
    assert pc.count_distinct(some_openings["opening_id"]).as_py() == ROWS
    assert set(some_openings["agreement"].to_pylist()) == set(AGREEMENTS)
    assert _words(some_openings, "licences") <= set(assumed.licences)
    assert _words(some_openings, "demands") <= set(assumed.demands)
    limits = {"dutch": (1, 4), "level_min": (1, 6), "onboarding_weeks": (0, 52), "queue_weeks": (0, 255)}
    for column, (low, high) in {**limits, "hours_max": (1, 60), "carve_max_share": (0, 1000)}.items():
        assert low <= _range(some_openings, column)[0] <= _range(some_openings, column)[1] <= high
    assert pc.all(pc.less_equal(some_openings["hours_min"], some_openings["hours_max"])).as_py()


def test_postcodes_occupations_and_skills_are_real(some_people: pa.Table, some_openings: pa.Table) -> None:
    real = set(reference_table("postcodes", "postcodes.csv")["pc4"].to_pylist())
    skills = set(reference_table("esco", "skills.parquet")["uri"].to_pylist())
    occupations = set(reference_table("esco", "occupations.parquet")["uri"].to_pylist())
    assert set(some_people["pc4"].to_pylist()) | set(some_openings["pc4"].to_pylist()) <= real
    assert (
        _words(some_people, "skills") | _words(some_openings, "essential") | _words(some_openings, "optional") <= skills
    )
    assert _words(some_people, "occupation_uris") | set(some_openings["occupation_uri"].to_pylist()) <= occupations


def test_a_list_holds_nothing_twice(some_people: pa.Table, some_openings: pa.Table) -> None:
    for table, column in ((some_people, "skills"), (some_people, "occupation_uris"), (some_openings, "essential")):
        assert all(len(set(row)) == len(row) for row in table[column].to_pylist() if row)


def test_tasks_divide_what_the_opening_asks(some_openings: pa.Table) -> None:
    carvable = some_openings.filter(some_openings["carvable"]).to_pylist()
    assert len(carvable) > ROWS // 100
    for row in carvable:
        assert len(row["tasks"]) >= 2
        assert sum(task["hours"] for task in row["tasks"]) <= 10 * row["hours_max"]
        for column in ("essential", "demands", "dayparts"):
            named = [word for task in row["tasks"] for word in task[column]]
            assert len(named) == len(set(named))
            assert set(named) <= set(row[column])
        assert all(task["level_min"] is None or 1 <= task["level_min"] < row["level_min"] for task in row["tasks"])
        assert all(task["hours"] >= 1 for task in row["tasks"])


def test_only_carvable_openings_have_tasks(some_openings: pa.Table) -> None:
    other = some_openings.filter(pc.invert(some_openings["carvable"]))
    assert pc.sum(pc.list_value_length(other["tasks"])).as_py() == 0


def test_an_everyday_title_stands_for_a_real_occupation() -> None:
    codes = set(reference_table("esco", "occupations.parquet")["code"].to_pylist())
    for titles in load(ON).names["everyday"].values():
        assert set(titles) <= codes


def test_no_wage_is_under_the_minimum_and_a_range_is_a_range(some_openings: pa.Table) -> None:
    low, high = some_openings["wage_cents_per_hour_min"], some_openings["wage_cents_per_hour_max"]
    assert pc.min(low).as_py() >= load(ON).wages["minimum_cents_per_hour"]
    assert pc.all(pc.less_equal(low, high)).as_py()
    assert low.null_count == high.null_count > 0


def test_unknown_answers_are_common_and_nobody_without_work_has_a_list_of_skills(some_people: pa.Table) -> None:
    for column in ("modes", "dayparts", "dutch", "licences", "legal", "avoid", "skills", "level", "available_from"):
        assert 0 < some_people[column].null_count < ROWS
    never = some_people.filter(pc.equal(pc.list_value_length(some_people["occupation_uris"]), 0))
    assert never["skills"].null_count == never.num_rows > 0


def test_who_drives_holds_a_driving_licence(some_people: pa.Table) -> None:
    for row in some_people.select(["modes", "licences"]).to_pylist():
        if "car" in (row["modes"] or []) and row["licences"] is not None:
            assert "B" in row["licences"]


def test_people_live_where_people_live_and_openings_are_where_jobs_are(
    some_people: pa.Table, some_openings: pa.Table
) -> None:
    areas = reference_table("postcodes", "postcodes.csv")
    region = dict(zip(areas["pc4"].to_pylist(), areas["region_code"].to_pylist(), strict=True))
    share = reference_table("regions", "regions.csv")
    total = pc.sum(share["population_15_74"]).as_py()
    expected = {row["region_code"]: row["population_15_74"] / total for row in share.to_pylist()}
    homes = [region[pc4] for pc4 in some_people["pc4"].to_pylist()]
    assert all(abs(homes.count(code) / ROWS - part) < 0.01 for code, part in expected.items())
    work = [region[pc4] for pc4 in some_openings["pc4"].to_pylist()]
    assert work.count("AM18") / ROWS > homes.count("AM18") / ROWS  # Amsterdam has more jobs than people at work


def test_one_region_has_only_its_own_postcodes() -> None:
    areas = reference_table("postcodes", "postcodes.csv")
    mine = set(areas.filter(pc.equal(areas["region_code"], "AM15"))["pc4"].to_pylist())
    assert set(openings.block(1, 0, 0, 500, region="AM15", on=ON)["pc4"].to_pylist()) <= mine
    assert set(people.block(1, 0, 0, 500, region="AM15", on=ON)["pc4"].to_pylist()) <= mine


def test_a_region_that_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(InputError, match=r"AM99 does not exist.*AM01"):
        people.block(1, 0, 0, 1, region="AM99", on=ON)


def test_a_date_before_the_first_assumptions_is_refused() -> None:
    with pytest.raises(InputError, match="no synthetic parameters for 2020"):
        load(date(2020, 1, 1))


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_nobody_at_all_is_a_file_with_columns_and_no_rows(tmp_path: Path, form: str) -> None:
    made = _run(tmp_path, "--people", "0", "--format", form)
    assert made[0].exists()
    if form == "parquet":
        assert pq.read_table(made[0]).schema.names == PEOPLE.names


def test_rows_of_one_file_come_in_blocks_that_do_not_overlap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BLOCK", 25)
    table = pq.read_table(_run(tmp_path)[1])
    assert table["opening_id"].to_pylist() == [f"o{row:07d}" for row in range(90)]
    assert pq.ParquetFile(tmp_path / "openings.parquet").num_row_groups == 4


def test_every_file_of_assumptions_says_its_source_and_its_period() -> None:
    assumed = load(ON)
    for part in (assumed.openings, assumed.people, assumed.wages, assumed.places, assumed.names):
        assert part["source"]
        assert part["valid_from"] == assumed.valid_from
        assert part["checked_on"] <= ON


def test_the_occupation_that_counts_most_comes_first(some_people: pa.Table) -> None:
    """Level goes with it; the report groups by it."""
    worked = some_people.filter(pc.greater(pc.list_value_length(some_people["occupation_uris"]), 1))
    assert worked.num_rows > ROWS // 5
    table = people.tables(ON)
    order = {uri: place for place, uri in enumerate(table.occupations.uris.to_pylist())}
    firsts = [[order[uri] for uri in row] for row in worked["occupation_uris"].to_pylist()]
    assert any(row != sorted(row) for row in firsts)


def test_a_report_on_nobody_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    arguments = ["--people", "0", "--out", str(tmp_path / "out"), "--report"]
    result = CliRunner().invoke(synth.command, arguments)
    assert result.exit_code == 2
    assert "--report compares people with openings" in result.output
    assert not (tmp_path / "out").exists()
