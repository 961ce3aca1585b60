"""The steps of a bridge in words: who may help, and in which order."""

from datetime import date

import pytest
from django.utils import translation

from dichterbij.domains.matching.queries import Bridge
from dichterbij.web.near.present import Step
from dichterbij.web.near.steps import steps_of
from dichterbij.web.near.views.opening import in_a_sentence


def the_step(code: str) -> Step:
    """The one step of a bridge, as Dutch pages show it to somebody of whom nothing else is known."""
    way = Bridge("o", "direct", False, 1, 1, 0, 20, "bike", (code,), 240, (), (), ())
    with translation.override("nl"):
        (found,) = steps_of(way, {}, background=None, region=None, on=date(2026, 12, 1))
    return found


@pytest.mark.parametrize("code", ["ebike", "licence:vog", "licence:B"])
def test_a_last_resort_is_not_named_first_and_says_when_it_is_one(code: str) -> None:
    step = the_step(code)
    assert "Everyday Heroes" not in step.helps[0].name + step.helper + step.decides
    (heroes,) = (help_ for help_ in step.helps if "Everyday Heroes" in help_.name)
    assert "alleen als de gewone regelingen niet helpen" in heroes.condition


def test_the_help_that_is_made_for_a_step_stays_first() -> None:
    step = the_step("childcare")
    assert step.helps[0].name == "Kinderopvangtoeslag"
    assert "Hangt af van je inkomen" in step.helps[0].condition


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("VOG aanvragen", "VOG aanvragen"),
        ("VCA-cursus", "VCA-cursus"),
        ("Beter Nederlands leren", "beter Nederlands leren"),
        ("Rijbewijs B halen", "rijbewijs B halen"),
        ("Een e-bike regelen", "een e-bike regelen"),
    ],
)
def test_a_step_keeps_its_capitals_in_what_to_say(name: str, within: str) -> None:
    assert in_a_sentence(name) == within
