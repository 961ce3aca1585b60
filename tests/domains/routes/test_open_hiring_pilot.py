"""The pilot report comes from queue records: it gives what was printed, and makes nothing up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.routes.rules.open_hiring_pilot import (
    Benefit,
    Entry,
    agrees,
    pilot_entries,
    pilot_report,
    printed,
)
from dichterbij.shared.errors import InputError

DAY = date(2020, 1, 1)
FIRST = Entry("a", 1, DAY, DAY + timedelta(days=10), None, Benefit.NONE)
SECOND = Entry("a", 2, DAY + timedelta(days=1), DAY + timedelta(days=20), None, Benefit.BENEFIT)


def test_the_records_give_what_was_printed() -> None:
    report = pilot_report(pilot_entries())
    assert (report.employers, report.started) == (17, 95)
    assert report.on_list > 500
    assert agrees(report, printed())
    assert not agrees(report, replace(printed(), started=94))
    assert not agrees(report, replace(printed(), more_than_on_list=512))
    assert report.on_list == report.started + report.left + report.waiting
    assert report.by_benefit[Benefit.NONE] * 2 > report.on_list, "mainly people without a benefit"
    assert report.out_of_turn == 0


def test_somebody_called_before_who_still_waits_is_out_of_turn() -> None:
    early = replace(SECOND, started_on=DAY + timedelta(days=5))
    assert pilot_report([FIRST, SECOND]).out_of_turn == 0
    assert pilot_report([FIRST, early]).out_of_turn == 1
    assert pilot_report([replace(FIRST, employer="b"), early]).out_of_turn == 0, "each employer has its own list"
    gone = replace(FIRST, started_on=None, left_on=DAY + timedelta(days=5))
    assert pilot_report([gone, early]).out_of_turn == 0, "who left that day waits no more"
    late = replace(FIRST, joined_on=DAY + timedelta(days=6))
    assert pilot_report([late, early]).out_of_turn == 0, "who was not on the list yet was not passed over"


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([], "at least one"),
        ([replace(FIRST, started_on=None)], "at least one"),
        ([replace(FIRST, left_on=DAY + timedelta(days=12))], "not both"),
        ([replace(FIRST, started_on=DAY - timedelta(days=1))], "before this person joined"),
        ([FIRST, replace(SECOND, place=1)], "taken twice"),
    ],
)
def test_records_that_cannot_be_give_no_report(entries: list[Entry], words: str) -> None:
    with pytest.raises(InputError, match=words):
        pilot_report(entries)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["start", "leave", "wait"])), min_size=1, max_size=12))
@settings(max_examples=40)
def test_everybody_started_left_or_waits_and_a_list_that_is_followed_has_nobody_out_of_turn(
    people: list[tuple[int, str]],
) -> None:
    entries = []
    for place, (days, what) in enumerate(sorted(people), 1):
        end = DAY + timedelta(days=40 + place)
        entries.append(
            Entry("a", place, DAY + timedelta(days=days), end if what == "start" else None,
                  DAY + timedelta(days=35) if what == "leave" else None, Benefit.UNKNOWN)
        )  # fmt: skip
    waits_before = any(what == "wait" for _days, what in people)
    if not any(what == "start" for _days, what in people):
        return
    report = pilot_report(entries)
    assert report.started + report.left + report.waiting == report.on_list == len(people)
    if not waits_before:
        assert report.out_of_turn == 0
