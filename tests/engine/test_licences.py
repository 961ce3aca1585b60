"""Licences: chains, what includes what, and certificates that take no weeks."""

from dataclasses import replace

import pytest

from dichterbij.engine.parameters import Licence
from engine.rows import bridge, opening, packaged, person, trace_of


def test_a_chain_of_missing_licences_takes_the_sum_along_its_longest_branch() -> None:
    found = bridge(person(licences=[], skills=["skill:a"]), opening(licences=["CE", "code95"]))
    assert found is not None
    assert found["step_codes"] == ["licence:B", "licence:C", "licence:CE", "licence:code95"]
    assert (found["weeks_to_start"], found["steps"]) == (26 + 12 + 6, 4)


def test_a_code_that_another_needed_code_includes_is_left_out() -> None:
    found = bridge(person(licences=["B"], skills=["skill:a"]), opening(licences=["CE", "C", "BE", "AM"]))
    assert found is not None
    assert found["step_codes"] == ["licence:C", "licence:CE"]


def test_a_held_licence_brings_all_it_includes() -> None:
    found = bridge(person(licences=["CE"], skills=["skill:a"]), opening(licences=["BE", "AM"]))
    assert found is not None
    assert found["step_codes"] == []


def test_a_certificate_of_zero_weeks_is_shown_but_not_counted() -> None:
    found = bridge(person(licences=[], skills=["skill:a"]), opening(licences=["vog"]))
    assert found is not None
    assert (found["step_codes"], found["steps"], found["weeks_to_start"]) == (["licence:vog"], 0, 0)


def test_a_code_that_the_table_lacks_must_be_held() -> None:
    assert bridge(person(licences=["B"]), opening(licences=["crane"])) is None
    assert bridge(person(licences=["crane"]), opening(licences=["crane"])) is not None
    unknown = bridge(person(), opening(licences=["crane"]))
    assert unknown is not None
    assert "licences" in unknown["to_ask"]


def test_a_licence_that_needs_a_code_outside_the_table_cannot_be_had() -> None:
    table = {**packaged().licences, "crane": Licence(3, ("theory",), ())}
    parameters = replace(packaged(), licences=table)
    assert bridge(person(licences=[]), opening(licences=["crane"]), parameters) is None
    assert bridge(person(licences=["theory"]), opening(licences=["crane"]), parameters) is not None


@pytest.mark.parametrize("length", [100, 3_000])
def test_more_licences_in_a_chain_than_a_word_has_bits_or_python_calls(length: int) -> None:
    table = {f"L{number}": Licence(1, (f"L{number - 1}",) if number else (), ()) for number in range(length)}
    parameters = replace(packaged(), licences=table)
    somebody, work = person(licences=["L9"]), opening(licences=[f"L{length - 1}"])
    found = bridge(somebody, work, parameters)
    assert found is not None
    assert (found["steps"], found["weeks_to_start"]) == (length - 10, length - 10)
    told = trace_of(somebody, work, parameters).routes[0].distance
    assert told is not None
    assert (told.steps, told.weeks_to_start) == (length - 10, length - 10)
