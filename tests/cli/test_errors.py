"""Every command, given what it cannot use: one clear sentence, exit code 2, nothing half-written, no traceback."""

import json
import resource
import sys
from pathlib import Path

import pytest

from dichterbij.cli import main
from dichterbij.data import DEMO

STORY = DEMO / "story"


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and stderr of `dichterbij ARGUMENTS`."""
    monkeypatch.setattr(sys, "argv", ["dichterbij", *arguments])
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0), capsys.readouterr().err
    return 0, capsys.readouterr().err


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "profiles.json"
    path.write_text(json.dumps([{"idWerkzoekende": "a", "mobiliteit": {"bemiddelingspostcode": "1811AA"}}]))
    return path


def folder_in_the_way(tmp_path: Path, name: str) -> Path:
    """An output folder in which a file that must be written is a folder already."""
    (tmp_path / "out" / name).mkdir(parents=True)
    return tmp_path / "out"


@pytest.mark.parametrize("out", ["/proc/nowhere", "x" * 300])
def test_synth_that_cannot_write_says_where(
    out: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["synth", "--people", "2", "--openings", "2", "--region", "AM12", "--out", out]
    code, told = run(arguments, monkeypatch, capsys)
    assert code == 2
    assert told.startswith(f"Error: {out[:200]}")
    assert "Choose another file or folder" in told
    assert "Traceback" not in told


def test_synth_refuses_an_empty_report_before_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    for people, openings in (("0", "5"), ("5", "0")):
        arguments = ["synth", "--people", people, "--openings", openings, "--report", "--out", str(out)]
        code, told = run(arguments, monkeypatch, capsys)
        assert (code, out.exists()) == (2, False)
        assert "at least one of each" in told


def test_vum_import_leaves_nothing_when_one_of_its_files_cannot_be_written(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder_in_the_way(tmp_path, "refused.jsonl")
    arguments = ["vum", "import", str(source), "--kind", "job-seekers", "--out", str(out)]
    code, told = run(arguments, monkeypatch, capsys)
    assert (code, [path.name for path in out.iterdir()]) == (2, ["refused.jsonl"])
    assert "refused.jsonl is a folder there. Choose another folder with --out." in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        ("[" * 100_000, "nested too deeply"),
        ("[" + "9" * 5_000, "complete JSON"),
    ],
)
def test_vum_import_refuses_what_holds_no_records(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "broken.json", tmp_path / "out"
    path.write_text(text)
    arguments = ["vum", "import", str(path), "--kind", "job-seekers", "--out", str(out)]
    code, heard = run(arguments, monkeypatch, capsys)
    assert (code, out.exists()) == (2, False)
    assert told in heard


def test_vum_import_keeps_half_a_character_as_the_escape_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "in.jsonl", tmp_path / "out"
    record = (
        '{"idWerkzoekende": "a", "mobiliteit": {"bemiddelingspostcode": "1811AA"}, "persoonlijkePresentatie": "%s"}\n'
    )
    path.write_text(record % "\\ud800 en een scheiding\u2028" + '{"idWerkzoekende": "\\ud800"}\n', encoding="utf-8")
    code, _ = run(["vum", "import", str(path), "--kind", "job-seekers", "--out", str(out)], monkeypatch, capsys)
    kept = json.loads((out / "records.jsonl").read_text(encoding="utf-8"))
    assert (code, kept["detail"]["persoonlijkePresentatie"]) == (0, "\ud800 en een scheiding\u2028")
    assert json.loads((out / "refused.jsonl").read_text(encoding="utf-8"))["id"] == "\ud800"


def test_a_refused_record_with_an_endless_id_takes_one_short_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.json"
    path.write_text(json.dumps([{"idWerkzoekende": "\x1b" + "a" * 100_000}]))
    monkeypatch.setattr(
        sys, "argv", ["dichterbij", "vum", "import", str(path), "--kind", "job-seekers", "--out", str(tmp_path / "out")]
    )
    main()
    told = capsys.readouterr().out
    assert len(told) < 1_000
    assert "\x1b" not in told


def test_no_bridge_counts_people_whose_id_holds_a_line_separator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text(json.dumps({"person_id": "a\u2028b", "pc4": 1811}, ensure_ascii=False) + "\n", encoding="utf-8")
    openings = str(STORY / "openings.jsonl")
    monkeypatch.setattr(sys, "argv", ["dichterbij", "no-bridge", "--people", str(people), "--openings", openings])
    main()
    assert "of 1 people" in capsys.readouterr().out


def test_no_bridge_counts_a_person_once_among_rows_that_were_set_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.jsonl"
    row = b'{"person_id": "a", "pc4": 1811}\n'
    people.write_bytes(row + b'{"person_id": "\xff", "pc4": 1811}\n' + row + b'{"person_id": ["b"], "pc4": 1811}\n')
    arguments = ["no-bridge", "--people", str(people), "--openings", str(STORY / "openings.jsonl"), "--skip-bad-rows"]
    monkeypatch.setattr(sys, "argv", ["dichterbij", *arguments])
    main()
    assert "of 1 people" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--region", "AM04"], ["--region", ""], ["--date", "2020-01-01"]])
def test_synth_makes_no_folder_for_a_region_or_date_that_is_not_there(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(["synth", "--out", str(tmp_path / "out"), *wrong], monkeypatch, capsys)
    assert (code, (tmp_path / "out").exists()) == (2, False)
    assert told.startswith("Error: ")


def test_synth_leaves_no_draft_when_its_file_cannot_be_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder_in_the_way(tmp_path, "people.parquet")
    arguments = ["synth", "--people", "2", "--openings", "2", "--region", "AM12", "--out", str(out)]
    code, told = run(arguments, monkeypatch, capsys)
    assert (code, [path.name for path in out.iterdir()]) == (2, ["people.parquet"])
    assert f"{out / 'people.parquet'}: Is a directory" in told


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_synth_on_a_full_disk_names_the_file_and_leaves_no_empty_folder(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, limits = tmp_path / "out", resource.getrlimit(resource.RLIMIT_FSIZE)
    arguments = ["synth", "--people", "300", "--openings", "2", "--region", "AM12", "--format", form, "--out", str(out)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        code, told = run(arguments, monkeypatch, capsys)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (code, out.exists()) == (2, False)
    assert f"Error: {out / 'people'}.{form}: File too large. Choose another file or folder" in told
