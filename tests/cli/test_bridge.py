"""`match`, `people-for` and `explain` through the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dichterbij.cli import explain, match, people_for
from dichterbij.shared.errors import InputError
from engine.rows import Invented

COMMANDS = {"match": match.command, "people-for": people_for.command, "explain": explain.command}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Invented people and openings."""
    for name, rows in (("people", Invented(21).people(30)), ("openings", Invented(21).openings(60))):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return tmp_path


def run(name: str, folder: Path, *arguments: str) -> Result:
    """Call a command on the files of this folder."""
    given = ["--people", str(folder / "people.jsonl"), "--openings", str(folder / "openings.jsonl")]
    return CliRunner().invoke(COMMANDS[name], [*arguments, *given, "--date", "2026-12-01"])


def read(path: Path) -> list[dict[str, object]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_match_writes_rows_and_a_record_of_the_run(files: Path) -> None:
    done = run("match", files, "--out", str(files / "m.jsonl"), "--top", "3", "--seed", "4")
    assert done.exit_code == 0, done.output
    rows, record = read(files / "m.jsonl"), json.loads((files / "m.jsonl.run.json").read_text())
    assert max(int(str(row["position"])) for row in rows) <= 3
    assert record["seed"] == 4
    assert record["date"] == "2026-12-01"
    assert record["counts"]["people"] == 30
    assert record["counts"]["rows"] == len(rows) == sum(record["counts"]["rows_per_route"].values())
    assert record["counts"]["people_without_bridge"] == 30 - len({row["person_id"] for row in rows})
    assert not (files / "m.jsonl.rejected.jsonl").exists()


def test_parquet_holds_the_same_rows(files: Path) -> None:
    import pyarrow.parquet as pq

    for ending in ("jsonl", "parquet"):
        assert run("match", files, "--out", str(files / f"m.{ending}")).exit_code == 0
    assert pq.read_table(files / "m.parquet").to_pylist() == read(files / "m.jsonl")


def test_a_bad_row_stops_the_run_unless_it_may_be_set_apart(files: Path) -> None:
    people = files / "people.jsonl"
    people.write_text(people.read_text() + '{"person_id": "new", "pc4": 1}\n')
    stopped = run("match", files, "--out", str(files / "m.jsonl"))
    assert isinstance(stopped.exception, InputError)
    assert "row 31, column pc4" in str(stopped.exception)
    assert not (files / "m.jsonl").exists()
    assert run("match", files, "--out", str(files / "m.jsonl"), "--skip-bad-rows").exit_code == 0
    (rejected,) = read(files / "m.jsonl.rejected.jsonl")
    assert list(rejected) == ["file", "row", "id", "column", "expected", "found"]
    assert (rejected["row"], rejected["id"], rejected["column"], rejected["found"]) == (31, "new", "pc4", 1)


def test_the_rejected_file_is_written_without_bad_rows_too(files: Path) -> None:
    assert run("match", files, "--out", str(files / "m.jsonl"), "--skip-bad-rows").exit_code == 0
    assert read(files / "m.jsonl.rejected.jsonl") == []


@pytest.mark.parametrize("wrong", [["--top", "0"], ["--seed", "-1"], ["--date", "1-12-2026"], ["--date", "2026-02-30"]])
def test_wrong_arguments_are_usage_errors(files: Path, wrong: list[str]) -> None:
    assert run("match", files, "--out", str(files / "m.jsonl")).exit_code == 0
    given = ["--people", str(files / "people.jsonl"), "--openings", str(files / "openings.jsonl")]
    told = CliRunner().invoke(match.command, [*given, "--out", str(files / "n.jsonl"), *wrong])
    assert told.exit_code == 2
    assert not (files / "n.jsonl").exists()


def test_people_for_an_unknown_opening_writes_nothing(files: Path) -> None:
    told = run("people-for", files, "nope", "--out", str(files / "p.jsonl"), "--skip-bad-rows")
    assert isinstance(told.exception, InputError)
    assert [path.name for path in files.glob("p.*")] == []


def test_people_for_holds_each_persons_row_of_match(files: Path) -> None:
    assert run("match", files, "--out", str(files / "m.jsonl"), "--top", "1000").exit_code == 0
    wide = ["--within-weeks", "10000", "--within-steps", "1000"]
    assert run("people-for", files, "o7", "--out", str(files / "p.jsonl"), *wide).exit_code == 0
    of_match = {row.pop("person_id"): row for row in read(files / "m.jsonl") if row["opening_id"] == "o7"}
    of_people = {row.pop("person_id"): row for row in read(files / "p.jsonl")}
    assert of_people == {key: {k: v for k, v in row.items() if k != "position"} for key, row in of_match.items()}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_explain_agrees_with_match(files: Path, language: str) -> None:
    assert run("match", files, "--out", str(files / "m.jsonl"), "--top", "1").exit_code == 0
    row = read(files / "m.jsonl")[0]
    told = run("explain", files, str(row["person_id"]), str(row["opening_id"]), "--language", language, "--json")
    assert told.exit_code == 0
    answer = json.loads(told.stdout)
    assert answer["best"] == row["route"]
    best = next(route for route in answer["routes"] if route["route"] == row["route"])
    names = ("undescribed", "weeks_to_start", "steps", "weeks_learning", "travel_minutes")
    assert [best["distance"][name] for name in names] == [row[name] for name in names]
    plain = run("explain", files, str(row["person_id"]), str(row["opening_id"]), "--language", language)
    assert plain.exit_code == 0
    assert len(plain.stdout.splitlines()) > 30


def test_explain_of_somebody_unknown_is_an_error(files: Path) -> None:
    told = run("explain", files, "nobody", "o1")
    assert isinstance(told.exception, InputError)
    assert "no person 'nobody'" in str(told.exception)


def test_bad_rows_of_an_earlier_run_do_not_stay_beside_a_new_result(files: Path) -> None:
    rejected, people = files / "m.jsonl.rejected.jsonl", (files / "people.jsonl").read_text()
    (files / "people.jsonl").write_text(people + '{"person_id": "new", "pc4": 1}\n')
    assert run("match", files, "--out", str(files / "m.jsonl"), "--skip-bad-rows").exit_code == 0
    assert len(read(rejected)) == 1
    assert isinstance(run("match", files, "--out", str(files / "m.jsonl")).exception, InputError)
    assert len(read(rejected)) == 1, "the older result is still there, and so are its bad rows"
    (files / "people.jsonl").write_text(people)
    assert run("match", files, "--out", str(files / "m.jsonl")).exit_code == 0
    assert not rejected.exists()
