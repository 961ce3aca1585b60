"""Parameters: packaged by period, replaced by files of one's own, and refused with file and key."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from dichterbij.domains.matching.rules import PACKAGED, load_parameters
from dichterbij.shared.errors import InputError

TODAY = date(2026, 12, 1)


def own(folder: Path, name: str, **changed: object) -> Path:
    """A folder with one packaged file, changed."""
    values = yaml.safe_load((PACKAGED / "2026-01-01" / f"{name}.yaml").read_text())
    (folder / f"{name}.yaml").write_text(yaml.safe_dump({**values, **changed}, sort_keys=False))
    return folder


def test_every_packaged_file_says_where_its_values_come_from() -> None:
    for folder in PACKAGED.iterdir():
        for source in load_parameters(on=date.fromisoformat(folder.name)).sources:
            assert source.valid_from == date.fromisoformat(folder.name), source.file
            assert source.source, source.file
            assert source.checked_on, source.file


def test_the_first_day_counts_and_the_day_before_has_no_parameters() -> None:
    assert load_parameters(on=date(2026, 1, 1)).valid_from == date(2026, 1, 1)
    with pytest.raises(InputError, match="no bridge parameters for 2025-12-31"):
        load_parameters(on=date(2025, 12, 31))


def test_a_file_of_ones_own_replaces_the_packaged_one_and_changes_the_digest(tmp_path: Path) -> None:
    packaged = load_parameters(on=TODAY)
    changed = load_parameters(on=TODAY, directory=own(tmp_path, "lead_weeks", open_hiring_queue=2))
    assert (changed.open_hiring_queue, changed.modes) == (2, packaged.modes)
    assert changed.digest != packaged.digest
    assert load_parameters(on=TODAY, directory=own(tmp_path, "lead_weeks")).digest == packaged.digest


def test_the_order_of_the_modes_is_kept(tmp_path: Path) -> None:
    modes = yaml.safe_load((PACKAGED / "2026-01-01" / "travel.yaml").read_text())["modes"]
    turned = load_parameters(on=TODAY, directory=own(tmp_path, "travel", modes=dict(reversed(modes.items()))))
    assert [mode.code for mode in turned.modes] == list(reversed(modes))


def test_weeks_to_learn_a_skill_are_its_own_then_those_of_its_level_then_unknown(tmp_path: Path) -> None:
    parameters = load_parameters(on=TODAY)
    uri, level = next(iter(parameters.reuse_levels.items()))
    assert parameters.learn_weeks(uri) == parameters.learning.reuse_level[level]
    assert parameters.learn_weeks("no such skill") == 8
    changed = load_parameters(on=TODAY, directory=own(tmp_path, "learning", own={uri: 255}))
    assert changed.learn_weeks(uri) == 255


@pytest.mark.parametrize(
    ("name", "changed", "told"),
    [
        ("lead_weeks", {"dutch_per_level": -1}, "dutch_per_level: expected a whole number"),
        ("lead_weeks", {"dutch_per_level": "12"}, "dutch_per_level: expected a whole number"),
        ("lead_weeks", {"dutch_per_level": True}, "dutch_per_level: expected a whole number"),
        ("lead_weeks", {"lead": {"ebike": 1}}, "lead.childcare: expected a value"),
        ("lead_weeks", {"lead": {"ebyke": 1}}, "lead.ebyke"),
        ("travel", {"modes": {"bike": {"fixed": 0, "per_km": [[None, 1]]}}}, "modes.walk"),
        ("travel", {"modes": {"walk": {"fixed": 0, "per_km": [[500, 1]]}}}, r"a last pair \[null, rate\]"),
        ("travel", {"modes": {"walk": {"fixed": 0, "per_km": [[5, 1], [5, 1], [None, 1]]}}}, "distances that go up"),
        ("demands", {"adaptable": ["pace"]}, "no code that is also not_adaptable"),
        ("licences", {"codes": {"B": {"weeks": 1, "needs": ["C"]}, "C": {"weeks": 1, "needs": ["B"]}}}, "no cycle"),
        ("licences", {"codes": {"B": {"weeks": 1, "includes": ["B"]}}}, "no cycle"),
        ("licences", {"codes": {True: {"weeks": 1}}}, "quotes"),
        ("water", {"areas": [{"municipalities": ["GM1"], "extra": {"boat": 1}}]}, r"areas\[0\].extra.boat"),
        ("learning", {"own": {"uri": None}}, "own.uri: expected a whole number"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_key(
    tmp_path: Path, name: str, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError, match=told) as refused:
        load_parameters(on=TODAY, directory=own(tmp_path, name, **changed))
    assert f"{name}.yaml" in str(refused.value)


@pytest.mark.parametrize("name", ["travels.yaml", "lead-weeks.yaml", "travel.yml"])
def test_a_file_with_another_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    with pytest.raises(InputError, match=re.escape(name)):
        load_parameters(on=TODAY, directory=tmp_path)


def test_a_folder_or_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_parameters(on=TODAY, directory=tmp_path / "none")
    (tmp_path / "travel.yaml").write_text("modes: [")
    with pytest.raises(InputError, match="not a YAML file"):
        load_parameters(on=TODAY, directory=tmp_path)
