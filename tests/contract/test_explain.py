"""`explain` says what `match` does: the same distance for every route, the same steps, the same rules in the way."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from contract.comparing import TODAY, assert_stopped, files, packaged_world
from contract.door import run, write_jsonl
from contract.pools import Drawing
from contract.thresholds import CASES
from reference import columns, gaps, rows
from reference.routes import ROUTES, bridge_over, smallest_bridge

DISTANCE = ("undescribed", "weeks_to_start", "steps", "weeks_learning", "travel_minutes")
Instance = tuple[Path, Path, list[Any], list[Any]]


def read(people: Path, openings: Path) -> Instance:
    """The files and the reference's rows of them."""
    world = packaged_world()
    return (
        people,
        openings,
        rows.read(people, columns.PEOPLE, world)[0],
        rows.read(openings, columns.OPENINGS, world)[0],
    )


@pytest.fixture(scope="module", params=range(4))
def instance(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Random people and openings."""
    folder = tmp_path_factory.mktemp("explain")
    people, openings = Drawing(random.Random(request.param)).instance(4, 4)
    return read(write_jsonl(folder / "people.jsonl", people), write_jsonl(folder / "openings.jsonl", openings))


def explained(people: Path, openings: Path, person_id: str, opening_id: str, *more: str) -> dict[str, Any]:
    """The product's explanation."""
    answer = run("explain", person_id, opening_id, *files(people, openings), "--json", *more)
    assert answer.code == 0, answer.err
    told: dict[str, Any] = json.loads(answer.out)
    return told


def test_every_pair_is_explained_as_it_is_matched(instance: Instance) -> None:
    people_path, openings_path, people, openings = instance
    for person in people:
        for opening in openings:
            told = explained(people_path, openings_path, person["person_id"], opening["opening_id"])
            assert_explains(told, person, opening)


@pytest.mark.parametrize("start", range(4))
def test_both_sides_of_thresholds_are_explained(start: int, tmp_path: Path) -> None:
    cases = CASES[start::8]
    people = [{"person_id": f"p{number}", **case.person} for number, case in enumerate(cases)]
    openings = [{"opening_id": f"o{number}", **case.opening} for number, case in enumerate(cases)]
    paths = write_jsonl(tmp_path / "people.jsonl", people), write_jsonl(tmp_path / "openings.jsonl", openings)
    _, _, good_people, good_openings = read(*paths)
    for person, opening in zip(good_people, good_openings, strict=True):
        told = explained(*paths, person["person_id"], opening["opening_id"])
        assert_explains(told, person, opening)


def assert_explains(told: dict[str, Any], person: gaps.Row, opening: gaps.Row) -> None:
    """The explanation of a pair agrees with the reference, route by route and rule by rule."""
    world = packaged_world()
    best = smallest_bridge(person, opening, TODAY, world)
    assert told["best"] == (None if best is None else best.route)
    assert [route["route"] for route in told["routes"]] == list(ROUTES)
    for route in told["routes"]:
        bridge = bridge_over(route["route"], person, opening, TODAY, world)
        rules = {rule["rule"]: rule for rule in route["rules"]}
        stopped = [name for name, rule in rules.items() if rule["outcome"] == "no"]
        if bridge is None:
            assert route["distance"] is None
            assert stopped != []
        else:
            assert route["distance"] == {name: getattr(bridge, name) for name in DISTANCE}
            assert stopped == []
            codes = [step["code"] for rule in rules.values() for step in rule["steps"]]
            assert sorted(codes) == bridge.step_codes
        assert_rules(rules, person, opening)


def assert_rules(rules: dict[str, Any], person: gaps.Row, opening: gaps.Row) -> None:
    """Rules of every route, and those that read the whole opening where they are told."""
    world = packaged_world()
    says = {
        "travel": gaps.travel(person, opening, world) is not None,
        "agreement": gaps.agreement(person, opening),
        "legal": gaps.legal(person, opening),
        "licences": gaps.licences(person, opening, world) is not None,
        "hours": gaps.hours(person, opening),
        "dutch": gaps.dutch(person, opening, world) is not None,
    }
    if "tasks" not in rules:
        says["dayparts"] = gaps.dayparts(person, opening["dayparts"], world) is not None
        says["demands"] = gaps.demands(person, opening["demands"], world) is not None
    for name, fits in says.items():
        if name in rules and rules[name]["outcome"] != "not_applicable":
            assert (rules[name]["outcome"] != "no") == fits, name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_explanation_for_people_is_text(language: str, instance: Instance) -> None:
    people_path, openings_path, people, openings = instance
    pair = people[0]["person_id"], openings[0]["opening_id"]
    answer = run("explain", *pair, *files(people_path, openings_path), "--language", language)
    assert answer.code == 0, answer.err
    assert len(answer.out.splitlines()) > 10


@pytest.mark.parametrize("pair", [("nobody", "o0"), ("p0", "nothing")])
def test_an_unknown_pair_is_a_message(pair: tuple[str, str], instance: Instance, tmp_path: Path) -> None:
    answer = run("explain", *pair, *files(instance[0], instance[1]))
    assert_stopped(answer, tmp_path / "out.jsonl")
