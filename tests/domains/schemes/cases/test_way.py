"""A case from receipt to the last euro, with real commits as the running site: money, people and letters agree."""

from uuid import uuid4

import pytest

from dichterbij.domains.post import queries as post
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import Ground, Stage, Step, StepNotPossibleError
from dichterbij.gateways.payments import fake, read_answer
from dichterbij.shared.errors import InputError
from support.cases import ANNA, BRAM, CARLA, Way, begun, held, prepare
from support.schemes import GRANT, decided, facts, opened

pytestmark = pytest.mark.usefixtures("site")


def test_from_receipt_to_payment_every_cent_stands_where_the_case_says() -> None:
    here = opened(ceiling=GRANT)
    way = begun(here)
    assert held(here) == {"reserved": GRANT}
    way.granted()
    assert (way.view.state.stage, held(here)) == (Stage.GRANTED, {"committed": GRANT})
    way.decide(Step.SETTLED, GRANT)
    assert way.view.row.due_cents == GRANT
    order = way.paid_file()
    assert (way.view.state.ordered_cents, held(here)) == (GRANT, {"paid": GRANT})
    read = cases.read_bank_file(answer=read_answer(fake.report(order)), actor=ANNA, now=way.now)
    assert (read["paid"], way.view.state.paid_cents) == (1, GRANT)
    way.take(Step.CLOSED)
    assert reading.rebuilt(way.id)
    assert [one.step for one in way.view.events] == [
        "received", "proposed", "granted", "proposed", "settled", "payment_ordered", "paid", "closed",
    ]  # fmt: skip
    assert [one.kind for one in way.view.letters] == ["receipt", "granted", "settled"]
    states = post.states([way.number], now=way.now)[way.number]
    assert set(states) == {"case_receipt", "case_granted", "case_settled"}
    assert prepare_nothing(way)


def prepare_nothing(way: Way) -> bool:
    with pytest.raises(NotPossibleError, match="Nothing"):
        prepare(way.here, uuid4(), way.now)
    return True


def test_the_same_application_is_one_case() -> None:
    way = begun()
    again = cases.open_case(number=way.number, party=cases.Party("Somebody else"), actor=ANNA, now=way.now)
    assert (again.pk, again.name) == (way.id, "Bakkerij Aalders")
    assert len(way.view.letters) == 1


def test_what_is_missing_is_asked_and_an_answer_too_late_is_not_considered() -> None:
    here = opened(ceiling=GRANT)
    way = begun(here, complete=False)
    way.take(Step.COMPLETION_ASKED, reason="Stuur de overeenkomst.")
    assert way.view.row.waits_for == "completion"
    assert way.view.term is not None
    assert way.view.reasons[0].source.startswith("Awb 4:5")
    assert reading.own_case(way.number, on=way.today).asked == "Stuur de overeenkomst."
    with pytest.raises(StepNotPossibleError, match="until"):
        way.propose(Step.NOT_CONSIDERED, reason="Er kwam niets.")
    way.later(days=20).decide(Step.NOT_CONSIDERED, reason="Er kwam niets.")
    assert way.view.state.stage is Stage.NOT_CONSIDERED
    assert [one.kind for one in way.view.letters] == ["receipt", "incomplete", "not_considered"]
    assert reading.rebuilt(way.id)


def test_what_the_applicant_completes_is_on_the_case_from_that_day_and_then_it_is_decided() -> None:
    here = opened(ceiling=GRANT)
    way = begun(here, complete=False)
    way.take(Step.COMPLETION_ASKED, reason="Stuur de overeenkomst.")
    actions.complete(number=way.number, key=uuid4(), facts=facts("Bakkerij Aalders", "sami"))
    way.granted()
    assert way.view.state.complete_on == way.today
    assert way.view.state.stage is Stage.GRANTED
    assert reading.rebuilt(way.id)


def test_a_decision_that_is_late_costs_what_the_law_says_from_two_weeks_after_the_notice() -> None:
    way = begun().later(days=100)
    way.take(Step.DEFAULT_TOLD)
    assert way.view.penalty.cents == 0
    assert way.later(days=15).view.penalty.cents == 2_300
    assert way.view.row.is_late
    way.later(days=60).decide(Step.REFUSED, reason="Te laat, en toch nee.")
    assert way.view.penalty.cents == 144_200


def test_a_placement_withdrawn_after_payment_is_claimed_back_recovered_and_returned() -> None:
    here = opened(ceiling=2 * GRANT)
    way = begun(here).settled()
    cases.read_bank_file(answer=read_answer(fake.report(way.paid_file())), actor=ANNA, now=way.now)
    way.decide(Step.WITHDRAWN, reason="De plaatsing ging niet door.", ground=Ground.NEW_FACTS)
    assert held(here) == {"reserved": GRANT, "paid": GRANT}  # what was paid is not free: it must come first
    assert way.view.row.undue_cents == GRANT
    way.decide(Step.RECOVERY_CLAIMED, GRANT, reason="De plaatsing ging niet door.")
    cases.receive_repayment(case=way.id, version=way.version, cents=GRANT, actor=ANNA, now=way.now)
    assert held(here) == {"reserved": GRANT, "recovered": GRANT}
    cases.return_money(round_id=here.id, cents=GRANT, posting=uuid4(), actor=ANNA, approved_by=BRAM, now=way.now)
    assert held(here) == {"reserved": GRANT, "returned": GRANT}
    way.take(Step.CLOSED)
    assert [one.kind for one in way.view.letters][-2:] == ["withdrawn", "recovered"]
    assert reading.rebuilt(way.id)


