"""The two commands: arguments, exit codes, files left behind, seeds and limits."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from contract.bad_rows import row_of
from contract.comparing import (
    DATE,
    assert_stopped,
    files,
    product_match,
    reference_match,
    reference_people_for,
)
from contract.door import Rows, exactly, read_jsonl, run, write_jsonl
from contract.pools import Drawing

COLUMNS = [
    "person_id", "position", "opening_id", "route", "undescribed", "weeks_to_start", "steps", "weeks_learning",
    "travel_minutes", "mode", "step_codes", "agreed_hours", "missing", "optional_held", "to_ask",
]  # fmt: skip


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """A small instance with bridges."""
    people, openings = Drawing(random.Random(3)).instance(10, 40)
    return write_jsonl(tmp_path / "people.jsonl", people), write_jsonl(tmp_path / "openings.jsonl", openings)


@pytest.fixture
def equals(tmp_path: Path) -> tuple[Path, Path]:
    """Openings at one distance from two people: only the lot and the file order tell them apart."""
    people = [row_of("people", f"p{number}", {}) for number in range(2)]
    openings = [row_of("openings", f"o{number}", {}) for number in range(60)]
    return write_jsonl(tmp_path / "people.jsonl", people), write_jsonl(tmp_path / "openings.jsonl", openings)


def test_rows_have_the_columns_in_order_and_nothing_is_null(paths: tuple[Path, Path], tmp_path: Path) -> None:
    told = product_match(*paths, tmp_path / "out.jsonl")
    assert told
    assert all(list(row) == COLUMNS for row in told)
    assert not any(value is None for row in told for value in row.values())
    opening_id = told[0]["opening_id"]
    out = tmp_path / "for.jsonl"
    run("people-for", opening_id, *files(*paths), "--out", out, "--within-weeks", 99, "--within-steps", 99)
    assert read_jsonl(out)
    assert all(list(row) == [name for name in COLUMNS if name != "position"] for row in read_jsonl(out))


@pytest.mark.parametrize("top", [1, 2, 7, 39, 40, 41, 1000, 10**6])
def test_top_cuts_the_same_order(top: int, paths: tuple[Path, Path], tmp_path: Path) -> None:
    told = product_match(*paths, tmp_path / "out.jsonl", "--top", top)
    assert exactly(told) == exactly(reference_match(*paths, top=top))


def test_top_is_fifty_and_seed_is_zero_unless_given(equals: tuple[Path, Path], tmp_path: Path) -> None:
    told = product_match(*equals, tmp_path / "out.jsonl")
    assert len(told) == 100
    assert exactly(told) == exactly(product_match(*equals, tmp_path / "again.jsonl", "--top", 50, "--seed", 0))


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31, 2**63, 2**64, 10**40])
def test_the_seed_decides_between_equals(seed: int, equals: tuple[Path, Path], tmp_path: Path) -> None:
    told = product_match(*equals, tmp_path / "out.jsonl", "--seed", seed, "--top", 60)
    assert exactly(told) == exactly(reference_match(*equals, seed=seed, top=60))
    out = tmp_path / "for.jsonl"
    run("people-for", "o3", *files(*equals), "--out", out, "--seed", seed)
    assert exactly(read_jsonl(out)) == exactly(reference_people_for("o3", *equals, seed=seed))


def test_the_order_of_the_files_does_not_decide_between_equals(equals: tuple[Path, Path], tmp_path: Path) -> None:
    told = product_match(*equals, tmp_path / "out.jsonl", "--top", 60)
    turned = write_jsonl(tmp_path / "turned.jsonl", reversed(read_jsonl(equals[1])))
    assert exactly(told) == exactly(product_match(equals[0], turned, tmp_path / "turned_out.jsonl", "--top", 60))


def test_ids_of_every_script_are_hashed_as_utf8(tmp_path: Path) -> None:
    ids = ["é", "e\u0301", "日本", "😀", "a|b", " ", "\u2028", "O'Neill", '"', "\\", "0", "ÿ"]
    people = write_jsonl(tmp_path / "people.jsonl", [row_of("people", name, {}) for name in ids])
    openings = write_jsonl(tmp_path / "openings.jsonl", [row_of("openings", name, {}) for name in ids])
    told = product_match(people, openings, tmp_path / "out.jsonl")
    assert exactly(told) == exactly(reference_match(people, openings))
    out = tmp_path / "for.jsonl"
    run("people-for", "日本", *files(people, openings), "--out", out)
    assert exactly(read_jsonl(out)) == exactly(reference_people_for("日本", people, openings))


LIMITS = [(0, 0), (0, 9), (4, 2), (12, 1), (13, 3), (999, 999)]


@pytest.mark.parametrize(("weeks", "steps"), LIMITS)
def test_people_for_keeps_to_its_limits(weeks: int, steps: int, tmp_path: Path) -> None:
    people, openings = Drawing(random.Random(11)).instance(120, 6)
    people_path = write_jsonl(tmp_path / "people.jsonl", people)
    openings_path = write_jsonl(tmp_path / "openings.jsonl", openings)
    for opening in openings:
        out = tmp_path / "for.jsonl"
        limits = ("--within-weeks", weeks, "--within-steps", steps)
        answer = run("people-for", opening["opening_id"], *files(people_path, openings_path), "--out", out, *limits)
        assert answer.code == 0, answer.err
        expected = reference_people_for(
            opening["opening_id"], people_path, openings_path, within_weeks=weeks, within_steps=steps
        )
        assert exactly(read_jsonl(out)) == exactly(expected)


def test_people_for_is_within_four_weeks_and_two_steps_unless_told(tmp_path: Path) -> None:
    people, openings = Drawing(random.Random(12)).instance(150, 4)
    people_path = write_jsonl(tmp_path / "people.jsonl", people)
    openings_path = write_jsonl(tmp_path / "openings.jsonl", openings)
    for opening in openings:
        out = tmp_path / "for.jsonl"
        assert run("people-for", opening["opening_id"], *files(people_path, openings_path), "--out", out).code == 0
        expected = reference_people_for(opening["opening_id"], people_path, openings_path)
        assert exactly(read_jsonl(out)) == exactly(expected)


def test_an_unknown_opening_is_a_message_and_no_output(paths: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "for.jsonl"
    answer = run("people-for", "nowhere", *files(*paths), "--out", out)
    assert_stopped(answer, out)
    assert "nowhere" in answer.err


WRONG_ARGUMENTS = {
    "top 0": ["--top", "0"],
    "top below 0": ["--top", "-1"],
    "top text": ["--top", "many"],
    "top fraction": ["--top", "1.5"],
    "seed below 0": ["--seed", "-1"],
    "seed text": ["--seed", "x"],
    "date that is none": ["--date", "2026-02-30"],
    "date text": ["--date", "tomorrow"],
    "date before the parameters": ["--date", "2025-12-31"],
    "no such parameters": ["--parameters", "nowhere"],
    "unknown option": ["--fast"],
}


@pytest.mark.parametrize("wrong", WRONG_ARGUMENTS.values(), ids=WRONG_ARGUMENTS)
def test_wrong_arguments_stop_with_two(wrong: list[str], paths: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    given = ["--people", paths[0], "--openings", paths[1], "--out", out]
    if "--date" not in wrong:
        given += ["--date", DATE]
    assert_stopped(run("match", *given, *wrong), out)


@pytest.mark.parametrize("lacking", ["--people", "--openings", "--out"])
def test_a_lacking_argument_stops_with_two(lacking: str, paths: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    given = {"--people": paths[0], "--openings": paths[1], "--out": out}
    del given[lacking]
    assert_stopped(run("match", *[word for pair in given.items() for word in pair]), out)


def bad_files(folder: Path) -> dict[str, Path]:
    """Files that cannot be read at all."""
    made = {name: folder / name for name in ("words.csv", "plain", "half.parquet", "empty.parquet", "text.parquet")}
    made["words.csv"].write_text("person_id,pc4\np,1011\n")
    made["plain"].write_text('{"person_id": "p", "pc4": 1011}\n')
    made["empty.parquet"].write_bytes(b"")
    made["text.parquet"].write_text('{"person_id": "p", "pc4": 1011}\n')
    made["half.parquet"].write_bytes(b"PAR1" + bytes(200))
    (folder / "folder.jsonl").mkdir()
    return {**made, "folder": folder / "folder.jsonl", "absent": folder / "absent.jsonl"}


@pytest.mark.parametrize("skip", [[], ["--skip-bad-rows"]], ids=["stop", "skip"])
@pytest.mark.parametrize("role", ["people", "openings"])
@pytest.mark.parametrize(
    "name", ["words.csv", "plain", "half.parquet", "empty.parquet", "text.parquet", "folder", "absent"]
)
def test_a_file_that_cannot_be_read_stops_with_two(
    name: str, role: str, skip: list[str], paths: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    bad = bad_files(tmp_path)[name]
    people, openings = (bad, paths[1]) if role == "people" else (paths[0], bad)
    answer = run("match", *files(people, openings), "--out", out, *skip)
    assert_stopped(answer, out)
    assert bad.name in answer.err


@pytest.mark.parametrize("ending", ["csv", "json", "txt"])
def test_an_output_of_another_kind_stops_with_two(ending: str, paths: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / f"out.{ending}"
    assert_stopped(run("match", *files(*paths), "--out", out), out)


@pytest.mark.parametrize(("people", "openings"), [(0, 0), (0, 3), (3, 0)])
def test_empty_files_give_an_empty_answer(people: int, openings: int, tmp_path: Path) -> None:
    people_path = write_jsonl(tmp_path / "p.jsonl", [row_of("people", f"p{n}", {}) for n in range(people)])
    openings_path = write_jsonl(tmp_path / "o.jsonl", [row_of("openings", f"o{n}", {}) for n in range(openings)])
    assert product_match(people_path, openings_path, tmp_path / "out.jsonl") == []
    assert (tmp_path / "out.jsonl.run.json").exists()


def run_record(out: Path) -> dict[str, Any]:
    """What stands beside an output."""
    record: dict[str, Any] = json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))
    return record


def flat(value: Any) -> list[Any]:
    """Every value in nested lists and mappings."""
    if isinstance(value, dict):
        return [part for inner in value.values() for part in flat(inner)]
    if isinstance(value, list):
        return [part for inner in value for part in flat(inner)]
    return [value]


def test_the_run_is_recorded_beside_the_output(paths: tuple[Path, Path], tmp_path: Path) -> None:
    import dichterbij

    out = tmp_path / "out.jsonl"
    told = product_match(*paths, out, "--seed", 123456789)
    values = flat(run_record(out))
    assert DATE in values
    assert 123456789 in values or "123456789" in values
    assert dichterbij.__version__ in values
    counts = [len({row["person_id"] for row in told}), 10, 40]
    assert counts[1] in values
    assert counts[2] in values
    assert 10 - counts[0] in values


def test_the_same_input_gives_the_same_bytes_and_hashes(paths: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    product_match(*paths, first)
    product_match(*paths, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_date_is_today_unless_given(paths: tuple[Path, Path], tmp_path: Path) -> None:
    import datetime

    out = tmp_path / "out.jsonl"
    before = datetime.date.today()  # noqa: DTZ011
    answer = run("match", "--people", paths[0], "--openings", paths[1], "--out", out)
    assert answer.code == 0, answer.err
    after = datetime.date.today()  # noqa: DTZ011
    assert {before.isoformat(), after.isoformat()} & set(map(str, flat(run_record(out))))


def test_the_commands_run_as_a_process_without_a_database(paths: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code = "from dichterbij.cli import main; main()"
    words = ["match", *map(str, files(*paths)), "--out", str(out)]
    environment = {"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run([sys.executable, "-c", code, *words], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert exactly(read_jsonl(out)) == exactly(reference_match(*paths))
    stopped = subprocess.run(
        [sys.executable, "-c", code, *words, "--top", "0"], env=environment, capture_output=True, check=False
    )
    assert stopped.returncode == 2


def test_unknown_uris_and_long_lists_are_only_skills(tmp_path: Path) -> None:
    many = [f"https://example.org/skill/{number}" for number in range(2000)]
    people: Rows = [row_of("people", "p", {"skills": many[:1999]}), row_of("people", "q", {"skills": many})]
    openings: Rows = [
        row_of("openings", "o", {"essential": many, "optional": many}),
        row_of("openings", "r", {"essential": many[:1] + many[-1:], "onboarding_weeks": 8}),
    ]
    people_path = write_jsonl(tmp_path / "p.jsonl", people)
    openings_path = write_jsonl(tmp_path / "o.jsonl", openings)
    told = product_match(people_path, openings_path, tmp_path / "out.jsonl")
    assert exactly(told) == exactly(reference_match(people_path, openings_path))
    assert len(told) == 4
