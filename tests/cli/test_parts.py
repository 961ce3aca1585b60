"""People in a folder of parts: every command gives what it gives for the file that the parts were made from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dichterbij.cli import exposure, match, no_bridge, partition, people_for, resolve
from dichterbij.shared.errors import InputError
from engine.rows import Invented

COMMANDS = {
    "exposure": exposure.command,
    "match": match.command,
    "no-bridge": no_bridge.command,
    "people-for": people_for.command,
    "partition": partition.command,
    "resolve": resolve.command,
}


def run(name: str, *arguments: object) -> Result:
    """Call a command."""
    return CliRunner().invoke(COMMANDS[name], [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented people in one file and in parts of it, and openings."""
    folder = tmp_path_factory.mktemp("inputs")
    for name, rows in (("people", Invented(22).people(60)), ("openings", Invented(22).openings(80))):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    made = run("partition", "--people", folder / "people.jsonl", "--out", folder / "parts", "--rows", "7",
               "--date", "2026-12-01")  # fmt: skip
    assert made.exit_code == 0, made.output
    return folder


def asked(folder: Path, people: str) -> list[object]:
    """The inputs and the date."""
    return ["--people", folder / people, "--openings", folder / "openings.jsonl", "--date", "2026-12-01"]


def test_a_match_over_the_parts_is_that_over_the_file(folder: Path, tmp_path: Path) -> None:
    records = []
    for people in ("people.jsonl", "parts"):
        out = tmp_path / f"{people}.m.jsonl"
        done = run("match", *asked(folder, people), "--out", out, "--top", 5)
        assert done.exit_code == 0, done.output
        records.append(json.loads(Path(f"{out}.run.json").read_text()))
    assert (tmp_path / "parts.m.jsonl").read_bytes() == (tmp_path / "people.jsonl.m.jsonl").read_bytes()
    assert records[0]["counts"] == records[1]["counts"]
    assert records[0]["inputs"]["people"]["sha256"] == records[1]["inputs"]["people"]["sha256"]
    assert records[1]["inputs"]["people"]["file"] == str(folder / "parts")


def test_other_commands_take_the_parts_too(folder: Path, tmp_path: Path) -> None:
    shown = [run("no-bridge", *asked(folder, people), "--json").output for people in ("people.jsonl", "parts")]
    assert shown[0] == shown[1]
    shown = [run("exposure", *asked(folder, people), "--json").output for people in ("people.jsonl", "parts")]
    assert shown[0] == shown[1]
    assert json.loads(shown[0])["slots"] > 0
    for people in ("people.jsonl", "parts"):
        out = tmp_path / f"{people}.of.jsonl"
        assert run("people-for", "o3", *asked(folder, people), "--within-weeks", 99, "--out", out).exit_code == 0
    assert (tmp_path / "parts.of.jsonl").read_bytes() == (tmp_path / "people.jsonl.of.jsonl").read_bytes()


def test_what_was_compact_for_the_parts_is_resolved_with_the_file(folder: Path, tmp_path: Path) -> None:
    assert run("match", *asked(folder, "parts"), "--compact", "--out", tmp_path / "parts.parquet").exit_code == 0
    given = ["--people", folder / "people.jsonl", "--openings", folder / "openings.jsonl"]
    assert run("resolve", tmp_path / "parts.parquet", *given, "--out", tmp_path / "resolved.jsonl").exit_code == 0
    assert run("match", *asked(folder, "people.jsonl"), "--out", tmp_path / "whole.jsonl").exit_code == 0
    assert (tmp_path / "resolved.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_another_folder_and_a_folder_of_openings_are_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    told = run("match", *asked(folder, "."), "--out", tmp_path / "m.jsonl").exception
    assert isinstance(told, InputError)
    assert "Is this a folder of parts?" in told.message
    given = ["--people", folder / "people.jsonl", "--openings", folder / "parts", "--date", "2026-12-01"]
    told = run("match", *given, "--out", tmp_path / "m.jsonl").exception
    assert isinstance(told, InputError)
    assert "expected a file that ends in .parquet or .jsonl" in told.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inside", ["m.jsonl", "deeper/m.parquet", "../parts/m.jsonl"])
def test_nothing_is_written_inside_a_folder_of_parts(folder: Path, inside: str) -> None:
    parts = folder / "parts"
    (parts / "deeper").mkdir(exist_ok=True)
    before = sorted(parts.iterdir())
    out = parts / inside
    for told in (
        run("match", *asked(folder, "parts"), "--out", out).exception,
        run("people-for", "o3", *asked(folder, "parts"), "--out", out).exception,
        run("exposure", *asked(folder, "parts"), "--out", out).exception,
    ):
        assert isinstance(told, InputError)
        assert told.message == f"{out}: the folder {parts} is an input; choose a file outside it to write to."
    assert sorted(parts.iterdir()) == before
    (parts / "deeper").rmdir()


def test_bad_rows_of_earlier_parts_go_when_new_ones_come(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "parts.rejected.jsonl").write_text("{}\n")
    given = ["--people", folder / "people.jsonl", "--out", tmp_path / "parts", "--date", "2026-12-01"]
    assert run("partition", *given).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]
