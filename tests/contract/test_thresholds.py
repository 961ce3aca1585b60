"""Every rule of the bridge with the value just inside and just outside it."""

from pathlib import Path

import pytest

from contract.comparing import TODAY, packaged_world, product_match, reference_match
from contract.door import Rows, exactly, write_jsonl
from contract.thresholds import CASES, Case
from reference import columns, rows
from reference.routes import smallest_bridge

NAMES = [case.name for case in CASES]


def as_files(folder: Path) -> tuple[Path, Path]:
    """All cases in one instance: the person and the opening of a case share its number."""
    people = [{"person_id": f"p{number}", **case.person} for number, case in enumerate(CASES)]
    openings = [{"opening_id": f"o{number}", **case.opening} for number, case in enumerate(CASES)]
    return write_jsonl(folder / "people.jsonl", people), write_jsonl(folder / "openings.jsonl", openings)


def own_pairs(found: Rows) -> dict[int, dict[str, object]]:
    """The row of each case's own pair, by the case's number."""
    return {int(row["person_id"][1:]): row for row in found if row["person_id"][1:] == row["opening_id"][1:]}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What the product says of every person with every opening of the cases."""
    folder = tmp_path_factory.mktemp("thresholds")
    return product_match(*as_files(folder), folder / "out.jsonl", "--top", len(CASES))


@pytest.fixture(scope="module")
def told_pairs(told: Rows) -> dict[int, dict[str, object]]:
    """The product's rows of the cases' own pairs."""
    return own_pairs(told)


def test_cases_have_names_of_their_own() -> None:
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_reference_knows_both_sides(case: Case, tmp_path: Path) -> None:
    world = packaged_world()
    people, _ = rows.read(write_jsonl(tmp_path / "p.jsonl", [{"person_id": "p", **case.person}]), columns.PEOPLE, world)
    openings, _ = rows.read(
        write_jsonl(tmp_path / "o.jsonl", [{"opening_id": "o", **case.opening}]), columns.OPENINGS, world
    )
    bridge = smallest_bridge(people[0], openings[0], TODAY, world)
    assert_is(case, None if bridge is None else vars(bridge))


@pytest.mark.parametrize("number", range(len(CASES)), ids=NAMES)
def test_product_knows_both_sides(number: int, told_pairs: dict[int, dict[str, object]]) -> None:
    assert_is(CASES[number], told_pairs.get(number))


def test_every_person_of_the_cases_with_every_opening_agrees(told: Rows, tmp_path: Path) -> None:
    people, openings = as_files(tmp_path)
    assert exactly(told) == exactly(reference_match(people, openings, top=len(CASES)))


def assert_is(case: Case, row: dict[str, object] | None) -> None:
    """The case's values, or no bridge."""
    if case.bridge is None:
        assert row is None
    else:
        assert row is not None
        assert {name: row[name] for name in case.bridge} == case.bridge
