"""A job without the tasks that do not fit: both sides of each of its limits."""

from typing import Any

import pytest

from engine.rows import Row, bridge, opening, person


def task(hours: int, *essential: str, **values: Any) -> Row:
    """A task of so many tenths of an hour."""
    return {"hours": hours, "essential": list(essential), **values}


def carved(**values: Any) -> Row:
    """Work of 32 hours in two tasks; the second needs a skill that takes too long to learn on the job."""
    tasks = [task(200, "a"), task(120, "b")]
    common = {"essential": ["a", "b"], "carvable": True, "tasks": tasks, "onboarding_weeks": 0, "hours_min": 20}
    return opening(**{**common, **values})


def somebody(**values: Any) -> Row:
    """Somebody who can do the first task."""
    return person(**{"skills": ["a"], **values})


def test_the_task_that_does_not_fit_is_taken_out() -> None:
    found = bridge(somebody(), carved())
    assert found is not None
    assert (found["route"], found["agreed_hours"], found["step_codes"], found["weeks_to_start"]) == (
        "carving",
        200,
        ["carving"],
        4,
    )
    assert found["missing"] == ["b"]


@pytest.mark.parametrize(("share", "has_bridge"), [(374, False), (375, True)])
def test_no_larger_share_is_taken_out_than_the_employer_allows(share: int, has_bridge: bool) -> None:
    assert (bridge(somebody(), carved(carve_max_share=share)) is not None) == has_bridge


@pytest.mark.parametrize(("least", "has_bridge"), [(20, True), (21, False)])
def test_the_job_left_is_as_large_as_both_want(least: int, has_bridge: bool) -> None:
    assert (bridge(somebody(), carved(carve_min_hours=least)) is not None) == has_bridge
    assert (bridge(somebody(hours_min=least), carved()) is not None) == has_bridge


def test_nothing_is_carved_when_every_task_fits_and_the_hours_do() -> None:
    easy = [task(200, "a", level_min=1), task(120, "b", level_min=1)]
    assert bridge(somebody(skills=["a", "b"], level=1), carved(level_min=2, tasks=easy)) is None
    fewer = bridge(somebody(skills=["a", "b"], hours_max=19), carved(carve_max_share=500))
    assert fewer is not None
    assert (fewer["route"], fewer["agreed_hours"]) == ("carving", 190)


def test_what_no_task_names_belongs_to_every_task() -> None:
    assert bridge(somebody(), {**carved(), "essential": ["a", "b", "c"]}) is None
    assert bridge(somebody(avoid=["heights"]), carved(demands=["heights"])) is None
    assert bridge(somebody(dayparts=["weekday"]), carved(dayparts=["weekday", "night"])) is None
    childcare = bridge(
        somebody(dayparts=["weekday"], childcare_dayparts=["night"]), carved(dayparts=["weekday", "night"])
    )
    assert childcare is not None
    assert childcare["step_codes"] == ["carving", "childcare"]


def test_only_demands_of_kept_tasks_ask_for_an_adaptation() -> None:
    tasks = [task(200, "a", demands=["screen"]), task(120, "b", demands=["lifting"])]
    found = bridge(somebody(avoid=["screen", "lifting"]), {**carved(demands=["screen", "lifting"]), "tasks": tasks})
    assert found is not None
    assert found["step_codes"] == ["adaptation:screen", "carving"]


@pytest.mark.parametrize(("level", "has_bridge"), [(2, False), (3, True), (7, True), (None, True)])
def test_a_task_without_a_level_has_that_of_the_opening(level: int | None, has_bridge: bool) -> None:
    found = bridge(somebody(level=level), carved(level_min=3))
    assert (found is not None) == has_bridge
    if found is not None:
        assert ("level" in found["to_ask"]) == (level in (7, None))
