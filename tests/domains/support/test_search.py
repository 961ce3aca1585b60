"""Somebody who types finds the support, whatever the case, the accents or the slips."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.support.queries import menukaart
from dichterbij.domains.support.rules.search import search


def ids(text: str) -> list[str]:
    return [support.support_id for support in search(menukaart(), text).supports]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("rijbewijs", "last_obstacle"),
        ("RIJBEWIJS", "tailored_budget"),
        ("rijbewjis", "tailored_budget"),
        ("reiskosten", "transport"),
        ("reiskostn", "tailored_budget"),
        ("schulden", "help_life"),
        ("schuldne", "help_life"),
        ("hulp bij schulden", "help_life"),
        ("crèche", "childcare_allowance"),
        ("kinderopvangkosten", "childcare_allowance"),
        ("proefplaatsing", "trial_placement"),
        ("doof", "interpreter"),
        ("deaf", "interpreter"),
        ("driving licence", "last_obstacle"),
        ("jobcoach", "job_coach"),
        ("STAP", "stap"),
    ],
)
def test_what_people_type_finds_the_support(typed: str, expected: str) -> None:
    assert expected in ids(typed)


def test_no_text_and_only_spaces_give_everything_in_order() -> None:
    everything = [support.support_id for support in menukaart()]
    assert ids("") == ids("  \t") == everything


def test_a_slip_is_said_and_a_word_that_nothing_has_too() -> None:
    found = search(menukaart(), "rijbewjis xyzzyq")
    assert found.read_as == (("rijbewjis", "rijbewijs"),)
    assert found.unknown == ("xyzzyq",)
    assert found.supports == search(menukaart(), "rijbewijs").supports


def test_words_that_no_item_has_together_give_the_items_with_one_of_them() -> None:
    found = search(menukaart(), "gebarentaal kinderopvang")
    assert found.is_loose
    assert {"interpreter", "childcare_allowance"} <= {support.support_id for support in found.supports}


def test_nothing_is_found_for_a_word_that_nothing_is_like() -> None:
    assert ids("xyzzyqqq") == []


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_the_answer_is_part_of_the_menukaart_in_its_order(typed: str) -> None:
    everything = list(menukaart())
    found = search(everything, typed).supports
    assert [support for support in everything if support in found] == list(found)
