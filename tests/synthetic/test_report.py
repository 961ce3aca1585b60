"""The report on invented people and openings: shares that add up, for everybody and for every part."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dichterbij.cli import synth
from dichterbij.synthetic.assumptions import load

ON = date(2026, 12, 1)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    out = tmp_path_factory.mktemp("report")
    arguments = [
        "--people",
        "120",
        "--openings",
        "1500",
        "--seed",
        "3",
        "--region",
        "AM15",
        "--out",
        str(out),
        "--report",
    ]
    result = CliRunner().invoke(synth.command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [path.name for path in paths] == ["people.parquet", "openings.parquet", "report.md"]
    return paths[2].read_text(encoding="utf-8").splitlines()


def _cells(lines: list[str], name: str) -> list[str]:
    (line,) = (line for line in lines if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in line.split("|")[2:-1]]


def _percent(cells: list[str]) -> list[float]:
    return [float(cell.rstrip("%")) for cell in cells if cell.endswith("%")]


def test_it_says_what_it_is_about(lines: list[str]) -> None:
    assert lines[0] == "120 invented people, 1,500 invented openings, 2026-12-01."


@pytest.mark.parametrize("name", ["everybody", "skills known", "skills unknown"])
def test_steps_and_no_bridge_add_up(lines: list[str], name: str) -> None:
    assert sum(_percent(_cells(lines, name))) == pytest.approx(100, abs=0.3)


def test_every_group_and_every_kind_of_place_has_a_row_and_together_they_are_everybody(lines: list[str]) -> None:
    groups = [int(_cells(lines, group.en)[0]) for group in load(ON).groups]
    assert sum(groups) + int(_cells(lines, "never worked")[0]) == 120
    kinds = [int(_cells(lines, name)[0]) for name in load(ON).places["density_names"]["en"]]
    assert sum(kinds) == 120


def test_distances_are_shares_beside_the_published_ones(lines: list[str]) -> None:
    rows = [line for line in lines if " km |" in line or "same municipality" in line]
    table = [_percent([cell.strip() for cell in row.split("|")[2:-1]]) for row in rows]
    for column in zip(*table, strict=True):
        assert sum(column) == pytest.approx(100, abs=0.6)
