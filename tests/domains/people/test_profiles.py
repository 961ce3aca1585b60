"""What somebody tells about work is kept in known fields only: there is no place for a diagnosis."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.people.rules import read_grounds, read_profile, read_retention
from dichterbij.domains.people.rules.profiles import FIELDS
from dichterbij.shared.errors import InputError
from dichterbij.web.near.answers import Answers, person_row

TODAY = date(2026, 11, 22)
CONTRACT = Path(__file__).parents[3] / "docs" / "reference" / "bridge.md"


def test_an_answer_to_what_is_near_can_go_along() -> None:
    answers = Answers(
        pc4=1811, modes=("bike",), hours_max=24, available_from=TODAY, dutch=2, avoid=("lifting",), dayparts=()
    )
    assert read_profile(person_row(answers, ("http://example.nl/skill",))) == {
        "pc4": 1811, "modes": ["bike"], "hours_max": 24, "available_from": "2026-11-22", "dutch": 2,
        "avoid": ["lifting"], "dayparts": [], "childcare_dayparts": [], "skills": ["http://example.nl/skill"],
    }  # fmt: skip


def test_the_fields_are_those_of_the_bridge_and_wishes() -> None:
    table = CONTRACT.read_text(encoding="utf-8").partition("### people")[2].partition("### openings")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")][1:]
    columns = {name.strip() for row in rows for name in row.split(",")} - {"person_id"}
    assert set(FIELDS) == columns | {"wishes"}


@pytest.mark.parametrize("field", ["diagnosis", "health", "benefit", "age", "sex", "nationality", "bsn", "note"])
def test_what_is_no_business_of_ours_has_no_place(field: str) -> None:
    with pytest.raises(InputError, match="not kept of people"):
        read_profile({"pc4": 1811, field: "x"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pc4", "1811"), ("pc4", 12), ("dutch", 5), ("hours_max", True), ("modes", "bike"), ("modes", [1]),
        ("avoid", ["x" * 301]), ("avoid", ["x"] * 401), ("available_from", "soon"), ("wishes", "x" * 501),
        ("ebike_possible", 1),
    ],
)  # fmt: skip
def test_a_value_that_the_field_cannot_have_is_told(field: str, value: object) -> None:
    with pytest.raises(InputError, match=field):
        read_profile({field: value})


@given(
    st.dictionaries(st.sampled_from([*FIELDS, "other"]), st.none() | st.integers() | st.text() | st.lists(st.text()))
)
def test_any_values_are_kept_as_they_are_or_told_to_be_wrong(values: dict[str, object]) -> None:
    try:
        once = read_profile(values)
    except InputError:
        return
    assert read_profile(once) == once


def test_every_purpose_of_people_has_a_ground_a_law_and_a_term() -> None:
    grounds, retention = read_grounds(TODAY), read_retention(TODAY)
    for name in ("guide_person", "hand_over"):
        purpose = grounds.purpose(name)
        assert purpose.law
        assert purpose.words.nl
        assert purpose.words.en
        assert retention.lasts(name).days > 0
    with pytest.raises(InputError):
        grounds.purpose("other")
    with pytest.raises(InputError):
        retention.lasts("own_data")
