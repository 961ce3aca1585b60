"""`exposure` through the command line, on the output of `match`."""

import json
import os
import resource
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from dichterbij.cli import exposure, match, partition
from dichterbij.cli.exposure_labels import SECTORS, labels_of
from dichterbij.cli.exposure_table import lines
from dichterbij.engine import read_openings
from dichterbij.engine.exposure.counting import Summary
from dichterbij.engine.exposure.reasons import Reason
from dichterbij.shared.errors import InputError
from dichterbij.web.near import words
from engine.rows import Invented, opening, packaged

UNSEEN = opening("unseen", pc4=1011, legal=["astronaut"], sector="86")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Invented people and openings, one of which nobody may do, matched."""
    openings = [{**row, "sector": "01"} for row in Invented(21).openings(40)]
    people = [{**row, "legal": []} for row in Invented(21).people(20)]
    for name, rows in (("people", people), ("openings", [*openings, UNSEEN])):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    for ending in ("jsonl", "parquet"):
        given = [*with_files(tmp_path, "people", "openings"), "--top", "3", "--date", "2026-12-01"]
        done = CliRunner().invoke(match.command, [*given, "--out", str(tmp_path / f"m.{ending}")])
        assert done.exit_code == 0, done.output
    return tmp_path


def with_files(folder: Path, *names: str) -> list[str]:
    """Options that name files of this folder."""
    return [part for name in names for part in (f"--{name}", str(folder / f"{name}.jsonl"))]


def told(folder: Path, *arguments: str, matches: str = "m.jsonl") -> Result:
    """Call the command on the files of this folder."""
    given = ["--matches", str(folder / matches), *with_files(folder, "openings")]
    return CliRunner().invoke(exposure.command, [*given, *arguments])


def test_each_opening_gets_a_row_and_the_sums_are_those_of_the_run(files: Path) -> None:
    done = told(files, "--json", "--out", str(files / "x.jsonl"))
    assert done.exit_code == 0, done.output
    record, counts = json.loads(done.output), json.loads((files / "m.jsonl.run.json").read_text())["counts"]
    rows = [json.loads(line) for line in (files / "x.jsonl").read_text().splitlines()]
    assert [row["opening_id"] for row in rows][-1] == "unseen"
    assert len(rows) == 41
    assert sum(row["times"] for row in rows) == record["slots"] == counts["rows"]
    assert {route: part["slots"] for route, part in record["per_route"].items()} == counts["rows_per_route"]
    assert rows[-1] | {"times": 0, "best_position": 0, "sector": "Q", "region": "AM18"} == rows[-1]
    assert set(record["per_sector"]) == {"A", "Q"}


def test_parquet_and_json_lines_give_the_same(files: Path) -> None:
    assert told(files, "--json").output == told(files, "--json", matches="m.parquet").output
    assert told(files, "--out", str(files / "x.parquet")).exit_code == 0
    assert told(files, "--out", str(files / "x.jsonl")).exit_code == 0
    lines = [json.loads(line) for line in (files / "x.jsonl").read_text().splitlines()]
    assert pq.read_table(files / "x.parquet").to_pylist() == lines


def test_a_compact_output_gives_the_same(files: Path) -> None:
    given = [*with_files(files, "people", "openings"), "--top", "3", "--date", "2026-12-01", "--compact"]
    done = CliRunner().invoke(match.command, [*given, "--out", str(files / "c.parquet")])
    assert done.exit_code == 0, done.output
    with_people = [*with_files(files, "people"), "--json"]
    assert told(files, *with_people, matches="c.parquet").output == told(files, *with_people).output


def test_with_the_people_it_says_why_nobody_sees_an_opening(files: Path) -> None:
    done = told(files, *with_files(files, "people"), "--out", str(files / "x.jsonl"))
    assert done.exit_code == 0, done.output
    assert "Why nobody sees them" in done.output
    last = json.loads((files / "x.jsonl").read_text().splitlines()[-1])
    assert last["reason"] in {"rule", "nobody_within_reach"}
    assert (last["rule"] == "legal") == (last["reason"] == "rule")


def test_the_table_names_routes_sectors_and_regions(files: Path) -> None:
    said = told(files).output
    assert "41 openings" in said
    assert "AM18 Groot Amsterdam" in said
    assert "A Farming, forestry and fishing" in said
    assert "open_hiring" in said


def test_sectors_have_the_names_that_they_have_on_the_english_pages() -> None:
    with translation.override("en"):
        assert {letter: str(word) for letter, word in words.SECTORS.items()} == SECTORS


def test_what_is_known_about_a_reason_stands_below_it_in_words() -> None:
    rule = [Reason(0, "rule", 5, rule="legal")]
    crowded = [Reason(row, "crowded_out", 9, 1, unit="travel_minutes", by=by) for row, by in ((1, 1), (2, 17), (3, 30))]
    drawn = [Reason(4, "crowded_out", 9, 1, unit="draw")]
    told = list(lines(Summary(9, 0, 9, 9, 0.0, 0.0, {}), [*rule, *crowded, *drawn]))
    below = [" ".join(line.split()) for line in told[told.index("") + 1 :]]
    assert below == [
        "Why nobody sees them (5 of 9 looked at)",
        "rule 1 20.0%",
        "kept out by the rule legal 1",
        "crowded_out 4 80.0%",
        "farther than the last on a list: travel 3 half of them by at most 17 minutes",
        "just as near as the last on a list: the draw decided 1",
    ]


def test_openings_without_a_sector_are_unknown(files: Path) -> None:
    path = files / "openings.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    table = pa.table({"opening_id": [row["opening_id"] for row in rows], "pc4": [row["pc4"] for row in rows]})
    hours = pa.array([8] * len(rows))
    pq.write_table(table.append_column("hours_min", hours).append_column("hours_max", hours), files / "o.parquet")
    (files / "m.jsonl.run.json").unlink()
    given = ["--matches", str(files / "m.jsonl"), "--openings", str(files / "o.parquet"), "--json"]
    done = CliRunner().invoke(exposure.command, given)
    assert set(json.loads(done.stdout)["per_sector"]) == {"unknown"}


@pytest.fixture
def compact(files: Path) -> Path:
    """The same run written compactly: what it was made with stands in the file."""
    given = [*with_files(files, "people", "openings"), "--top", "3", "--date", "2026-12-01", "--compact"]
    done = CliRunner().invoke(match.command, [*given, "--out", str(files / "c.parquet")])
    assert done.exit_code == 0, done.output
    (files / "c.parquet.run.json").unlink()
    return files


@pytest.mark.parametrize("matches", ["m.jsonl", "m.parquet", "c.parquet"])
@pytest.mark.parametrize("other", ["openings", "people"])
def test_the_same_ids_of_another_delivery_are_refused(compact: Path, other: str, matches: str) -> None:
    path = compact / f"{other}.jsonl"
    path.write_text(path.read_text().replace("1011", "1012").replace("1811", "9711") + "\n")
    refused = told(compact, *with_files(compact, "people"), matches=matches)
    assert isinstance(refused.exception, InputError)
    assert (
        f"{matches}: made with other {other}; give the files that this run was made with" in refused.exception.message
    )
    if other == "openings":
        assert isinstance(told(compact, matches=matches).exception, InputError)


def test_a_compact_file_says_itself_which_day_and_how_many(compact: Path) -> None:
    done = told(compact, *with_files(compact, "people"), "--json", matches="c.parquet")
    assert json.loads(done.stdout) == json.loads(told(compact, *with_files(compact, "people"), "--json").stdout)
    assert done.stderr == ""


def test_other_people_in_parts_are_refused_too(files: Path) -> None:
    given = [*with_files(files, "people"), "--out", str(files / "parts"), "--date", "2026-12-01"]
    assert CliRunner().invoke(partition.command, given).exit_code == 0
    assert told(files, "--people", str(files / "parts"), "--json").exit_code == 0
    record = files / "m.jsonl.run.json"
    said = json.loads(record.read_text())
    said["inputs"]["people"]["sha256"] = "0" * 64
    record.write_text(json.dumps(said))
    refused = told(files, "--people", str(files / "parts"))
    assert isinstance(refused.exception, InputError)
    assert "made with other people" in refused.exception.message


def test_without_a_record_it_says_that_the_files_could_not_be_checked(files: Path) -> None:
    (files / "m.jsonl.run.json").unlink()
    done = told(files, "--json", "--date", "2026-12-01", "--top", "3")
    assert json.loads(done.stdout)["openings"] == 41
    assert "m.jsonl.run.json is not there: whether openings are those of this run could not be checked" in done.stderr


def test_without_a_record_lists_of_other_openings_are_refused_by_name(files: Path) -> None:
    (files / "m.jsonl.run.json").unlink()
    (files / "openings.jsonl").write_text(f"{json.dumps(UNSEEN)}\n")
    refused = told(files)
    assert isinstance(refused.exception, InputError)
    assert "is not among the openings" in refused.exception.message


@pytest.mark.parametrize("line", ["{", '{"opening_id": "unseen"}', "[]"])
def test_a_file_that_is_no_output_of_match_is_refused(files: Path, line: str) -> None:
    (files / "m.jsonl").write_text(f"{line}\n")
    refused = told(files)
    assert isinstance(refused.exception, InputError)
    assert "no output of `match`" in refused.exception.message


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_every_run_of_match_writes_the_counts_beside_its_output(files: Path, ending: str) -> None:
    assert told(files, "--json", "--out", str(files / f"x.{ending}")).exit_code == 0
    own, again = files / f"m.{ending}.exposure.{ending}", files / f"x.{ending}"
    assert own.read_bytes() == again.read_bytes()
    record = json.loads((files / f"m.{ending}.run.json").read_text())
    assert record["counts"]["exposure"] == json.loads(told(files, "--json").output)


def test_without_lists_it_makes_them_and_tells_the_same(files: Path) -> None:
    given = [*with_files(files, "people", "openings"), "--top", "3", "--date", "2026-12-01", "--json"]
    made = CliRunner().invoke(exposure.command, given)
    assert made.exit_code == 0, made.output
    assert json.loads(made.output) == json.loads(told(files, *with_files(files, "people"), "--json").output)


def test_without_lists_and_people_it_says_what_to_give(files: Path) -> None:
    asked = CliRunner().invoke(exposure.command, with_files(files, "openings"))
    assert asked.exit_code == 2
    assert "--people" in asked.output


def no_table(path: Path) -> None:
    """Text under the name of a Parquet file."""
    path.write_text("nothing like it")


def half(path: Path) -> None:
    """The middle of the file is gone, its end is not."""
    body = path.read_bytes()
    path.write_bytes(body[:4] + bytes(len(body) // 3) + body[4 + len(body) // 3 :])


def positions_of_text(path: Path) -> None:
    """A column of another type."""
    table = pq.read_table(path)
    words = pa.array(["first"] * len(table))
    pq.write_table(table.set_column(table.column_names.index("position"), "position", words), path)


def no_ids(path: Path) -> None:
    """Openings without a name."""
    table = pq.read_table(path)
    nothing = pa.nulls(len(table), pa.string())
    pq.write_table(table.set_column(table.column_names.index("opening_id"), "opening_id", nothing), path)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (no_table, "not a Parquet file that can be read"),
        (half, "not a Parquet file that can be read"),
        (positions_of_text, "no output of `match`"),
        (no_ids, "None is not among the openings"),
    ],
)
def test_lists_that_are_none_are_refused_in_a_sentence(files: Path, spoil: Any, says: str) -> None:
    spoil(files / "m.parquet")
    refused = told(files, matches="m.parquet")
    assert isinstance(refused.exception, InputError)
    assert says in refused.exception.message


@pytest.mark.parametrize(
    "record",
    ["", "{", "[]", '{"date": "2026-12-01"}', '{"date": "tomorrow", "top": 3}', '{"date": "2026-12-01", "top": 0}',
     '{"date": "2026-12-01", "top": [3]}', '{"date": "2026-12-01", "top": 3, "inputs": {"people": {}}}',
     '{"date": 20261201, "top": 3}', "[" * 100_000],
)  # fmt: skip
def test_a_record_of_a_run_that_is_none_is_refused_in_a_sentence(files: Path, record: str) -> None:
    (files / "m.jsonl.run.json").write_text(record)
    refused = told(files)
    assert isinstance(refused.exception, InputError)
    assert "m.jsonl.run.json: this is no record of a run" in refused.exception.message


def test_a_disk_that_gets_full_leaves_the_older_counts(files: Path) -> None:
    out, limits = files / "x.jsonl", resource.getrlimit(resource.RLIMIT_FSIZE)
    out.write_text("older\n")
    names = {path.name for path in files.iterdir()}
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        refused = told(files, "--out", str(out))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert isinstance(refused.exception, InputError)
    assert "nothing half-written" in refused.exception.message
    assert out.read_text() == "older\n"
    assert {path.name for path in files.iterdir()} == names


@pytest.mark.parametrize("sector", ['"\\ud800"', "[" * 50_000 + "]" * 50_000, "1e999", "7", "null"])
def test_a_sector_that_is_no_text_is_unknown(files: Path, sector: str) -> None:
    lines = (files / "openings.jsonl").read_text().splitlines()
    lines[0] = lines[0].replace('"sector": "01"', f'"sector": {sector}')
    (files / "strange.jsonl").write_text("\n".join(lines))
    labels = labels_of(files / "strange.jsonl", read_openings(files / "openings.jsonl", packaged()).table)
    assert labels["sector"].to_pylist()[:2] == ["unknown", "A"]


def test_openings_that_went_away_have_no_sector_but_do_not_stop_a_run(files: Path) -> None:
    table = read_openings(files / "openings.jsonl", packaged()).table
    for path in (files / "gone.jsonl", files / "gone.parquet", files):
        assert set(labels_of(path, table)["sector"].to_pylist()) == {"unknown"}


def test_a_pipe_is_refused_before_it_is_opened(files: Path) -> None:
    (files / "openings.jsonl").unlink()
    os.mkfifo(files / "openings.jsonl")
    given = [*with_files(files, "people", "openings"), "--out", str(files / "p.jsonl")]
    refused = CliRunner().invoke(match.command, given)
    assert isinstance(refused.exception, InputError)
    assert "this is a pipe or a device; write it to a file first" in refused.exception.message
