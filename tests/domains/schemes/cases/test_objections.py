"""Objections: to a refusal after the money ran out, to a withdrawal, too late; and who may answer them."""

from datetime import timedelta
from uuid import UUID

import pytest

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.budget.errors import InsufficientError
from dichterbij.domains.budget.rules import Account, State
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import Ground, ObjectionStep, Stage, Step, StepNotPossibleError
from dichterbij.gateways.payments import fake, read_answer
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
    assert [one.kind for one in way.view.letters] == ["receipt", "refused", "objection", "settled"]
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
