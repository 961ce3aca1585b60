"""The thirty people of the story: the bridge says of each what their story tells."""

from typing import Any

import pyarrow.compute as pc
import pytest

from dichterbij.data import reference_table
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine.matching import match
from dichterbij.engine.reading import openings_from_rows, people_from_rows
from dichterbij.synthetic import story
from dichterbij.synthetic.assumptions import load

PEOPLE = {person.person_id: person for person in story.people()}
Found = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def found() -> Found:
    """Bridges by person and opening, all of them."""
    on = story.story_date()
    parameters = load_parameters(on=on)
    people = people_from_rows(story.people_table(), parameters)
    openings = openings_from_rows(story.openings_table(on), parameters)
    bridges: Found = {person_id: {} for person_id in PEOPLE}
    for block in match(people, openings, parameters, on=on, top=len(openings), threads=1):
        for row in block.rows():
            bridges[row["person_id"]][row["opening_id"]] = row
    return bridges


def test_there_are_thirty_people_each_with_a_name_and_a_reason_of_their_own() -> None:
    people = story.people()
    assert len(people) == 30
    assert len({person.name for person in people}) == len({person.reason for person in people}) == 30
    assert all(person.nl and person.en for person in people)


@pytest.mark.parametrize("person_id", PEOPLE)
def test_the_bridge_is_what_the_story_tells(found: Found, person_id: str) -> None:
    expected, bridges = PEOPLE[person_id].expects, found[person_id]
    if expected.nothing:
        assert bridges == {}
        return
    bridge = bridges[expected.opening or ""]
    assert (bridge["route"], tuple(bridge["step_codes"])) == (expected.route, expected.steps)
    assert bridge["undescribed"] == expected.undescribed
    assert set(expected.to_ask) <= set(bridge["to_ask"])
    told = {
        "mode": expected.mode,
        "weeks_to_start": expected.weeks,
        "weeks_learning": expected.weeks_learning,
        "agreed_hours": expected.hours and 10 * expected.hours,
        "steps": expected.counted,
        "position": 1 if expected.first else None,
    }
    assert {name: bridge[name] for name, value in told.items() if value is not None} == {
        name: value for name, value in told.items() if value is not None
    }


@pytest.mark.parametrize("person_id", [person_id for person_id, person in PEOPLE.items() if person.expects.never])
def test_what_cannot_be_is_not_shown(found: Found, person_id: str) -> None:
    assert not set(PEOPLE[person_id].expects.never) & set(found[person_id])


def test_every_route_and_every_kind_of_step_is_told() -> None:
    expected = [person.expects for person in story.people()]
    assert {one.route for one in expected} == {"direct", "open_hiring", "learn_work", "carving", None}
    kinds = {step.split(":")[0] for one in expected for step in one.steps}
    assert kinds == {"ebike", "childcare", "dutch", "adaptation", "licence", "onboarding", "learn_work", "carving"}


def test_the_files_are_made_from_the_story() -> None:
    """When this fails: python -m dichterbij.synthetic.story"""
    for path, text in story.files().items():
        assert path.read_text(encoding="utf-8") == text


def test_everything_is_in_one_region_and_says_it_is_invented() -> None:
    areas = reference_table("postcodes", "postcodes.csv")
    region = set(areas.filter(pc.equal(areas["region_code"], "AM15"))["pc4"].to_pylist())
    people, openings = story.people_table(), story.openings_table(story.story_date())
    assert set(people["pc4"].to_pylist()) | set(openings["pc4"].to_pylist()) <= region
    assert pc.all(people["invented"]).as_py()
    assert pc.all(pc.ends_with(openings["employer_name"], "(verzonnen)")).as_py()
    assert 60 <= openings.num_rows <= 80


def test_wages_are_not_under_the_minimum() -> None:
    wages = story.openings_table(story.story_date())["wage_cents_per_hour_min"]
    assert pc.min(wages).as_py() >= load(story.story_date()).wages["minimum_cents_per_hour"]
