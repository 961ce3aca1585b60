"""Parameters: the packaged ones as printed in the contract, folders of one's own, and folders that are refused."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from contract.bad_rows import row_of
from contract.comparing import (
    assert_same_rejected,
    assert_stopped,
    files,
    packaged_world,
    product_match,
    reference_match,
    reference_people_for,
    reference_rejected,
    world_of,
)
from contract.door import exactly, read_jsonl, run, write_jsonl
from contract.parameter_sets import AROUND, ILLEGAL, ODD, Sets, random_sets, write_parameters
from contract.pools import Drawing
from dichterbij.data import RULES
from reference.parameters import ParameterError

PRINTED = Path(__file__).parent / "printed_parameters.txt"


def printed_sets() -> Sets:
    """The block of the contract: `# name.yaml` begins a set."""
    parts: dict[str, list[str]] = {}
    for line in PRINTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and line.split()[1].endswith(".yaml"):
            parts[line.split()[1].removesuffix(".yaml")] = []
        else:
            parts[list(parts)[-1]].append(line)
    return {name: yaml.safe_load("\n".join(lines)) for name, lines in parts.items()}


def test_the_packaged_parameters_are_those_of_the_contract() -> None:
    folder = RULES / "bridge" / "2026-01-01"
    assert {path.stem for path in folder.glob("*.yaml")} == set(printed_sets())
    for name, values in printed_sets().items():
        packaged = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
        assert set(AROUND) <= set(packaged)
        # As text, because the order of the modes counts.
        assert json.dumps({key: packaged[key] for key in packaged if key not in AROUND}) == json.dumps(values)


def an_instance(folder: Path, seed: int, people: int = 12, openings: int = 40) -> tuple[Path, Path]:
    """Random people and openings on the edges of the packaged parameters."""
    drawn = Drawing(random.Random(seed)).instance(people, openings)
    return write_jsonl(folder / "people.jsonl", drawn[0]), write_jsonl(folder / "openings.jsonl", drawn[1])


def assert_agrees(paths: tuple[Path, Path], out: Path, directory: Path) -> int:
    """Product and reference give the same rows and the same bad rows; how many rows."""
    world = world_of(directory)
    told = product_match(*paths, out, "--parameters", directory, "--skip-bad-rows")
    expected = reference_match(*paths, world=world)
    assert exactly(told) == exactly(expected)
    assert_same_rejected(out, reference_rejected(*paths, world=world))
    return len(expected)


@pytest.mark.parametrize("sets", ODD.values(), ids=ODD)
def test_odd_parameters_agree(sets: Sets, tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", sets)
    rows = [assert_agrees(an_instance(tmp_path, seed), tmp_path / "out.jsonl", directory) for seed in (0, 1, 2)]
    assert sum(rows) > 0


@pytest.mark.parametrize("seed", range(8))
def test_random_parameters_agree(seed: int, tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", random_sets(random.Random(seed)))
    assert_agrees(an_instance(tmp_path, seed, 20, 60), tmp_path / "out.jsonl", directory)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_more_random_parameters_agree(seed: int, tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", random_sets(random.Random(seed)))
    assert_agrees(an_instance(tmp_path, seed, 60, 200), tmp_path / "out.jsonl", directory)


def test_people_for_takes_parameters_too(tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", ODD["onboarding that delays"])
    paths = an_instance(tmp_path, 5, 80, 5)
    for number in range(5):
        out = tmp_path / f"out{number}.jsonl"
        answer = run("people-for", f"o{number}", *files(*paths), "--out", out, "--parameters", directory)
        assert answer.code == 0, answer.err
        expected = reference_people_for(f"o{number}", *paths, world=world_of(directory))
        assert exactly(read_jsonl(out)) == exactly(expected)


@pytest.mark.parametrize("sets", ILLEGAL.values(), ids=ILLEGAL)
def test_illegal_parameters_stop_with_two(sets: Sets, tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", sets)
    out = tmp_path / "out.jsonl"
    answer = run("match", *files(*an_instance(tmp_path, 0)), "--out", out, "--parameters", directory)
    assert_stopped(answer, out)
    assert next(iter(sets)) in answer.err


def test_broken_yaml_stops_with_two(tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", {})
    (directory / "water.yaml").write_text("areas: [", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    answer = run("match", *files(*an_instance(tmp_path, 0)), "--out", out, "--parameters", directory)
    assert_stopped(answer, out)
    assert "water.yaml" in answer.err


def test_dates_around_the_values_may_be_written_as_text(tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", ODD["own weeks"])
    path = directory / "learning.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-01-01", "'2026-01-01'"), encoding="utf-8")
    assert assert_agrees(an_instance(tmp_path, 1), tmp_path / "out.jsonl", directory) > 0


def test_other_files_in_the_folder_do_not_matter(tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", ODD["own weeks"])
    (directory / "README.md").write_text("ours", encoding="utf-8")
    assert assert_agrees(an_instance(tmp_path, 1), tmp_path / "out.jsonl", directory) > 0


def test_a_demand_that_the_parameters_lack_is_an_unknown_code(tmp_path: Path) -> None:
    directory = write_parameters(
        tmp_path / "parameters", {"demands": {"adaptable": ["phone"], "not_adaptable": ["mud"]}}
    )
    people = [row_of("people", "p", {"avoid": ["mud"]}), row_of("people", "q", {"avoid": ["pace"]})]
    openings: list[dict[str, Any]] = [
        row_of("openings", "o", {"demands": ["phone"]}), row_of("openings", "r", {"demands": ["heights"]}),
    ]  # fmt: skip
    paths = write_jsonl(tmp_path / "people.jsonl", people), write_jsonl(tmp_path / "openings.jsonl", openings)
    assert assert_agrees(paths, tmp_path / "out.jsonl", directory) == 1


@pytest.mark.parametrize("date", ["2026-01-01", "2026-12-31", "2031-06-30", "9999-01-01"])
def test_the_first_packaged_period_starts_on_its_day(date: str, tmp_path: Path) -> None:
    paths = an_instance(tmp_path, 2)
    out = tmp_path / "out.jsonl"
    answer = run("match", "--people", paths[0], "--openings", paths[1], "--out", out, "--date", date)
    assert answer.code == 0, answer.err


def test_a_date_before_the_first_packaged_folder_is_an_error_with_parameters_too(tmp_path: Path) -> None:
    directory = write_parameters(tmp_path / "parameters", {})
    paths = an_instance(tmp_path, 2)
    out = tmp_path / "out.jsonl"
    given = ["--people", paths[0], "--openings", paths[1], "--out", out, "--date", "2025-12-31"]
    assert_stopped(run("match", *given, "--parameters", directory), out)


def test_parameters_change_the_recorded_hash(tmp_path: Path) -> None:
    paths = an_instance(tmp_path, 2)
    records = []
    for name in ("own weeks", "a cap of nothing", "own weeks"):
        directory = write_parameters(tmp_path / name.replace(" ", "_"), ODD[name])
        product_match(*paths, tmp_path / "out.jsonl", "--parameters", directory)
        records.append((tmp_path / "out.jsonl.run.json").read_text(encoding="utf-8"))
    hashes = [sorted(word for word in record.split('"') if len(word) >= 16 and word.isalnum()) for record in records]
    assert hashes[0] == hashes[2] != hashes[1]


def test_the_reference_refuses_what_the_product_must_refuse(tmp_path: Path) -> None:
    assert packaged_world().parameters["learning"]["cap"] == 39
    for name in ("a cycle in needs", "a cycle in includes", "below nothing"):
        with pytest.raises(ParameterError):
            world_of(write_parameters(tmp_path / name.replace(" ", "_"), ILLEGAL[name]))
