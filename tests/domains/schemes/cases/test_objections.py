"""Objections: to a refusal after the money ran out, to a withdrawal, too late; and who may answer them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.budget.errors import InsufficientError
from dichterbij.domains.budget.rules import Account, State
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import Ground, ObjectionStep, Stage, Step, StepNotPossibleError
from dichterbij.gateways.payments import fake, read_answer
from dichterbij.shared.errors import DichterbijError, InputError
from support.cases import ANNA, BRAM, CARLA, DIRK, Way, begun, held
from support.schemes import GRANT, opened

pytestmark = pytest.mark.usefixtures("site")


def answered(
    way: Way, id: UUID, step: ObjectionStep, *, cents: int = 0, by: Actor = CARLA, approve: Actor = DIRK
) -> None:
    """Carla proposes the answer, Dirk approves it; Anna and Bram took the decision."""
    cases.take_objection_step(
        case=way.id, version=way.version, objection=id, step=step, actor=by, now=way.now, reason="Opnieuw bekeken.",
        cents=cents,
    )  # fmt: skip
    if step in (ObjectionStep.UPHELD, ObjectionStep.REJECTED, ObjectionStep.INADMISSIBLE):
        way.approve(way.view.row.proposal or 0, by=approve)


def refused(objections: int) -> Way:
    """Refused because the money ran out, with so much held back for objections."""
    here = opened(ceiling=GRANT, objections=objections)
    first, second = begun(here), begun(here, "Kwekerij Smit")
    first.granted()
    second.approve(second.view.row.proposal or 0)
    return second


def test_an_objection_won_after_the_money_ran_out_is_paid_from_what_was_held_back() -> None:
    way = refused(objections=2 * GRANT)
    id = way.object(Step.REFUSED)
    (objection,) = way.view.objections
    assert (objection.lateness, objection.answer_by > way.today + timedelta(weeks=11)) == ("in_time", True)
    answered(way, id, ObjectionStep.UPHELD, cents=GRANT)
    assert (way.view.state.stage, way.view.state.granted_cents) == (Stage.GRANTED, GRANT)
    assert ledger.balance(Account(State.COMMITTED, way.here.held_back.place)) == GRANT
    way.decide(Step.SETTLED, GRANT)
    cases.read_bank_file(answer=read_answer(fake.report(way.paid_file())), actor=ANNA, now=way.now)
    assert ledger.balance(Account(State.PAID, way.here.held_back.place)) == GRANT
    assert held(way.here) == {"committed": GRANT}  # of the first one, untouched
    assert [one.kind for one in way.view.letters] == [
        "receipt",
        "refused",
        "objection_received",
        "objection",
        "settled",
    ]
    assert reading.rebuilt(way.id)


def test_without_money_held_back_a_won_objection_waits_and_nothing_is_written() -> None:
    way = refused(objections=0)
    id = way.object(Step.REFUSED)
    with pytest.raises(InsufficientError):
        answered(way, id, ObjectionStep.UPHELD, cents=GRANT)
    assert (way.view.state.stage, way.view.objections[0].stage.value) == (Stage.REFUSED, "lodged")
    assert way.view.row.proposal is not None  # approved as soon as there is money


def test_a_withdrawal_undone_on_objection_pays_again_what_was_repaid() -> None:
    way = begun(opened(ceiling=2 * GRANT)).settled()
    cases.read_bank_file(answer=read_answer(fake.report(way.paid_file())), actor=ANNA, now=way.now)
    way.decide(Step.WITHDRAWN, reason="Ging niet door.", ground=Ground.NEW_FACTS)
    way.decide(Step.RECOVERY_CLAIMED, GRANT, reason="Ging niet door.")
    cases.receive_repayment(case=way.id, version=way.version, cents=50_000, actor=ANNA, now=way.now)
    answered(way, way.object(Step.WITHDRAWN), ObjectionStep.UPHELD, cents=GRANT)
    way.decide(Step.SETTLED, GRANT)
    assert (way.view.row.due_cents, way.view.row.undue_cents) == (50_000, 0)
    cases.read_bank_file(answer=read_answer(fake.report(way.paid_file())), actor=ANNA, now=way.now)
    assert held(way.here) == {"reserved": GRANT, "paid": GRANT}
    assert reading.rebuilt(way.id)


def test_a_withdrawal_before_payment_can_be_undone_too() -> None:
    way = begun(opened(ceiling=GRANT)).granted().decide(Step.WITHDRAWN, reason="x", ground=Ground.NOT_DONE)
    assert held(way.here) == {"reserved": GRANT}
    answered(way, way.object(Step.WITHDRAWN), ObjectionStep.UPHELD, cents=GRANT)
    assert held(way.here) == {"committed": GRANT}


def committed(way: Way) -> int:
    """Of the ceiling and of what was held back for objections together."""
    places = (way.here.committed.place, way.here.held_back.place)
    return sum(ledger.balance(Account(State.COMMITTED, place)) for place in places)


def paid(way: Way) -> Way:
    cases.read_bank_file(answer=read_answer(fake.report(way.paid_file())), actor=ANNA, now=way.now)
    return way


def claimed_and_repaid(way: Way, cents: int) -> Way:
    way.decide(Step.RECOVERY_CLAIMED, cents, reason="Te veel betaald.")
    cases.receive_repayment(case=way.id, version=way.version, cents=cents, actor=ANNA, now=way.now)
    return way


def test_an_objection_won_in_part_after_repaying_commits_what_is_due_again_and_not_all_that_was_repaid() -> None:
    way = paid(begun(opened(ceiling=GRANT)).settled())
    way.decide(Step.LOWERED, 60_000, reason="Minder uren.", ground=Ground.NEW_FACTS)
    claimed_and_repaid(way, 90_000)
    answered(way, way.object(Step.LOWERED), ObjectionStep.UPHELD, cents=105_000)
    assert held(way.here) == {"committed": 45_000, "paid": 60_000, "recovered": 45_000}
    way.decide(Step.SETTLED, 105_000)
    assert way.view.row.due_cents == 45_000
    paid(way)
    assert held(way.here) == {"paid": 105_000, "recovered": 45_000}


def test_an_objection_against_a_withdrawal_can_be_won_in_part() -> None:
    way = begun(opened(ceiling=GRANT)).granted().decide(Step.WITHDRAWN, reason="x", ground=Ground.NOT_DONE)
    answered(way, way.object(Step.WITHDRAWN), ObjectionStep.UPHELD, cents=60_000)
    assert held(way.here) == {"reserved": GRANT - 60_000, "committed": 60_000}


def test_an_objection_against_a_lower_settlement_can_be_won_in_part_and_nobody_is_worse_off() -> None:
    way = begun(opened(ceiling=GRANT)).settled(60_000)
    id = way.object(Step.SETTLED)
    with pytest.raises(InputError, match="60000"):
        answered(way, id, ObjectionStep.UPHELD, cents=50_000)
    answered(way, id, ObjectionStep.UPHELD, cents=80_000)
    assert held(way.here) == {"reserved": GRANT - 80_000, "committed": 80_000}


def test_what_was_paid_from_the_money_for_objections_and_repaid_is_committed_there_again() -> None:
    way = refused(objections=GRANT)
    answered(way, way.object(Step.REFUSED), ObjectionStep.UPHELD, cents=GRANT)
    paid(way.decide(Step.SETTLED, GRANT)).decide(Step.WITHDRAWN, reason="x", ground=Ground.NEW_FACTS)
    claimed_and_repaid(way, GRANT)
    answered(way, way.object(Step.WITHDRAWN), ObjectionStep.UPHELD, cents=GRANT)
    assert ledger.balance(Account(State.COMMITTED, way.here.held_back.place)) == GRANT
    paid(way.decide(Step.SETTLED, GRANT))
    assert ledger.balance(Account(State.PAID, way.here.held_back.place)) == GRANT


STEPS: dict[str, Callable[[Way], object]] = {
    "advance": lambda way: way.decide(Step.ADVANCE_SET, 100_000),
    "settle": lambda way: way.decide(Step.SETTLED, way.view.state.granted_cents),
    "settle low": lambda way: way.decide(Step.SETTLED, 60_000),
    "lower": lambda way: way.decide(Step.LOWERED, 40_000, reason="x", ground=Ground.NEW_FACTS),
    "withdraw": lambda way: way.decide(Step.WITHDRAWN, reason="x", ground=Ground.NEW_FACTS),
    "pay": paid,
    "refused by the bank": lambda way: cases.read_bank_file(
        answer=read_answer(fake.report(way.paid_file(), {way.view.payments[-1].id.hex: "AC04"})),
        actor=ANNA,
        now=way.now,
    ),
    "repay": lambda way: claimed_and_repaid(way, way.view.row.undue_cents // 2),
    "part": lambda way: answered(way, way.object(newest(way)), ObjectionStep.UPHELD, cents=70_000),
    "whole": lambda way: answered(way, way.object(newest(way)), ObjectionStep.UPHELD, cents=GRANT),
}
AGAINST = {Step.SETTLED, Step.LOWERED, Step.WITHDRAWN}


def newest(way: Way) -> Step:
    return next(Step(one.step) for one in reversed(way.view.events) if one.step in AGAINST)


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=9))
@example(["settle", "pay", "lower", "repay", "repay", "part", "settle low", "pay"])
@example(["advance", "pay", "settle low", "repay", "part", "withdraw", "whole", "settle", "pay"])
def test_after_any_history_what_is_committed_is_what_may_still_be_paid(history: list[str]) -> None:
    way = begun(opened(ceiling=2 * GRANT)).granted()
    for what in history:
        with suppress(DichterbijError, StopIteration):
            STEPS[what](way)
        assert committed(way) == way.view.state.committed_cents, what


def test_who_took_the_decision_neither_proposes_nor_approves_the_answer() -> None:
    way = refused(objections=GRANT)
    id = way.object(Step.REFUSED)
    with pytest.raises(cases.FourEyesError, match="10:3"):
        answered(way, id, ObjectionStep.UPHELD, cents=GRANT, by=BRAM)
    for approver in (BRAM, CARLA):
        with pytest.raises(cases.FourEyesError):
            answered(way, id, ObjectionStep.UPHELD, cents=GRANT, approve=approver)
    assert way.view.state.stage is Stage.REFUSED


def test_a_late_one_is_received_and_only_looked_at_when_it_is_excused() -> None:
    way = refused(objections=0).later(days=60)
    id = way.object(Step.REFUSED)
    assert way.view.objections[0].lateness == "late"
    with pytest.raises(StepNotPossibleError, match="6:11"):
        answered(way, id, ObjectionStep.UPHELD)
    answered(way, id, ObjectionStep.LATENESS_EXCUSED)
    with pytest.raises(StepNotPossibleError, match="heard"):
        answered(way, id, ObjectionStep.REJECTED)
    answered(way, id, ObjectionStep.HEARD)
    answered(way, id, ObjectionStep.REJECTED)
    assert (way.view.state.stage, way.view.objections[0].stage.value) == (Stage.REFUSED, "rejected")
    assert reading.rebuilt(way.id)


def test_the_same_objection_twice_is_one_and_another_one_waits_for_its_answer() -> None:
    way = refused(objections=0)
    id = way.object(Step.REFUSED)
    event = [one for one in way.view.events if one.step == "refused"][-1]
    again = {
        "case": way.id, "version": way.version, "against": event.number, "received_on": way.today, "words": "x",
        "actor": ANNA, "now": way.now,
    }  # fmt: skip
    assert cases.lodge_objection(objection=id, **again) == way.version  # type: ignore[arg-type]
    with pytest.raises(NotPossibleError, match="open already"):
        way.object(Step.REFUSED)


def test_the_applicant_sees_until_when_objecting_is_possible() -> None:
    way = refused(objections=0)
    own = reading.own_case(way.number, on=way.today)
    assert own.object_by is not None
    assert own.object_to is not None
    assert reading.own_case(way.number, on=own.object_by).object_to == own.object_to
    assert reading.own_case(way.number, on=own.object_by + timedelta(days=1)).object_to is None
