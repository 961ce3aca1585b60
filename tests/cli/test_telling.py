"""What the commands of the bridge say: before a minute is lost on the wrong files, and when they are done."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dichterbij.cli import exposure, match, partition, people_for, resolve
from dichterbij.engine.output.run_folder import folder_of
from dichterbij.shared.errors import InputError
from engine.rows import Invented

COMMANDS = {
    "exposure": exposure.command,
    "match": match.command,
    "partition": partition.command,
    "people-for": people_for.command,
    "resolve": resolve.command,
}
BAD = '{"person_id": "new", "pc4": 1}\n'
BAD_OPENING = '{"opening_id": "new", "pc4": 1}\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented people and openings, and files of both without a row."""
    folder = tmp_path_factory.mktemp("inputs")
    for name, rows in (("people", Invented(21).people(20)), ("openings", Invented(21).openings(40))):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        (folder / f"no-{name}.jsonl").write_text("")
    return folder


def run(name: str, *arguments: object) -> Result:
    """Call a command."""
    return CliRunner().invoke(COMMANDS[name], [str(argument) for argument in arguments])


def given(people: Path, openings: Path) -> list[object]:
    """The inputs and the date."""
    return ["--people", people, "--openings", openings, "--date", "2026-12-01"]


def last(done: Result) -> str:
    """The last line on stderr; on a slow machine progress stands before it."""
    assert done.exit_code == 0, done.output
    return done.stderr.splitlines()[-1]


def refused(done: Result) -> str:
    """The sentence with which a command was refused."""
    assert isinstance(done.exception, InputError), done.output
    return done.exception.message


def test_quick_commands_end_with_one_line_about_what_they_made(folder: Path, tmp_path: Path) -> None:
    people, openings = folder / "people.jsonl", folder / "openings.jsonl"
    out, full = tmp_path / "m.parquet", tmp_path / "f.jsonl"
    told = run("match", *given(people, openings), "--compact", "--out", out, "--top", 3)
    counts = json.loads(Path(f"{out}.run.json").read_text())["counts"]
    with_some, without = 20 - counts["people_without_bridge"], counts["people_without_bridge"]
    assert last(told) == f"{counts['rows']} bridges of {with_some} people in {out}; {without} without any"
    told = run("resolve", out, "--people", people, "--openings", openings, "--out", full)
    assert last(told) == f"{counts['rows']} bridges in {full}"
    told = run("people-for", "o3", *given(people, openings), "--within-weeks", 99, "--out", full)
    lines = full.read_text().count("\n")
    assert last(told) == f"{lines} {'person' if lines == 1 else 'people'} in {full}"
    told = run("partition", "--people", people, "--out", tmp_path / "parts", "--date", "2026-12-01")
    assert last(told) == f"20 people in 1 part in {tmp_path / 'parts'}"


@pytest.mark.parametrize("empty", ["people", "openings"])
def test_a_file_without_a_row_is_told(folder: Path, empty: str, tmp_path: Path) -> None:
    names = {name: folder / f"{'no-' if name == empty else ''}{name}.jsonl" for name in ("people", "openings")}
    told = run("match", *given(**names), "--out", tmp_path / "m.jsonl")
    assert told.exit_code == 0
    assert f"{names[empty]}: there are no {empty} in it." in told.stderr
    assert "0 bridges of 0 people" in told.stderr


def test_people_and_openings_the_wrong_way_round_are_noticed(folder: Path, tmp_path: Path) -> None:
    people, openings = folder / "people.jsonl", folder / "openings.jsonl"
    out = tmp_path / "m.jsonl"
    for told in (
        refused(run("match", *given(openings, openings), "--out", out)),
        refused(run("partition", "--people", openings, "--out", out)),
        refused(run("exposure", *given(openings, openings))),
    ):
        assert told == f"{openings}: there is no column person_id, but there is opening_id; is this a file of openings?"
    told = refused(run("match", *given(people, people), "--skip-bad-rows", "--out", out))
    assert told == f"{people}: there is no column opening_id, but there is person_id; is this a file of people?"