def test_a_grant_withdrawn_before_payment_comes_free_for_who_waits_and_that_one_gets_a_new_decision() -> None:
    here = opened(ceiling=GRANT)
    first, second = begun(here), begun(here, "Kwekerij Smit")
    first.granted()
    second.approve(second.view.row.proposal or 0)
    assert second.view.state.stage is Stage.REFUSED
    first.decide(Step.WITHDRAWN, reason="Iemand begon niet.", ground=Ground.NOT_DONE)
    decided(here)
    assert cases.adopt_decisions(round_id=here.id, now=second.now) == 1
    second.approve(second.view.row.proposal or 0)
    assert (second.view.state.stage, second.view.state.granted_cents) == (Stage.GRANTED, GRANT)
    assert held(here) == {"committed": GRANT}
    assert reading.rebuilt(second.id)


def test_whom_an_officer_refused_does_not_get_the_money_that_comes_free() -> None:
    here = opened(ceiling=GRANT)
    first, second = begun(here), begun(here, "Kwekerij Smit")
    first.granted()
    second.decide(Step.REFUSED, reason="Het contract is vervalst.")
    first.decide(Step.WITHDRAWN, reason="Iemand begon niet.", ground=Ground.NOT_DONE)
    decided(here)
    assert cases.adopt_decisions(round_id=here.id, now=second.now) == 0
    assert (second.view.state.stage, held(here)) == (Stage.REFUSED, {"reserved": GRANT})


def test_who_withdraws_names_a_ground_that_holds_then() -> None:
    way = begun().granted()
    for ground in (None, Ground.NEW_FACTS):
        with pytest.raises(InputError, match="4:48"):
            way.propose(Step.WITHDRAWN, reason="x", ground=ground)
    way.decide(Step.SETTLED, GRANT)
    with pytest.raises(InputError, match="4:49"):
        way.propose(Step.WITHDRAWN, reason="x", ground=Ground.NOT_DONE)


def test_a_settlement_that_is_lower_frees_the_difference_and_an_advance_above_it_comes_back() -> None:
    here = opened(ceiling=GRANT)
    way = begun(here).granted().decide(Step.ADVANCE_SET, 100_000)
    cases.read_bank_file(answer=read_answer(fake.report(way.paid_file())), actor=ANNA, now=way.now)
    way.decide(Step.SETTLED, 60_000, reason="Het werk stopte eerder.")
    assert held(here) == {"reserved": 50_000, "paid": 100_000}
    assert way.view.row.undue_cents == 40_000


def test_nobody_is_granted_more_than_the_scheme_decided() -> None:
    way = begun()
    proposal = way.propose(Step.GRANTED, GRANT)
    with pytest.raises(NotPossibleError, match="objection"):
        way.approve(proposal)
    decided(way.here)
    with pytest.raises(NotPossibleError, match="objection"):
        way.approve(way.propose(Step.GRANTED, GRANT + 1))
    assert way.view.state.stage is Stage.RECEIVED


def test_who_was_quicker_wins_and_the_other_one_is_told() -> None:
    way = begun()
    old = way.version
    way.take(Step.DEFAULT_TOLD)
    with pytest.raises(cases.ChangedError):
        cases.take_step(case=way.id, version=old, step=Step.DEFAULT_TOLD, actor=CARLA, now=way.now)


def test_lists_show_each_case_where_somebody_must_do_something() -> None:
    here = opened(ceiling=3 * GRANT)
    way = begun(here)
    lists = {tab: [row.number for row in reading.worklist(tab, on=way.today, round_id=here.id)] for tab in reading.Tab}
    assert [tab.value for tab, numbers in lists.items() if numbers] == ["to_assess"]
    proposal = way.granted().propose(Step.SETTLED, GRANT)
    asked = reading.worklist(reading.Tab.TO_APPROVE, on=way.today, round_id=here.id, actor=BRAM)
    assert [(row.proposal, row.proposed_step, row.proposed_cents, row.proposed_by) for row in asked] == [
        (proposal, "settled", GRANT, str(ANNA))
    ]
    assert reading.worklist(reading.Tab.TO_APPROVE, on=way.today, round_id=here.id, actor=ANNA) == ()
    cases.send_back(
        case=way.id, version=way.version, proposal=proposal, reason="Eerst bewijs.", actor=BRAM, now=way.now
    )
    assert reading.worklist(reading.Tab.TO_APPROVE, on=way.today, round_id=here.id) == ()
    settle = reading.worklist(reading.Tab.TO_SETTLE, on=way.today, round_id=here.id)
    assert [row.number for row in settle] == [way.number], "sent back, it is to be done again"
    with pytest.raises(cases.ChangedError):
        way.approve(proposal)
    assert sum(reading.counts(on=way.today).values()) > 0


def test_several_are_approved_at_once_and_one_that_cannot_keeps_no_other_waiting() -> None:
    here = opened(ceiling=3 * GRANT)
    ways = [begun(here, name) for name in ("Een", "Twee", "Drie")]
    decided(here)
    cases.adopt_decisions(round_id=here.id, now=ways[0].now)
    several = [cases.ToApprove(way.id, way.version, way.view.row.proposal or 0) for way in ways]
    ways[1].take(Step.DEFAULT_TOLD)
    done = cases.approve_many(several=several, actor=BRAM, now=ways[0].now)
    assert (done.done, [case for case, _ in done.left]) == (2, [ways[1].id])
