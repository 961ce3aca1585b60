"""A case from receipt to the last euro, and every step that does not follow."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules.procedure import (
    CaseState,
    Done,
    Stage,
    Step,
    StepNotPossibleError,
    decision_term,
    possible,
    read_clocks,
    receive,
    replay,
    take,
)
from dichterbij.shared.errors import InputError

CLOCKS = read_clocks(on=date(2026, 11, 22))
DAY = date(2026, 11, 2)
PLACEMENT = 150_000


def after(*steps: Step | tuple[Step, int], start: date = DAY) -> CaseState:
    """A case on which a step was taken each day."""
    done = []
    for number, one in enumerate(steps, 1):
        step, cents = one if isinstance(one, tuple) else (one, 0)
        done.append(Done(step, start + timedelta(days=number), cents))
    return replay(start, done, clocks=CLOCKS)


GRANTED = (Step.GRANTED, PLACEMENT)
SETTLED = (GRANTED, (Step.SETTLED, PLACEMENT))
PAID = (*SETTLED, (Step.PAYMENT_ORDERED, PLACEMENT), (Step.PAID, PLACEMENT))


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ((), Stage.RECEIVED),
        ((Step.COMPLETION_ASKED,), Stage.INCOMPLETE),
        ((Step.COMPLETION_ASKED, Step.COMPLETED), Stage.RECEIVED),
        ((GRANTED,), Stage.GRANTED),
        ((Step.REFUSED,), Stage.REFUSED),
        ((Step.TAKEN_BACK,), Stage.TAKEN_BACK),
        ((GRANTED, (Step.ADVANCE_SET, 120_000)), Stage.GRANTED),
        (SETTLED, Stage.SETTLED),
        ((*PAID, Step.CLOSED), Stage.CLOSED),
        ((GRANTED, Step.WITHDRAWN, Step.CLOSED), Stage.CLOSED),
        (
            (*PAID, Step.WITHDRAWN, (Step.RECOVERY_CLAIMED, PLACEMENT), (Step.REPAID, PLACEMENT), Step.CLOSED),
            Stage.CLOSED,
        ),
    ],
)
def test_each_way_through_the_procedure_ends_where_it_should(steps: tuple[Step, ...], stage: Stage) -> None:
    case = after(*steps)
    assert case.stage is stage
    assert case.version == len(steps) + 1


@pytest.mark.parametrize(
    ("steps", "then"),
    [
        ((), (Step.SETTLED, 1)),
        ((), (Step.NOT_CONSIDERED, 0)),
        ((Step.COMPLETION_ASKED,), (Step.GRANTED, 1)),
        ((Step.COMPLETION_ASKED,), (Step.NOT_CONSIDERED, 0)),  # the applicant still has time
        ((Step.REFUSED,), (Step.GRANTED, 1)),
        ((GRANTED,), (Step.PAYMENT_ORDERED, PLACEMENT)),  # nothing is due before an advance or the settlement
        ((GRANTED,), (Step.PAID, PLACEMENT)),
        (SETTLED, (Step.PAYMENT_ORDERED, PLACEMENT + 1)),
        (SETTLED, (Step.ADVANCE_SET, 1)),
        (PAID, (Step.PAYMENT_ORDERED, 1)),
        (PAID, (Step.RECOVERY_CLAIMED, 1)),  # it is due: nothing to claim
        ((*SETTLED, (Step.PAYMENT_ORDERED, PLACEMENT)), (Step.CLOSED, 0)),  # it is at the bank
        ((*PAID, Step.WITHDRAWN), (Step.CLOSED, 0)),  # it must come back
        ((*PAID, Step.WITHDRAWN, (Step.RECOVERY_CLAIMED, PLACEMENT)), (Step.RECOVERY_CLAIMED, 1)),
        ((*PAID, Step.WITHDRAWN, (Step.RECOVERY_CLAIMED, 1)), (Step.REPAID, 2)),
        ((GRANTED,), (Step.SETTLED, PLACEMENT + 1)),
        ((GRANTED,), (Step.ADVANCE_SET, PLACEMENT + 1)),
        ((), (Step.GRANTED, 0)),
        ((), (Step.GRANTED, -1)),
        ((), (Step.RESUMED, 0)),
        ((Step.SUSPENDED,), (Step.SUSPENDED, 0)),
        ((GRANTED,), (Step.PAYMENT_RELEASED, 0)),
    ],
)
def test_a_step_that_does_not_follow_is_refused(steps: tuple[Step, ...], then: tuple[Step, int]) -> None:
    with pytest.raises((StepNotPossibleError, InputError)):
        after(*steps, then)


def test_what_is_missing_is_asked_with_two_weeks_and_the_decision_waits_as_long() -> None:
    asked = take(receive(DAY), Done(Step.COMPLETION_ASKED, date(2026, 11, 9)), clocks=CLOCKS)
    assert asked.completion_by == date(2026, 11, 23)
    assert decision_term(asked, clocks=CLOCKS, weeks=8, on=date(2026, 11, 15)).value.stands_still
    done = take(asked, Done(Step.COMPLETED, date(2026, 11, 19)), clocks=CLOCKS)
    assert done.complete_on == date(2026, 11, 19)
    assert decision_term(done, clocks=CLOCKS, weeks=8).value.last_day == date(2026, 12, 28) + timedelta(days=10)


def test_not_considered_only_after_the_term_to_complete_passed_unused() -> None:
    asked = take(receive(DAY), Done(Step.COMPLETION_ASKED, date(2026, 11, 9)), clocks=CLOCKS)
    with pytest.raises(StepNotPossibleError, match="2026-11-23"):
        take(asked, Done(Step.NOT_CONSIDERED, date(2026, 11, 23)), clocks=CLOCKS)
    # The decision term runs again from the 24th, though nobody did anything.
    runs = decision_term(asked, clocks=CLOCKS, weeks=8, on=date(2026, 11, 24)).value
    assert not runs.stands_still
    assert runs.last_day == date(2026, 12, 28) + timedelta(days=14)
    assert take(asked, Done(Step.NOT_CONSIDERED, date(2026, 11, 24)), clocks=CLOCKS).stage is Stage.NOT_CONSIDERED
    # Completed too late but before a decision: it is looked at all the same, and the waiting ended with its term.
    late = take(asked, Done(Step.COMPLETED, date(2026, 12, 1)), clocks=CLOCKS)
    assert decision_term(late, clocks=CLOCKS, weeks=8).value.last_day == runs.last_day


def test_completed_on_the_day_it_was_asked_nothing_stood_still() -> None:
    asked = take(receive(DAY), Done(Step.COMPLETION_ASKED, date(2026, 11, 9)), clocks=CLOCKS)
    done = take(asked, Done(Step.COMPLETED, date(2026, 11, 9)), clocks=CLOCKS)
    assert done.suspensions == ()


def test_a_notice_before_the_end_names_a_new_last_day() -> None:
    told = take(receive(DAY), Done(Step.POSTPONED, date(2026, 12, 1), until=date(2027, 2, 1)), clocks=CLOCKS)
    assert decision_term(told, clocks=CLOCKS, weeks=8).value.last_day == date(2027, 2, 1)
    with pytest.raises(InputError, match="4:14"):
        take(receive(DAY), Done(Step.POSTPONED, DAY), clocks=CLOCKS)


def test_an_advance_is_paid_first_and_the_settlement_tells_the_rest() -> None:
    case = after(GRANTED, (Step.ADVANCE_SET, 120_000))
    assert case.due_cents == 120_000
    case = after(GRANTED, (Step.ADVANCE_SET, 120_000), (Step.PAYMENT_ORDERED, 120_000), (Step.PAID, 120_000))
    assert (case.due_cents, case.undue_cents) == (0, 0)
    settled = take(case, Done(Step.SETTLED, date(2027, 3, 1), PLACEMENT), clocks=CLOCKS)
    assert (settled.due_cents, settled.undue_cents) == (30_000, 0)
    lower = take(case, Done(Step.SETTLED, date(2027, 3, 1), 100_000), clocks=CLOCKS)
    assert (lower.due_cents, lower.undue_cents) == (0, 20_000)
    zero = take(case, Done(Step.SETTLED, date(2027, 3, 1), 0), clocks=CLOCKS)
    assert (zero.due_cents, zero.undue_cents) == (0, 120_000)


def test_a_refused_payment_is_due_again() -> None:
    case = after(*SETTLED, (Step.PAYMENT_ORDERED, PLACEMENT), (Step.PAYMENT_FAILED, PLACEMENT))
    assert (case.due_cents, case.ordered_cents) == (PLACEMENT, 0)


def test_money_that_came_back_is_due_again_also_when_the_case_was_closed() -> None:
    case = after(*PAID, Step.CLOSED, (Step.PAYMENT_RETURNED, PLACEMENT))
    assert (case.stage, case.due_cents, case.paid_cents) == (Stage.SETTLED, PLACEMENT, 0)
    gone = after(*PAID, Step.WITHDRAWN, (Step.RECOVERY_CLAIMED, PLACEMENT), (Step.PAYMENT_RETURNED, PLACEMENT))
    assert (gone.undue_cents, gone.claimed_cents, gone.due_cents) == (0, 0, 0)


def test_held_payments_are_not_due_until_they_are_released() -> None:
    held = after(*SETTLED, Step.PAYMENT_HELD)
    assert held.due_cents == 0
    assert take(held, Done(Step.PAYMENT_RELEASED, date(2026, 12, 1)), clocks=CLOCKS).due_cents == PLACEMENT


def test_a_placement_withdrawn_after_payment_is_claimed_back_and_closed_when_it_came() -> None:
    withdrawn = after(*PAID, Step.WITHDRAWN)
    assert (withdrawn.undue_cents, withdrawn.due_cents) == (PLACEMENT, 0)
    back = after(*PAID, Step.WITHDRAWN, (Step.RECOVERY_CLAIMED, PLACEMENT), (Step.REPAID, 50_000))
    assert back.undue_cents == 100_000


def test_withdrawn_while_the_bank_has_it_what_arrives_must_come_back() -> None:
    case = after(*SETTLED, (Step.PAYMENT_ORDERED, PLACEMENT), Step.WITHDRAWN, (Step.PAID, PLACEMENT))
    assert (case.stage, case.undue_cents) == (Stage.WITHDRAWN, PLACEMENT)


def test_one_of_five_placements_lowered_leaves_four() -> None:
    case = after((Step.GRANTED, 5 * PLACEMENT), (Step.SETTLED, 5 * PLACEMENT), (Step.LOWERED, 4 * PLACEMENT))
    assert (case.stage, case.due_cents) == (Stage.SETTLED, 4 * PLACEMENT)


@pytest.mark.parametrize(
    ("settled", "last"), [(date(2026, 11, 4), date(2031, 11, 4)), (date(2028, 2, 29), date(2033, 2, 28))]
)
@pytest.mark.parametrize("step", [Step.WITHDRAWN, Step.RECOVERY_CLAIMED])
def test_after_five_years_nothing_is_withdrawn_or_claimed_back(settled: date, last: date, step: Step) -> None:
    money = [Done(Step.GRANTED, DAY, PLACEMENT), Done(Step.ADVANCE_SET, DAY, PLACEMENT)]
    money += [Done(Step.PAYMENT_ORDERED, DAY, PLACEMENT), Done(Step.PAID, DAY, PLACEMENT)]
    case = replay(DAY, [*money, Done(Step.SETTLED, settled, 1)], clocks=CLOCKS)
    cents = PLACEMENT - 1 if step is Step.RECOVERY_CLAIMED else 0
    assert take(case, Done(step, last, cents), clocks=CLOCKS).version == case.version + 1
    with pytest.raises(StepNotPossibleError, match="Five years"):
        take(case, Done(step, last + timedelta(days=1), cents), clocks=CLOCKS)


def test_a_grant_that_is_not_settled_can_be_withdrawn_however_old() -> None:
    case = replay(DAY, [Done(Step.GRANTED, DAY, PLACEMENT)], clocks=CLOCKS)
    assert take(case, Done(Step.WITHDRAWN, date(2036, 1, 1)), clocks=CLOCKS).stage is Stage.WITHDRAWN


@pytest.mark.parametrize("ended", [(Step.REFUSED,), (GRANTED, Step.WITHDRAWN), (GRANTED, Step.WITHDRAWN, Step.CLOSED)])
def test_an_objection_that_was_won_opens_a_case_that_had_ended(ended: tuple[Step, ...]) -> None:
    won = Done(Step.GRANTED, date(2027, 1, 5), PLACEMENT, reopens=True)
    case = take(after(*ended), won, clocks=CLOCKS)
    assert (case.stage, case.granted_cents) == (Stage.GRANTED, PLACEMENT)


def test_a_withdrawal_undone_pays_again_what_was_repaid_and_drops_the_claim() -> None:
    case = after(*PAID, Step.WITHDRAWN, (Step.RECOVERY_CLAIMED, PLACEMENT), (Step.REPAID, 50_000))
    case = take(case, Done(Step.GRANTED, date(2027, 2, 1), PLACEMENT, reopens=True), clocks=CLOCKS)
    case = take(case, Done(Step.SETTLED, date(2027, 2, 2), PLACEMENT), clocks=CLOCKS)
    assert (case.due_cents, case.undue_cents, case.claimed_cents) == (50_000, 0, 50_000)


def test_nobody_is_worse_off_by_objecting() -> None:
    with pytest.raises(InputError, match="at least"):
        take(after(GRANTED), Done(Step.GRANTED, date(2027, 1, 5), PLACEMENT - 1, reopens=True), clocks=CLOCKS)


STEPS = st.lists(st.tuples(st.sampled_from(list(Step)), st.integers(0, 4), st.booleans()), max_size=25)


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_whatever_is_tried_no_cent_is_lost_or_paid_twice(tried: list[tuple[Step, int, bool]]) -> None:
    """The sums of the case beside sums kept apart, and never more at the bank than there is a right to."""
    case, done = receive(DAY), []
    sums = dict.fromkeys(Step, 0)
    for number, (step, cents, reopens) in enumerate(tried):
        one = Done(step, DAY + timedelta(days=5 * number), cents, reopens=reopens)
        before = case
        try:
            case = take(case, one, clocks=CLOCKS)
        except (StepNotPossibleError, InputError):
            continue
        done.append(one)
        sums[step] += cents
        assert case.paid_cents == sums[Step.PAID] - sums[Step.PAYMENT_RETURNED] >= 0
        assert case.repaid_cents == sums[Step.REPAID] <= case.claimed_cents
        assert case.ordered_cents == sums[Step.PAYMENT_ORDERED] - sums[Step.PAID] - sums[Step.PAYMENT_FAILED] >= 0
        if step is Step.PAYMENT_ORDERED:
            out = case.ordered_cents + case.paid_cents - case.repaid_cents
            assert out <= (before.granted_cents if before.settled_cents is None else before.settled_cents)
    assert replay(DAY, done, clocks=CLOCKS) == case


def test_after_the_end_somebody_may_still_look_and_set_a_penalty_and_nothing_else() -> None:
    case = after(Step.REFUSED)
    looked = take(case, Done(Step.FLAG_ANSWERED, DAY), clocks=CLOCKS)
    assert (looked.stage, looked.version) == (Stage.REFUSED, case.version + 1)
    assert set(possible(case)) == {
        Step.EVIDENCE_ADDED, Step.EVIDENCE_STRUCK, Step.FLAGGED, Step.FLAG_ANSWERED, Step.PLACEMENT_ENDED,
        Step.PENALTY_SET,
    }  # fmt: skip
    with pytest.raises(StepNotPossibleError):
        take(case, Done(Step.PROPOSED, DAY), clocks=CLOCKS)


def test_a_later_day_for_the_decision_moves_the_warning_with_it() -> None:
    before = decision_term(after(), clocks=CLOCKS, weeks=8).value
    told = take(after(), Done(Step.POSTPONED, DAY, until=before.last_day + timedelta(days=14)), clocks=CLOCKS)
    later = decision_term(told, clocks=CLOCKS, weeks=8).value
    assert (later.last_day - before.last_day, later.warn_on - before.warn_on) == (timedelta(days=14),) * 2
