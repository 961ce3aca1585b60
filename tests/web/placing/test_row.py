"""A draft as an opening of the bridge: tasks with hours, and only what was ticked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import openings_from_rows
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.row import opening_row, own_tasks, splitting
from engine.rows import TODAY

LINES = ["Soep roeren", "Soep maken, 4 uur", "afwas (2,5 uur)", "washing up 3 hours", "Brood: 10u", "In zaal 4 staan"]


@pytest.mark.parametrize(
    ("line", "tenths"),
    [
        ("Soep maken, 4 uur", 40), ("afwas (2,5 uur)", 25), ("washing up: 3 hours", 30), ("Brood 10u", 100),
        ("Soep roeren", None), ("Zaal 4", None), ("om 2.30 uur beginnen", None), ("niets 0 uur", None),
        ("elk uur", None), ("2 keer per uur", None),
    ],
)  # fmt: skip
def test_hours_at_the_end_of_a_line_are_read(line: str, tenths: int | None) -> None:
    assert own_tasks(line) == [(line, tenths)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.integers(1, 60))
def test_the_hours_of_the_tasks_are_never_more_than_there_are(lines: list[str], hours: int) -> None:
    draft = Draft(pc4=1811, hours_min=1, hours_max=hours, dayparts=("weekday",), own_tasks="\n".join(lines))
    tasks = splitting(draft, wanted=True)["tasks"]
    assert sum(task["hours"] for task in tasks) <= 10 * hours
    row = {**opening_row(draft), **splitting(draft, wanted=True)}
    assert len(openings_from_rows([row], load_parameters(on=TODAY))) == 1


def test_named_hours_stay_and_the_rest_is_divided() -> None:
    draft = Draft(hours_max=16, tasks=("a", "b"), needed=("a",), own_tasks="Soep maken, 4 uur\nAfwas")
    tasks = splitting(draft, wanted=True)["tasks"]
    assert [task["hours"] for task in tasks] == [40, 40, 40, 40]
    assert [task["essential"] for task in tasks] == [["a"], [], [], []]


def test_nothing_is_split_without_being_willing_or_without_tasks() -> None:
    draft = Draft(pc4=1811, hours_min=8, hours_max=16, dayparts=("weekday",), own_tasks="Een\nTwee")
    assert opening_row(draft)["carvable"] is False
    assert splitting(Draft(hours_max=16, own_tasks="Een"), wanted=True) == {"carvable": False, "tasks": []}
