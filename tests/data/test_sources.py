"""Every packaged file tells where it came from and what may be done with it."""

import re
from datetime import date
from pathlib import Path

import pytest

from dichterbij.data import REFERENCE, RULES, read_yaml

ROOT = Path(__file__).parents[2]
SETS = sorted({path.parent for path in REFERENCE.glob("*/*") if path.is_file()})
PERIODS = sorted(path for path in RULES.glob("*/*") if path.is_dir() or path.suffix == ".yaml")
KEYS = {
    "title", "publisher", "source", "version", "retrieved", "valid_from", "licence", "attribution", "changes",
    "assumptions", "files",
}  # fmt: skip


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_every_set_names_its_source_licence_and_date(folder: Path) -> None:
    told = read_yaml(folder / "source.yaml")
    assert KEYS - told.keys() == set()
    assert all(told[key] for key in KEYS - {"assumptions"})
    assert isinstance(told["retrieved"], date)
    assert isinstance(told["valid_from"], date)


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_every_file_of_a_set_is_named_by_its_source(folder: Path) -> None:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"source.yaml"}
    assert set(read_yaml(folder / "source.yaml")["files"]) == there


@pytest.mark.parametrize("period", PERIODS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_name_of_a_period_agrees_with_valid_from_inside(period: Path) -> None:
    files = sorted(period.glob("*.yaml")) if period.is_dir() else [period]
    assert files
    assert {str(read_yaml(file)["valid_from"]) for file in files} == {period.stem}


def test_the_reference_data_stay_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in REFERENCE.rglob("*") if path.is_file()) < 12_000_000


@pytest.mark.parametrize(
    "lock", [*ROOT.glob("requirements/*.txt"), *ROOT.glob("src/**/package-lock.json"), *ROOT.glob("package-lock.json")],
    ids=lambda path: path.name,
)  # fmt: skip
def test_a_lock_file_holds_no_download_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    text = re.sub(r'"(funding|url)": (\{[^}]*\}|"[^"]*")', "", text)  # npm: where to give money, not where to get files
    assert re.findall(r"\S*https?://\S*", text) == []
    assert "--index-url" not in text
