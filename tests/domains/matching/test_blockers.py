"""Who gets no bridge, and the rule that stands in the way."""

from datetime import date

import pytest

from dichterbij.domains.matching.queries import OpeningIndex, without_bridge
from dichterbij.domains.matching.rules import load_parameters

ON = date(2026, 12, 1)
PARAMETERS = load_parameters(on=ON)
JOB = {
    "opening_id": "o1",
    "pc4": 1012,
    "hours_min": 20,
    "hours_max": 24,
    "legal": ["BIG"],
    "licences": ["vca"],
    "dutch": 4,
    "demands": ["heights"],
    "dayparts": ["night"],
    "level_min": 3,
    "latest_start": "2026-12-15",
}
FITS = {"person_id": "p", "pc4": 1012}


def rule_of(**answers: object) -> str | None:
    index = OpeningIndex.of([JOB], PARAMETERS)
    found = without_bridge(people=[{**FITS, **answers}], index=index, parameters=PARAMETERS, on=ON)
    return found[0].rule if found else None


def test_somebody_with_a_bridge_is_not_listed() -> None:
    assert rule_of() is None


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"max_distance_km": 0}, "distance"),
        ({"max_travel_minutes": 1, "ebike_possible": False}, "travel_time"),
        ({"max_distance_km": 0, "max_travel_minutes": 1}, "travel"),
        ({"agreements": ["volunteer"]}, "agreement"),
        ({"legal": []}, "legal"),
        ({"licences": []}, None),
        ({"hours_min": 25}, "hours"),
        ({"dayparts": ["weekday"]}, "dayparts"),
        ({"dutch": 1}, "dutch"),
        ({"avoid": ["heights"]}, "demands"),
        ({"level": 1}, "level"),
        ({"available_from": "2027-01-01"}, "start"),
        ({"legal": [], "dutch": 1}, "several"),
    ],
)
def test_the_rule_that_alone_stands_in_the_way_is_named(answers: dict[str, object], rule: str | None) -> None:
    assert rule_of(**answers) == rule
