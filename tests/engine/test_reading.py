"""Reading: JSON Lines, Parquet and rows give the same tables; what cannot be used is named and set apart."""

import json
import os
import resource
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dichterbij.engine import Bridges, openings_from_rows, people_from_rows, read_openings, read_people
from dichterbij.engine.output.results import COLUMNS
from dichterbij.engine.output.writing import check_output, output
from dichterbij.shared.errors import InputError
from engine.rows import Invented, Row, opening, packaged, person


def lines(path: Path, rows: list[Row]) -> Path:
    """The rows as JSON Lines."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def same(one: Any, other: Any) -> None:
    """Two tables hold the same."""
    assert one.ids.equals(other.ids)
    for name, values in one.numbers.items():
        assert np.array_equal(values, other.numbers[name]), name
    for name in ("licences", "legal", "skills", "essential", "optional"):
        if hasattr(one, name):
            rows = range(len(one))
            assert [getattr(one, name).of(row) for row in rows] == [getattr(other, name).of(row) for row in rows], name


def test_json_lines_parquet_and_rows_give_the_same_tables(tmp_path: Path) -> None:
    invented, parameters = Invented(5), packaged()
    people, openings = invented.people(200), invented.openings(200)
    pq.write_table(pa.Table.from_pylist(people), tmp_path / "p.parquet")
    pq.write_table(pa.Table.from_pylist(openings), tmp_path / "o.parquet")
    by_lines = read_people(lines(tmp_path / "p.jsonl", people), parameters).table
    same(by_lines, read_people(tmp_path / "p.parquet", parameters).table)
    same(by_lines, people_from_rows(people, parameters))
    same(by_lines, people_from_rows(pa.Table.from_pylist(people), parameters))
    of_lines = read_openings(lines(tmp_path / "o.jsonl", openings), parameters).table
    of_parquet = read_openings(tmp_path / "o.parquet", parameters).table
    same(of_lines, of_parquet)
    same(of_lines, openings_from_rows(openings, parameters))
    for name in ("start", "hours", "demands", "dayparts", "level_min"):
        assert np.array_equal(getattr(of_lines.tasks, name), getattr(of_parquet.tasks, name))


def test_runs_of_rows_join_to_one_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dichterbij.engine.reading import files

    openings = Invented(6).openings(50)
    whole = openings_from_rows(openings, packaged())
    monkeypatch.setattr(files, "ROWS_AT_A_TIME", 7)
    monkeypatch.setattr(files, "LINES_AT_A_TIME", 7)
    same(whole, openings_from_rows(openings, packaged()))
    same(whole, read_openings(lines(tmp_path / "o.jsonl", openings), packaged()).table)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"pc4": 1000}, "pc4"),
        ({"pc4": "3511"}, "pc4"),
        ({"modes": ["bike", "rocket"], "hours_min": 0}, "modes"),
        ({"modes": ["bike", None]}, "modes"),
        ({"hours_min": 41}, "hours_min"),
        ({"hours_min": 50, "hours_max": 61}, "hours_max"),
        ({"available_from": "2026-02-30"}, "available_from"),
        ({"available_from": "2026-02-20T00:00:00+01:00"}, "available_from"),
        ({"ebike_possible": 1}, "ebike_possible"),
        ({"level": True}, "level"),
        ({"level": 6.5}, "level"),
        ({"learn_weeks_max": 256}, "learn_weeks_max"),
        ({"learn_weeks_max": 10**30}, "learn_weeks_max"),
        ({"skills": "http://one"}, "skills"),
        ({"skills": ["\ud800"]}, "skills"),
    ],
)
def test_a_bad_value_names_its_column(values: Row, column: str) -> None:
    with pytest.raises(InputError, match=rf"people, row 2, column {column}: expected "):
        people_from_rows([person(), person("q", **values)], packaged())


@pytest.mark.parametrize(
    "tasks",
    [
        [{"hours": 0}],
        [{"hours": None}],
        [{"hours": 10, "essential": ["skill:b"]}],
        [{"hours": 10, "demands": ["screen"]}],
        [{"hours": 10, "dayparts": ["night"]}],
        [{"hours": 10, "level_min": 7}],
        [{"hours": 200}, {"hours": 121}],
        [None],
        {"hours": 10},
    ],
)
def test_a_bad_task_is_a_bad_row_whether_the_opening_is_carvable_or_not(tasks: Any) -> None:
    with pytest.raises(InputError, match="column tasks"):
        openings_from_rows([opening(tasks=tasks)], packaged())


def test_values_that_mean_the_same_are_read_the_same() -> None:
    plain = person(level=3, available_from="2026-12-01", modes=["bike"])
    other = person(level=3.0, available_from="2026-12-01T00:00:00", modes=["bike", "bike"])
    same(people_from_rows([plain], packaged()), people_from_rows([other], packaged()))


def test_bad_rows_are_set_apart_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    rows = [person("a"), person("a"), person("b", pc4=1), person("b"), person("")]
    text = [json.dumps(row) for row in rows]
    path.write_text("\n".join([text[0], "", '{"person_id": "x"', text[1], "5", text[2], text[3], text[4]]))
    found = read_people(path, packaged(), skip_bad_rows=True)
    assert [(bad.row, bad.id, bad.column) for bad in found.bad] == [
        (3, None, None),
        (4, "a", "person_id"),
        (5, None, None),
        (6, "b", "pc4"),
        (7, "b", "person_id"),
        (8, None, "person_id"),
    ]
    assert found.table.ids.to_pylist() == ["a"]


@pytest.mark.parametrize(
    ("column", "array"),
    [
        ("pc4", pa.array(["3511"])),
        ("level", pa.array([True])),
        ("level", pa.array([Decimal(3)], pa.decimal128(5))),
        ("ebike_possible", pa.array([1])),
        ("available_from", pa.array([20_000])),
        ("skills", pa.array(["one"])),
        ("skills", pa.array([[1]])),
    ],
)
def test_a_parquet_column_of_a_wrong_type_is_an_error_of_the_file(tmp_path: Path, column: str, array: pa.Array) -> None:
    table = pa.table({"person_id": ["a"], "pc4": [3511]} | {column: array})
    pq.write_table(table, tmp_path / "p.parquet")
    with pytest.raises(InputError, match=f"column {column}: expected .*type is"):
        read_people(tmp_path / "p.parquet", packaged(), skip_bad_rows=True)


def test_a_half_written_parquet_file_is_an_error_of_the_file(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(Invented(1).people(50)), tmp_path / "p.parquet")
    whole = (tmp_path / "p.parquet").read_bytes()
    for size in (0, 3, len(whole) // 2, len(whole) - 1):
        (tmp_path / "half.parquet").write_bytes(whole[:size])
        with pytest.raises(InputError, match="not a Parquet file that can be read"):
            read_people(tmp_path / "half.parquet", packaged())


def test_a_file_that_is_not_there_or_has_another_ending_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(No such file"):
        read_people(tmp_path / "none.jsonl", packaged())
    with pytest.raises(InputError, match=r"ends in \.parquet or \.jsonl"):
        read_people(tmp_path / "people.csv", packaged())


def no_bridges() -> Bridges:
    """An empty result."""
    from dichterbij.engine import people_for
    from engine.rows import TODAY

    people = people_from_rows([], packaged())
    return people_for("o", people, openings_from_rows([opening()], packaged()), packaged(), on=TODAY)[0]


def test_output_appears_only_when_all_is_written(tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"

    def broken() -> None:
        with output(out) as files:
            files.write_bridges([no_bridges()], COLUMNS)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert list(tmp_path.iterdir()) == []
    with output(out) as files:
        files.write_bridges([no_bridges()], COLUMNS)
        files.write_run({})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.jsonl", "m.jsonl.run.json"]


def test_a_full_disk_is_a_message_and_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    out.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(InputError, match="cannot be written"), output(out) as files:
            files.write_run({"text": "longer than ten bytes"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in tmp_path.iterdir()] == ["m.jsonl"]
    assert out.read_text() == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused_before_the_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="no permission"):
        check_output(tmp_path / "m.jsonl", [])


def test_an_output_that_is_an_input_is_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "p.jsonl", [])
    with pytest.raises(InputError, match="this is an input"):
        check_output(tmp_path / "." / "p.jsonl", [path])


@pytest.mark.parametrize("ending", ["rejected.jsonl", "run.json"])
def test_what_goes_with_an_output_takes_no_place_of_an_input_or_folder(ending: str, tmp_path: Path) -> None:
    out, taken = tmp_path / "m.jsonl", tmp_path / f"m.jsonl.{ending}"
    lines(taken, [])
    with pytest.raises(InputError, match="this is an input"):
        check_output(out, [taken])
    taken.unlink()
    taken.mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        check_output(out, [])


def test_bridges_never_stand_without_the_record_of_their_run(tmp_path: Path) -> None:

    def stopped() -> None:
        with output(tmp_path / "m.jsonl") as files:
            files.write_bridges([no_bridges()], COLUMNS)
            files.write_run({})
            (tmp_path / "m.jsonl.run.json").mkdir()

    with pytest.raises(InputError, match="cannot be written"):
        stopped()
    assert [path.name for path in tmp_path.iterdir()] == ["m.jsonl.run.json"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_while_writing_leaves_nothing(stop: signal.Signals, tmp_path: Path) -> None:
    code = f"""
import os
from pathlib import Path
from dichterbij.bootstrap import stopping
from dichterbij.engine.output.writing import output
stopping.once()
with output(Path("m.jsonl")) as files:
    files.write_run({{}})
    assert len(os.listdir()) == 1
    os.kill(os.getpid(), {int(stop)})
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode != 0, done.stderr.rstrip().endswith(b"KeyboardInterrupt")) == (True, True)
    assert list(tmp_path.iterdir()) == []
