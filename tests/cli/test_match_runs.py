"""`match` when something goes wrong half-way: stopped, killed, no room, no memory; and the way back from --compact."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dichterbij.cli import match, resolve
from dichterbij.engine import matching
from dichterbij.engine.output.run_folder import folder_of
from dichterbij.engine.search import tasks
from dichterbij.shared.errors import InputError
from engine.rows import Invented

# A run in which something happens once so many tasks are done. Small tasks; what is done is on disk at once.
UNLUCKY = """
import os, resource, sys
import numpy as np
from dichterbij.bootstrap import stopping
from dichterbij.cli import main, match
from dichterbij.engine.output import run_folder
from dichterbij.engine.search import tasks

def happen():
    {happening}

def unlucky(matcher, top, lists, tasks, finished):
    left = {after}
    def told(number):
        nonlocal left
        finished(number)
        left -= 1
        if left == 0:
            happen()
    matcher.nearest(top, into=lists, tasks=tasks, finished=told)

run_folder.SECONDS_BETWEEN_SAVES = 0.0
tasks.FEWEST_PEOPLE = tasks.MOST_PEOPLE = 40
match.with_threads = unlucky
stopping.once()
main()
"""
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented people and openings."""
    folder = tmp_path_factory.mktemp("inputs")
    for name, rows in (("people", Invented(5).people(300)), ("openings", Invented(5).openings(300))):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return folder


def arguments(inputs: Path, out: Path, *more: str) -> list[str]:
    """What is said on the command line after `match`."""
    given = ["--people", str(inputs / "people.jsonl"), "--openings", str(inputs / "openings.jsonl")]
    return [*given, "--date", "2026-12-01", "--top", "20", "--out", str(out), *more]


def run(inputs: Path, out: Path, *more: str) -> Result:
    """`match` on these inputs."""
    return CliRunner().invoke(match.command, arguments(inputs, out, *more))


