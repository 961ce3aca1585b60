"""Bad rows of every kind: named exactly, skipped when asked, and nothing left behind when they stop the run."""

from pathlib import Path
from typing import Any

import pytest

from contract.bad_rows import BAD, BROKEN, GOOD_OPENINGS, GOOD_PEOPLE, IDS, Bad, row_of
from contract.comparing import (
    assert_same_rejected,
    assert_stopped,
    files,
    packaged_world,
    product_match,
    reference_match,
    reference_rejected,
)
from contract.door import Rows, exactly, read_jsonl, run, write_jsonl
from reference import columns, rows

TABLES = {"people": columns.PEOPLE, "openings": columns.OPENINGS}
ONE_OF_A_KIND = list({(bad.table, bad.column): bad for bad in BAD}.values())


def instance(folder: Path, **lines: list[Any]) -> dict[str, Path]:
    """Both files; a table that is not given has one good row."""
    given = {table: lines.get(table, [row_of(table, "good", {})]) for table in IDS}
    return {table: write_jsonl(folder / f"{table}.jsonl", given[table]) for table in IDS}


def lines_of(bads: list[Bad]) -> list[Any]:
    """Every bad row between good ones."""
    lines: list[Any] = []
    for number, bad in enumerate(bads):
        lines += [row_of(bad.table, f"before{number}", {}), row_of(bad.table, f"bad{number}", bad.change)]
    return lines


@pytest.mark.parametrize("table", IDS)
def test_reference_names_the_column_of_every_bad_row(table: str, tmp_path: Path) -> None:
    bads = [bad for bad in BAD if bad.table == table]
    path = write_jsonl(tmp_path / "rows.jsonl", lines_of(bads))
    _, found = rows.read(path, TABLES[table], packaged_world())
    assert [(row.row, row.column) for row in found] == [(2 * n + 2, bad.column) for n, bad in enumerate(bads)]


@pytest.mark.parametrize("table", IDS)
def test_product_names_the_same_bad_rows_as_the_reference(table: str, tmp_path: Path) -> None:
    bads = [bad for bad in BAD if bad.table == table]
    paths = instance(tmp_path, **{table: lines_of(bads)})
    out = tmp_path / "out.jsonl"
    told = product_match(paths["people"], paths["openings"], out, "--skip-bad-rows", "--top", 1)
    assert_same_rejected(out, reference_rejected(paths["people"], paths["openings"]))
    assert exactly(told) == exactly(reference_match(paths["people"], paths["openings"], top=1))


@pytest.mark.parametrize("bad", ONE_OF_A_KIND, ids=lambda bad: f"{bad.table}-{bad.column}")
def test_a_bad_row_stops_the_run_with_file_row_and_column(bad: Bad, tmp_path: Path) -> None:
    good = row_of(bad.table, "good", {})
    paths = instance(tmp_path, **{bad.table: [good, "", row_of(bad.table, "bad", bad.change)]})
    out = tmp_path / "out.jsonl"
    answer = run("match", *files(paths["people"], paths["openings"]), "--out", out)
    assert_stopped(answer, out)
    assert f"{bad.table}.jsonl" in answer.err
    assert "3" in answer.err
    assert str(bad.column) in answer.err


@pytest.mark.parametrize("table", IDS)
def test_broken_lines_have_no_column_and_the_number_of_their_line(table: str, tmp_path: Path) -> None:
    lines = ["", row_of(table, "good", {}), "  ", "\r", *BROKEN, "", row_of(table, "last", {})]
    paths = instance(tmp_path, **{table: lines})
    out = tmp_path / "out.jsonl"
    told = product_match(paths["people"], paths["openings"], out, "--skip-bad-rows")
    rejected = read_jsonl(Path(f"{out}.rejected.jsonl"))
    assert [row["row"] for row in rejected] == list(range(5, 5 + len(BROKEN)))
    assert {(row["id"], row["column"]) for row in rejected} == {(None, None)}
    assert len(told) == 2


@pytest.mark.parametrize("broken", [BROKEN[0], BROKEN[2], BROKEN[11]])
def test_a_broken_line_stops_the_run(broken: str, tmp_path: Path) -> None:
    paths = instance(tmp_path, people=[row_of("people", "good", {}), broken])
    out = tmp_path / "out.jsonl"
    assert_stopped(run("match", *files(paths["people"], paths["openings"]), "--out", out), out)


def twins(table: str) -> Rows:
    """Ids seen before, on good rows and on bad ones."""
    return [
        row_of(table, "a", {}),
        row_of(table, "a", {"pc4": 1012}),  # the later one is bad
        row_of(table, "b", {"pc4": 1}),  # bad, and its id is seen
        row_of(table, "b", {}),
        row_of(table, "a", {"pc4": 1}),  # of several errors the first column: the id
        row_of(table, "b", {}),
        row_of(table, "A", {}),  # another id
        row_of(table, "a ", {}),
        row_of(table, "", {}),  # missing, not seen before
        row_of(table, "", {}),
        row_of(table, "c", {}),
    ]


