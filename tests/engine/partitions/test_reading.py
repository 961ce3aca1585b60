"""People in parts by home: every part checked, together the same people in the same order."""

import errno
import json
import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dichterbij.cli.partition import command
from dichterbij.engine import match, openings_from_rows, read_people
from dichterbij.engine.partitions.reading import MANIFEST, read_manifest, read_part, read_parts
from dichterbij.shared.errors import InputError
from engine.rows import TODAY, Invented, Row, packaged, person
from engine.test_reading import lines, same


def partition(people: Path, out: Path, *arguments: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(command, ["--people", str(people), "--out", str(out), "--date", "2026-12-01", *arguments])


def parquet_of(path: Path, rows: list[Row]) -> Path:
    """The rows as Parquet."""
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder of four parts."""
    people = parquet_of(tmp_path / "people.parquet", Invented(31).people(100))
    assert partition(people, tmp_path / "parts", "--rows", "25").exit_code == 0
    return tmp_path / "parts"


@pytest.mark.parametrize("rows", ["1", "7", "1000"])
def test_parts_together_are_the_people_of_the_file_in_its_order(rows: str, tmp_path: Path) -> None:
    people = Invented(32).people(60)
    nobody_knows = person("unknown", modes=None, skills=None, licences=None, legal=None, level=7, available_from=None)
    people += [nobody_knows, person("none", modes=[], skills=[], licences=[], legal=[], dayparts=[], agreements=[])]
    path = lines(tmp_path / "people.jsonl", people)
    assert partition(path, tmp_path / "parts", "--rows", rows).exit_code == 0
    whole = read_people(path, packaged())
    found, manifest = read_parts(tmp_path / "parts", packaged())
    same(found, whole.table)
    assert (manifest.rows, manifest.source_sha256) == (62, whole.digest)


def test_a_run_over_the_parts_gives_what_the_file_gives(made: Path) -> None:
    openings = openings_from_rows(Invented(31).openings(80), packaged())
    runs = [
        [row for block in match(people, openings, packaged(), on=TODAY, top=5) for row in block.rows()]
        for people in (read_people(made.parent / "people.parquet", packaged()).table, read_parts(made, packaged())[0])
    ]
    assert runs[0] == runs[1]
    assert runs[0]


def test_every_part_holds_homes_on_end_and_every_row_is_in_one(made: Path) -> None:
    manifest = read_manifest(made)
    assert [part.rows for part in manifest.parts] == [25] * 4
    homes = [pc4 for part in manifest.parts for pc4 in part.pc4]
    assert homes == sorted(homes)
    rows: list[int] = []
    for part in manifest.parts:
        people, own = read_part(made, part.number, packaged())
        assert sorted(set(people.numbers["pc4"].tolist())) == list(part.pc4)
        rows += own.tolist()
    assert sorted(rows) == list(range(100))
    assert pq.read_schema(made / "part-00000.parquet").field("row").type == pa.int32()


def test_the_same_people_give_the_same_bytes(made: Path) -> None:
    again = made.with_name("again")
    assert partition(made.parent / "people.parquet", again, "--rows", "25").exit_code == 0
    assert {path.name: path.read_bytes() for path in made.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def _another_part(folder: Path) -> None:
    shutil.copy(folder / "part-00001.parquet", folder / "part-00002.parquet")


def _of_other_people(folder: Path) -> None:
    other = parquet_of(folder.parent / "other.parquet", Invented(33).people(100))
    assert partition(other, folder.parent / "others", "--rows", "25").exit_code == 0
    shutil.copy(folder.parent / "others" / "part-00001.parquet", folder / "part-00001.parquet")


def _half(folder: Path) -> None:
    path = folder / "part-00001.parquet"
    path.write_bytes(path.read_bytes()[:500])


def _row_less(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["people"] -= 1
    (folder / MANIFEST).write_text(json.dumps(manifest))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a part gone": (
        lambda folder: (folder / "part-00002.parquet").unlink(),
        "part-00002.parquet: this part is missing",
    ),
    "one too many": (lambda folder: (folder / "part-00009.parquet").write_bytes(b""), "does not name this file"),
    "a part twice": (_another_part, "part-00002.parquet: this part has changed"),
    "a part of others": (_of_other_people, "part-00001.parquet: this part was made from another file"),
    "half a part": (_half, "part-00001.parquet: this part cannot be read"),
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), "cannot be read .No such file"),
    "not a manifest": (lambda folder: (folder / MANIFEST).write_text("[1]"), "no manifest of people in parts"),
    "half a manifest": (lambda folder: (folder / MANIFEST).write_text('{"kind": '), "no manifest of people in parts"),
    "another count": (_row_less, "no manifest of people in parts"),
}


@pytest.mark.parametrize("what", list(DAMAGE))
def test_parts_that_are_not_as_they_were_made_are_named(what: str, made: Path) -> None:
    spoil, message = DAMAGE[what]
    spoil(made)
    with pytest.raises(InputError, match=message) as raised:
        read_parts(made, packaged())
    assert "dichterbij partition" in str(raised.value)


def test_a_part_that_is_not_there_is_an_error(made: Path) -> None:
    with pytest.raises(InputError, match="no part 4; the parts are 0 to 3"):
        read_part(made, 4, packaged())


def test_an_id_that_comes_back_is_found_when_the_parts_are_made(tmp_path: Path) -> None:
    rows = [person("a"), person("b", pc4=1011), person("a", pc4=9999)]
    people = parquet_of(tmp_path / "people.parquet", [*rows, person("a", pc4=1012)])
    stopped = partition(people, tmp_path / "parts")
    assert isinstance(stopped.exception, InputError)
    assert "row 3, column person_id" in str(stopped.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["people.parquet"]
    assert partition(people, tmp_path / "parts", "--skip-bad-rows").exit_code == 0
    rejected = [json.loads(line) for line in (tmp_path / "parts.rejected.jsonl").read_text().splitlines()]
    assert [(bad["row"], bad["id"], bad["column"]) for bad in rejected] == [
        (3, "a", "person_id"),
        (4, "a", "person_id"),
    ]
    found, manifest = read_parts(tmp_path / "parts", packaged())
    assert found.ids.to_pylist() == ["a", "b"]
    assert (manifest.rows, manifest.bad_rows) == (2, 2)


def test_nobody_gives_no_parts_and_reads_as_nobody(tmp_path: Path) -> None:
    assert partition(lines(tmp_path / "people.jsonl", []), tmp_path / "parts").exit_code == 0
    found, manifest = read_parts(tmp_path / "parts", packaged())
    assert (len(found), manifest.parts) == (0, ())


def test_a_folder_that_is_there_is_left_alone(made: Path) -> None:
    before = sorted(made.iterdir())
    stopped = partition(made.parent / "people.parquet", made)
    assert "exists already" in str(stopped.exception)
    assert sorted(made.iterdir()) == before


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    people = parquet_of(tmp_path / "people.parquet", Invented(31).people(100))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, limits[1]))
    try:
        stopped = partition(people, tmp_path / "parts", "--skip-bad-rows")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "nothing was kept" in str(stopped.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["people.parquet"]


@pytest.mark.parametrize("arguments", [[], ["--skip-bad-rows"]])
def test_parts_that_cannot_be_put_on_disk_leave_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = parquet_of(tmp_path / "people.parquet", Invented(31).people(20))

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    stopped = partition(people, tmp_path / "parts", *arguments)
    assert "Input/output error" in str(stopped.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["people.parquet"]


def test_rows_of_parts_are_narrow(made: Path) -> None:
    assert read_part(made, 0, packaged())[1].dtype == np.int32
