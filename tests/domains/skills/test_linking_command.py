"""`dichterbij link`: lines in, lines out, and errors that name the line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dichterbij.cli.link import command
from dichterbij.shared.errors import InputError


def run(content: bytes, *arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(command, ["--json", *arguments], input=content, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_line_in_is_a_line_out_also_when_empty() -> None:
    answers = run("kok\n\n漢字\r\nzeefdrukker".encode(), "--top", "2")
    assert [one["query"] for one in answers] == ["kok", "", "漢字", "zeefdrukker"]
    assert [len(one["results"]) for one in answers] == [2, 0, 0, 2]  # type: ignore[arg-type]
    assert set(answers[0]["results"][0]) == {"uri", "label", "score"}  # type: ignore[index]


def test_no_lines_give_no_answers() -> None:
    assert run(b"") == []


def test_a_file_is_read_like_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_bytes(b"\xef\xbb\xbfkok\nbakker\n")
    assert [one["query"] for one in run(b"", "--in", str(path))] == ["kok", "bakker"]


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(InputError, match=r"Line 2 of standard input is not UTF-8 \(byte 0xff at position 3\)"):
        CliRunner().invoke(command, ["--json"], input=b"kok\nba\xffkker\n", catch_exceptions=False)


def test_a_very_long_line_is_answered_and_said() -> None:
    result = CliRunner().invoke(command, ["--json", "--top", "1"], input=b"kok " * 25_000, catch_exceptions=False)
    assert "Line 1 has 100000 characters" in result.stderr
    assert json.loads(result.stdout)["results"][0]["label"] == "kok"


def test_without_json_a_table_shows_no_control_characters() -> None:
    result = CliRunner().invoke(command, ["--top", "1"], input=b"kok\x1b[31m\nqqq\n", catch_exceptions=False)
    assert "\x1b" not in result.stdout
    assert "kok" in result.stdout
