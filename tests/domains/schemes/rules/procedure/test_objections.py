"""An objection: in time or late, heard, adjourned, answered."""

from datetime import date, timedelta

import pytest

from dichterbij.domains.schemes.rules.procedure import (
    Lateness,
    Objection,
    ObjectionStage,
    ObjectionStep,
    StepNotPossibleError,
    answer_term,
    lodge,
    objection_term,
    possible_for,
    read_clocks,
    take_objection,
)
from dichterbij.shared.errors import InputError

CLOCKS = read_clocks(on=date(2026, 11, 22))
PUBLISHED = date(2026, 11, 20)  # six weeks later is New Year's day, a Friday
LAST = date(2027, 1, 4)


def lodged(received: date = date(2026, 12, 1), posted: date | None = None, *, committee: bool = False) -> Objection:
    return lodge(
        published_on=PUBLISHED, received_on=received, posted_on=posted, with_committee=committee, clocks=CLOCKS
    )


@pytest.mark.parametrize(
    ("received", "posted", "expected"),
    [
        (date(2026, 11, 19), None, Lateness.EARLY),
        (PUBLISHED, None, Lateness.IN_TIME),
        (LAST, None, Lateness.IN_TIME),
        (LAST + timedelta(days=1), None, Lateness.LATE),
        (LAST + timedelta(days=1), LAST, Lateness.BY_POST),
        (LAST + timedelta(days=7), LAST, Lateness.BY_POST),
        (LAST + timedelta(days=8), LAST, Lateness.LATE),
        (LAST + timedelta(days=2), LAST + timedelta(days=1), Lateness.LATE),
    ],
)
def test_it_comes_in_time_until_the_last_day_and_by_post_a_week_longer(
    received: date, posted: date | None, expected: Lateness
) -> None:
    assert objection_term(PUBLISHED, clocks=CLOCKS).value.last_day == LAST
    assert lodged(received, posted).lateness is expected


def test_the_answer_is_counted_from_the_end_of_the_term_to_object() -> None:
    assert answer_term(lodged(), clocks=CLOCKS).value.last_day == LAST + timedelta(weeks=6)
    assert answer_term(lodged(committee=True), clocks=CLOCKS).value.last_day == date(2027, 3, 30)  # Easter Monday
    adjourned = take_objection(lodged(), ObjectionStep.ADJOURNED, on=LAST, clocks=CLOCKS)
    assert answer_term(adjourned, clocks=CLOCKS).value.last_day == date(2027, 3, 30)
    both = take_objection(lodged(committee=True), ObjectionStep.ADJOURNED, on=LAST, clocks=CLOCKS)
    assert answer_term(both, clocks=CLOCKS).value.counted_to == LAST + timedelta(weeks=18)
    with pytest.raises(StepNotPossibleError, match="once"):
        take_objection(adjourned, ObjectionStep.ADJOURNED, on=LAST, clocks=CLOCKS)


def test_while_a_defect_is_mended_the_answer_waits() -> None:
    told = take_objection(lodged(), ObjectionStep.DEFECT_TOLD, on=date(2027, 1, 11), clocks=CLOCKS)
    assert told.mend_by == date(2027, 1, 25)
    assert answer_term(told, clocks=CLOCKS, on=date(2027, 1, 15)).value.stands_still
    assert not answer_term(told, clocks=CLOCKS, on=date(2027, 1, 26)).value.stands_still
    mended = take_objection(told, ObjectionStep.DEFECT_MENDED, on=date(2027, 1, 14), clocks=CLOCKS)
    assert answer_term(mended, clocks=CLOCKS).value.counted_to == LAST + timedelta(weeks=6, days=3)
    late = take_objection(told, ObjectionStep.INADMISSIBLE, on=date(2027, 1, 26), clocks=CLOCKS)
    assert late.stage is ObjectionStage.INADMISSIBLE


def test_a_late_one_is_looked_at_only_when_it_is_excused() -> None:
    late = lodged(LAST + timedelta(days=1))
    assert ObjectionStep.UPHELD not in possible_for(late)
    with pytest.raises(StepNotPossibleError, match="6:11"):
        take_objection(late, ObjectionStep.UPHELD, on=LAST, clocks=CLOCKS)
    excused = take_objection(late, ObjectionStep.LATENESS_EXCUSED, on=LAST, clocks=CLOCKS)
    heard = take_objection(excused, ObjectionStep.HEARD, on=LAST, clocks=CLOCKS)
    assert take_objection(heard, ObjectionStep.UPHELD, on=LAST, clocks=CLOCKS).stage is ObjectionStage.UPHELD
    assert take_objection(late, ObjectionStep.INADMISSIBLE, on=LAST, clocks=CLOCKS).answered_on == LAST


def test_nobody_is_rejected_unheard_and_one_in_time_is_never_inadmissible() -> None:
    with pytest.raises(StepNotPossibleError, match="heard first"):
        take_objection(lodged(), ObjectionStep.REJECTED, on=LAST, clocks=CLOCKS)
    with pytest.raises(StepNotPossibleError, match="content"):
        take_objection(lodged(), ObjectionStep.INADMISSIBLE, on=LAST, clocks=CLOCKS)
    waived = take_objection(lodged(), ObjectionStep.HEARING_WAIVED, on=LAST, clocks=CLOCKS)
    done = take_objection(waived, ObjectionStep.REJECTED, on=LAST, clocks=CLOCKS)
    assert possible_for(lodged())
    assert done.stage is ObjectionStage.REJECTED
    with pytest.raises(StepNotPossibleError, match="court"):
        take_objection(done, ObjectionStep.UPHELD, on=LAST, clocks=CLOCKS)


def test_whoever_objected_can_take_it_back() -> None:
    assert take_objection(lodged(), ObjectionStep.TAKEN_BACK, on=LAST, clocks=CLOCKS).stage is ObjectionStage.TAKEN_BACK


def test_who_is_right_at_once_need_not_be_heard() -> None:
    """7:3: the objection is met wholly, and nobody else is hurt by that."""
    assert take_objection(lodged(), ObjectionStep.UPHELD, on=LAST, clocks=CLOCKS).stage is ObjectionStage.UPHELD


def test_somebody_is_invited_to_a_day_to_come_before_they_were_heard() -> None:
    invited = take_objection(lodged(), ObjectionStep.INVITED, on=LAST, clocks=CLOCKS, until=LAST + timedelta(days=9))
    assert (invited.stage, ObjectionStep.HEARD in possible_for(invited)) == (ObjectionStage.LODGED, True)
    for until in (None, LAST):
        with pytest.raises(InputError, match="hearing"):
            take_objection(lodged(), ObjectionStep.INVITED, on=LAST, clocks=CLOCKS, until=until)
    heard = take_objection(invited, ObjectionStep.HEARD, on=LAST, clocks=CLOCKS)
    assert ObjectionStep.INVITED not in possible_for(heard)