def unlucky(happening: str, inputs: Path, out: Path, *more: str, after: int = 3) -> subprocess.CompletedProcess[str]:
    """`match` in a process of its own in which something happens half-way."""
    code = UNLUCKY.format(happening=happening, after=after)
    command = [sys.executable, "-c", code, "match", *arguments(inputs, out, *more)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def expected(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run without trouble writes."""
    out = tmp_path_factory.mktemp("expected") / "m.jsonl"
    assert run(inputs, out).exit_code == 0
    return out.read_text()


STOPS = {"Ctrl-C": signal.SIGINT, "kill -9": signal.SIGKILL}


@pytest.mark.parametrize("name", ["Ctrl-C", pytest.param("kill -9", marks=pytest.mark.long)])
def test_a_run_that_was_stopped_goes_on_where_it_was(name: str, inputs: Path, expected: str, tmp_path: Path) -> None:
    out, stop = tmp_path / "m.jsonl", STOPS[name]
    out.write_text("an older one")
    stopped = unlucky(f"os.kill(os.getpid(), {int(stop)})", inputs, out)
    assert stopped.returncode == (-9 if stop == signal.SIGKILL else 130)
    assert ("the same command goes on from there" in stopped.stderr) == (stop != signal.SIGKILL)
    assert out.read_text() == "an older one"
    assert folder_of(out).is_dir()
    again = run(inputs, out)
    assert again.exit_code == 0
    assert "Going on with an interrupted run" in again.output
    assert out.read_text() == expected
    record = json.loads((tmp_path / "m.jsonl.run.json").read_text())
    assert record["resumed"] is True
    assert not folder_of(out).exists()


def test_only_the_tasks_that_are_left_are_done_again(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    unlucky("os.kill(os.getpid(), 9)", inputs, out, after=4)
    last = unlucky("pass", inputs, out)
    assert last.returncode == 0, last.stderr
    tasks = json.loads((tmp_path / "m.jsonl.run.json").read_text())["tasks"]
    assert tasks["resumed"] == 4
    assert tasks["total"] > 6


def test_what_another_run_left_is_not_used(inputs: Path, expected: str, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    unlucky("os.kill(os.getpid(), 9)", inputs, out, "--seed", "6")
    told = run(inputs, out)
    assert isinstance(told.exception, InputError)
    assert "seed (then 6, now 0)" in str(told.exception)
    assert not out.exists()
    assert run(inputs, out, "--fresh").exit_code == 0
    assert out.read_text() == expected


def test_a_full_disk_while_writing_keeps_the_work(inputs: Path, expected: str, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    full = unlucky("resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, -1))", inputs, out)
    assert full.returncode == 2
    assert "m.jsonl: cannot be written (File too large)" in full.stderr
    assert "the same command goes on from there" in full.stderr
    assert [path.name for path in tmp_path.iterdir()] == [folder_of(out).name]
    assert run(inputs, out).exit_code == 0
    assert out.read_text() == expected


def test_a_full_disk_while_parquet_is_written_leaves_no_half_file(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.parquet"
    full = unlucky("resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, -1))", inputs, out)
    assert full.returncode == 2
    assert "cannot be written (File too large)" in full.stderr
    assert [path.name for path in tmp_path.iterdir()] == [folder_of(out).name]
    assert run(inputs, out).exit_code == 0
    assert sum(1 for _ in tmp_path.iterdir()) == 3


def test_too_little_memory_is_told_and_keeps_the_work(inputs: Path, expected: str, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    limit = "int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize() + (64 << 20)"
    lack = f"resource.setrlimit(resource.RLIMIT_AS, ({limit}, -1)); np.ones(1 << 30)"
    told = unlucky(lack, inputs, out)
    assert told.returncode == 2, told.stderr
    assert "Error: Not enough memory" in told.stderr
    assert "the same command goes on from there" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == [folder_of(out).name]
    assert run(inputs, out).exit_code == 0
    assert out.read_text() == expected


@pytest.mark.parametrize("out", ["m.jsonl", "m.parquet"])
def test_the_counts_beside_an_output_take_no_place_of_an_input(out: str, inputs: Path, tmp_path: Path) -> None:
    taken = tmp_path / f"{out}.exposure.{out.partition('.')[2]}"
    taken.write_bytes((inputs / "openings.jsonl").read_bytes())
    told = run(inputs, tmp_path / out, "--openings", str(taken))
    assert isinstance(told.exception, InputError)
    assert "this is an input" in str(told.exception)
    assert taken.read_bytes() == (inputs / "openings.jsonl").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [taken.name]


@pytest.mark.parametrize("threads", ["1", "3"])
def test_parquet_and_threads_hold_the_same_rows(
    threads: str, inputs: Path, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", 7)
    monkeypatch.setattr(tasks, "MOST_PEOPLE", 7)
    monkeypatch.setattr(matching, "FEW_PEOPLE", 5)
    out = tmp_path / "m.parquet"
    assert run(inputs, out, "--threads", threads).exit_code == 0
    assert pq.read_table(out).to_pylist() == [json.loads(line) for line in expected.splitlines()]
    record = json.loads((tmp_path / "m.parquet.run.json").read_text())
    assert (record["engine"], record["threads"]) == ("local", int(threads))
    assert record["tasks"]["total"] > 40


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_a_compact_run_resolves_to_the_full_one(ending: str, inputs: Path, expected: str, tmp_path: Path) -> None:
    short, out = tmp_path / "c.parquet", tmp_path / f"m.{ending}"
    assert run(inputs, short, "--compact").exit_code == 0
    given = ["--people", str(inputs / "people.jsonl"), "--openings", str(inputs / "openings.jsonl")]
    done = CliRunner().invoke(resolve.command, [str(short), *given, "--out", str(out)])
    assert done.exit_code == 0, done.exception
    if ending == "jsonl":
        assert out.read_text() == expected
    else:
        assert pq.read_table(out).to_pylist() == [json.loads(line) for line in expected.splitlines()]


def test_resolve_wants_the_files_of_that_run(inputs: Path, tmp_path: Path) -> None:
    short = tmp_path / "c.parquet"
    assert run(inputs, short, "--compact").exit_code == 0
    other = tmp_path / "openings.jsonl"
    other.write_text((inputs / "openings.jsonl").read_text() + "\n")
    given = ["--people", str(inputs / "people.jsonl"), "--out", str(tmp_path / "m.parquet")]
    told = CliRunner().invoke(resolve.command, [str(short), *given, "--openings", str(other)])
    assert isinstance(told.exception, InputError)
    assert "made with other openings" in str(told.exception)
    assert run(inputs, tmp_path / "full.parquet").exit_code == 0
    given += ["--openings", str(other)]
    told = CliRunner().invoke(resolve.command, [str(tmp_path / "full.parquet"), *given])
    assert "not made by `match --compact`" in str(told.exception)


def test_compact_is_parquet(inputs: Path, tmp_path: Path) -> None:
    told = run(inputs, tmp_path / "m.jsonl", "--compact")
    assert isinstance(told.exception, InputError)


@pytest.mark.parametrize("ending", ["parquet", pytest.param("jsonl", marks=pytest.mark.long)])
@pytest.mark.parametrize(("people", "openings"), [(0, 9), (9, 0), (0, 0), (40, 30)])
def test_nobody_nothing_and_a_list_longer_than_there_is(
    people: int, openings: int, ending: str, inputs: Path, tmp_path: Path
) -> None:
    for name, count in (("people", people), ("openings", openings)):
        lines = (inputs / f"{name}.jsonl").read_text().splitlines(keepends=True)[:count]
        (tmp_path / f"{name}.jsonl").write_text("".join(lines))
    out = tmp_path / f"m.{ending}"
    done = run(tmp_path, out, "--top", "1000")
    assert done.exit_code == 0, done.exception
    rows = pq.read_table(out).num_rows if ending == "parquet" else len(out.read_text().splitlines())
    assert rows == json.loads((tmp_path / f"m.{ending}.run.json").read_text())["counts"]["rows"]
    assert (rows > 0) == (people > 0 and openings > 0)
    assert not folder_of(out).exists()