@pytest.mark.parametrize("table", IDS)
def test_the_later_of_two_equal_ids_is_bad_also_after_a_bad_row(table: str, tmp_path: Path) -> None:
    paths = instance(tmp_path, **{table: twins(table)})
    out = tmp_path / "out.jsonl"
    told = product_match(paths["people"], paths["openings"], out, "--skip-bad-rows")
    rejected = read_jsonl(Path(f"{out}.rejected.jsonl"))
    ids = IDS[table]
    assert [(row["row"], row["column"]) for row in rejected] == [
        (2, ids), (3, "pc4"), (4, ids), (5, ids), (6, ids), (9, ids), (10, ids),
    ]  # fmt: skip
    assert [row["id"] for row in rejected] == ["a", "b", "b", "a", "b", None, None]
    assert exactly(told) == exactly(reference_match(paths["people"], paths["openings"]))


def test_unusual_rows_are_good(tmp_path: Path) -> None:
    people = [row_of("people", f"p{number}", change) for number, change in enumerate(GOOD_PEOPLE)]
    openings = [row_of("openings", f"o{number}", change) for number, change in enumerate(GOOD_OPENINGS)]
    paths = instance(tmp_path, people=people, openings=openings)
    assert reference_rejected(paths["people"], paths["openings"]) == []
    told = product_match(paths["people"], paths["openings"], tmp_path / "out.jsonl")
    assert exactly(told) == exactly(reference_match(paths["people"], paths["openings"]))


def test_rejected_rows_of_both_files_stand_in_one_file_people_first(tmp_path: Path) -> None:
    paths = instance(
        tmp_path,
        people=[row_of("people", "p", {"pc4": 1})],
        openings=[row_of("openings", "o", {"pc4": 1}), row_of("openings", "q", {})],
    )
    out = tmp_path / "out.jsonl"
    assert product_match(paths["people"], paths["openings"], out, "--skip-bad-rows") == []
    assert_same_rejected(out, reference_rejected(paths["people"], paths["openings"]))


def test_the_rejected_file_is_written_also_without_bad_rows(tmp_path: Path) -> None:
    paths = instance(tmp_path)
    out = tmp_path / "out.jsonl"
    product_match(paths["people"], paths["openings"], out, "--skip-bad-rows")
    assert Path(f"{out}.rejected.jsonl").read_text(encoding="utf-8") == ""


def test_without_skipping_no_rejected_file_is_written(tmp_path: Path) -> None:
    paths = instance(tmp_path)
    out = tmp_path / "out.jsonl"
    product_match(paths["people"], paths["openings"], out)
    assert not Path(f"{out}.rejected.jsonl").exists()


@pytest.mark.parametrize("skip", [[], ["--skip-bad-rows"]], ids=["stop", "skip"])
def test_people_for_reads_rows_as_match_does(skip: list[str], tmp_path: Path) -> None:
    paths = instance(tmp_path, people=[row_of("people", "p", {}), row_of("people", "q", {"dutch": 9})])
    out = tmp_path / "out.jsonl"
    answer = run("people-for", "good", *files(paths["people"], paths["openings"]), "--out", out, *skip)
    if not skip:
        assert_stopped(answer, out)
        return
    assert answer.code == 0, answer.err
    assert [row["person_id"] for row in read_jsonl(out)] == ["p"]
    assert_same_rejected(out, reference_rejected(paths["people"], paths["openings"]))


def test_people_for_an_opening_on_a_bad_row_is_unknown(tmp_path: Path) -> None:
    paths = instance(tmp_path, openings=[row_of("openings", "o", {"dutch": 9})])
    out = tmp_path / "out.jsonl"
    answer = run("people-for", "o", *files(paths["people"], paths["openings"]), "--out", out, "--skip-bad-rows")
    assert answer.code == 2
    assert "o" in answer.err
    assert not out.exists()


STRANGE = {
    "no text": b'{"opening_id": "\\ud800", "pc4": 1011, "hours_min": 16, "hours_max": 32}',
    "no text in a list": b'{"opening_id": "o", "pc4": 1011, "hours_min": 16, "hours_max": 32, "legal": ["\\udfff"]}',
    "no UTF-8": b'{"opening_id": "\xff", "pc4": 1011, "hours_min": 16, "hours_max": 32}',
    "only a zero byte": b"\x00",
    "a thousand digits": b'{"opening_id": "o", "pc4": 1011, "hours_min": 16, "hours_max": ' + b"9" * 1000 + b"}",
    "beyond a float": b'{"opening_id": "o", "pc4": 1011, "hours_min": 16, "hours_max": 1e400}',
    "a hundred thousand brackets": b"[" * 100_000,
    "two lines in one": b'{"opening_id": "o", "pc4": 1011}\r{"opening_id": "p", "pc4": 1011}',
}


@pytest.mark.parametrize("line", STRANGE.values(), ids=STRANGE)
def test_strange_bytes_are_a_bad_row_between_good_ones(line: bytes, tmp_path: Path) -> None:
    paths = instance(tmp_path, openings=[row_of("openings", "before", {}), row_of("openings", "after", {})])
    before, after, _ = paths["openings"].read_bytes().split(b"\n")
    paths["openings"].write_bytes(b"\r\n".join([before, line, after]))
    out = tmp_path / "out.jsonl"
    told = product_match(paths["people"], paths["openings"], out, "--skip-bad-rows")
    assert {row["opening_id"] for row in told} == {"before", "after"}
    assert [row["row"] for row in read_jsonl(Path(f"{out}.rejected.jsonl"))] == [2]
    assert [row["row"] for row in reference_rejected(paths["people"], paths["openings"])] == [2]