def test_openings_that_cannot_be_are_refused_before_the_people_are_read(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(BAD)
    (tmp_path / "openings.parquet").mkdir()
    for openings, says in (
        (tmp_path / "openings.parquet", "this is a folder"),
        (folder, "expected a file that ends in .parquet or .jsonl"),
        (tmp_path / "gone.jsonl", "cannot be read (No such file or directory)"),
    ):
        assert says in refused(run("match", *given(bad, openings), "--out", tmp_path / "m.jsonl"))


def test_a_second_run_into_one_output_is_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.jsonl", tmp_path / "m.jsonl"
    bad.write_text(BAD)
    folder_of(out).mkdir()
    lock = os.open(folder_of(out), os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    told = run("match", *given(bad, folder / "openings.jsonl"), "--out", out)
    os.close(lock)
    assert "another run is writing this now" in refused(told)


def test_parts_that_are_not_there_are_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    bad, parts = tmp_path / "bad.jsonl", tmp_path / "parts"
    bad.write_text(BAD)
    cluster = ["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--insecure-cluster", "--parts", parts]
    told = run("match", *given(bad, folder / "openings.jsonl"), *cluster, "--out", tmp_path / "m.jsonl")
    assert f"{parts / 'manifest.json'}: cannot be read" in refused(told)
    assert "cannot be read" in refused(run("match", *given(parts / "x.jsonl", bad), "--out", tmp_path / "m.jsonl"))


def test_a_bad_row_is_told_with_the_way_to_set_it_apart(folder: Path, tmp_path: Path) -> None:
    people, openings = tmp_path / "people.jsonl", tmp_path / "openings.jsonl"
    people.write_text(BAD)
    openings.write_text(BAD_OPENING)
    matches = tmp_path / "m.jsonl"
    matches.write_text("")
    for told in (
        refused(run("match", *given(people, folder / "openings.jsonl"), "--out", matches)),
        refused(run("match", *given(folder / "people.jsonl", openings), "--out", matches)),
        refused(run("partition", "--people", people, "--out", tmp_path / "parts")),
        refused(run("exposure", "--matches", matches, "--openings", openings)),
    ):
        assert "row 1, column " in told
        assert told.endswith("Mend it, or give --skip-bad-rows: then such rows are set apart.")


def test_more_threads_than_any_machine_has_are_refused(folder: Path, tmp_path: Path) -> None:
    asked = given(folder / "people.jsonl", folder / "openings.jsonl")
    for told in (
        run("match", *asked, "--out", tmp_path / "m.jsonl", "--threads", 100_000),
        run("resolve", tmp_path / "c.parquet", *asked[:4], "--out", tmp_path / "m.jsonl", "--threads", 100_000),
    ):
        assert told.exit_code == 2
        assert "100000 is not in the range 1<=x<=1024" in told.stderr


def with_nothing_compiled(tmp_path: Path, *arguments: object, until: str) -> list[str]:
    """Lines on stderr of a command on a machine where nothing was compiled, up to the first that begins so."""
    command = [sys.executable, "-c", "from dichterbij.cli import main; main()", *map(str, arguments)]
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "compiled")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if line.startswith(until):
                break
        process.kill()
    return lines


def test_the_first_run_says_why_it_takes_longer(folder: Path, tmp_path: Path) -> None:
    notice = "First run: the engine is being compiled; this takes one to three minutes, once.\n"
    asked = given(folder / "people.jsonl", folder / "openings.jsonl")
    told = with_nothing_compiled(tmp_path, "explain", "p3", "o3", *asked, until=notice)
    assert told == [], "explain compiles next to nothing"
    told = with_nothing_compiled(tmp_path, "match", *asked, "--out", tmp_path / "m.jsonl", until=notice)
    assert told == [notice]
    made = ["--people", 2, "--openings", 2, "--region", "AM12", "--out", tmp_path / "made", "--report"]
    told = with_nothing_compiled(tmp_path, "synth", *made, until="report: matching")
    assert told[-2:] == [notice, "report: matching\n"]
