"""Objections on the page: received, talked about, answered by two who did not decide, won when the money is used up."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.budget.rules import Account, State
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import ObjectionStage, Stage
from dichterbij.web.schemes.officer_objection_words import LATENESS, STAGES, TO_DO
from support.cases import Way, begun
from support.roles import browser_of, make_somebody
from support.schemes import GRANT, decided, opened
from web.schemes.officers import WORK, approve, page, press, text_of, today, tomorrow

PART = "bezwaar/"


@pytest.fixture
def officers() -> tuple[Client, Client, Client]:
    """Oscar, Olga and Otto."""
    found = [browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15")) for _ in range(3)]
    return found[0], found[1], found[2]


def refused(client: Client, objections: int = GRANT) -> Way:
    """Refused because the money ran out, approved by whoever has this browser."""
    here = opened(ceiling=GRANT, objections=objections)
    begun(here)
    way = begun(here, "Kwekerij Smit")
    decided(here)
    cases.adopt_decisions(round_id=here.id, now=way.now)
    approve(client, way)
    assert way.view.state.stage is Stage.REFUSED
    return way


def lodge(client: Client, way: Way, **more: str) -> str:
    """An objection to the newest decision; its id."""
    id = str(uuid4())
    against = next(one.number for one in reversed(way.view.events) if one.step == "refused")
    given = {"objection": id, "against": str(against), "received_on": today(), "words": "Dit klopt niet."} | more
    answer = press(client, way, "lodge", PART, **given)
    assert answer.status_code == 302, text_of(answer)
    return id


def test_an_objection_is_won_after_the_money_ran_out_from_the_page_alone(
    officers: tuple[Client, Client, Client],
) -> None:
    oscar, olga, otto = officers
    way = refused(oscar)
    id = lodge(oscar, way)
    words = text_of(oscar.get(page(way, PART)))
    assert "Bewaard voor bezwaren € 1.500" in words
    assert "dagen" in words
    assert "Awb 7:10" in words
    assert "dus anderen beantwoorden het bezwaar" in words
    assert 'value="answer"' not in oscar.get(page(way, PART)).content.decode()
    invited = press(olga, way, "next", PART, objection=id, step="invited", until=tomorrow(9), reason="Kamer 3, 10 uur.")
    assert invited.status_code == 302
    press(olga, way, "next", PART, objection=id, step="heard", reason="De plek was er al voor de sluiting.")
    barred = press(oscar, way, "answer", PART, objection=id, step="upheld", amount="1500", reason="Toch gelijk.")
    assert barred.status_code == 409
    won = {"objection": id, "step": "upheld", "amount": "1.500", "reason": "Je had gelijk."}
    nothing = press(olga, way, "answer", PART, **{**won, "amount": ""})
    assert nothing.status_code == 422
    assert "Is dat niets? Schrijf dan 0." in text_of(nothing)
    assert press(olga, way, "answer", PART, **won).status_code == 302
    assert approve(olga, way).status_code == approve(oscar, way).status_code == 409
    assert "besliste zelf mee" in text_of(oscar.get(page(way)))
    assert 'value="approve"' not in oscar.get(page(way)).content.decode()
    assert approve(otto, way).status_code == 302
    assert (way.view.state.stage, way.view.state.granted_cents) == (Stage.GRANTED, GRANT)
    assert ledger.balance(Account(State.COMMITTED, way.here.held_back.place)) == GRANT
    kinds = [one.kind for one in way.view.letters]
    assert kinds == ["receipt", "refused", "objection_received", "objection_invited", "objection"]
    assert "De aanvrager krijgt gelijk" in text_of(otto.get(page(way, PART)))


def test_an_objection_won_with_nothing_warns_and_gets_money_by_a_new_decision(
    officers: tuple[Client, Client, Client],
) -> None:
    oscar, olga, otto = officers
    way = refused(oscar)
    id = lodge(oscar, way)
    words = olga.get(page(way, PART)).content.decode()
    assert re.search(r'<option value="rejected" disabled>Het besluit blijft \(nu niet: praat eerst', words)
    assert press(olga, way, "answer", PART, objection=id, step="rejected", reason="Nee.").status_code == 422
    press(olga, way, "next", PART, objection=id, step="hearing_waived")
    words = text_of(olga.get(page(way, PART)))
    assert "De aanvrager hoefde niet te praten" in words
    assert "De aanvrager vertelde" not in words
    assert '<option value="rejected">Het besluit blijft</option>' in olga.get(page(way, PART)).content.decode()
    press(olga, way, "answer", PART, objection=id, step="upheld", amount="0", reason="Je had gelijk.")
    assert "krijgt gelijk, maar geen geld" in text_of(otto.get(page(way)))
    assert approve(otto, way).status_code == 302
    assert way.view.state.stage is Stage.REFUSED
    assert "Gewonnen, en nog niets gegeven" in text_of(olga.get(page(way, PART)))
    assert press(olga, way, "money", PART, objection=id, amount="0", reason="Toch.").status_code == 422
    assert press(oscar, way, "money", PART, objection=id, amount="1500", reason="Toch.").status_code == 409
    assert press(olga, way, "money", PART, objection=id, amount="1500", reason="Toch.").status_code == 302
    assert approve(otto, way).status_code == 302
    assert (way.view.state.stage, way.view.state.granted_cents) == (Stage.GRANTED, GRANT)
    assert ledger.balance(Account(State.COMMITTED, way.here.held_back.place)) == GRANT
    assert reading.rebuilt(way.id)
    assert "nog niets gegeven" not in text_of(olga.get(page(way, PART)))
    assert press(olga, way, "money", PART, objection=id, amount="1600", reason="Meer.").status_code == 409


@pytest.mark.long  # each case is letters and decisions
def test_without_money_a_won_objection_says_so_and_the_proposal_stays(
    officers: tuple[Client, Client, Client],
) -> None:
    oscar, olga, otto = officers
    way = refused(oscar, objections=0)
    id = lodge(oscar, way)
    press(olga, way, "answer", PART, objection=id, step="upheld", amount="1500", reason="Je had gelijk.")
    answer = approve(otto, way)
    assert answer.status_code == 409
    assert "niet genoeg geld" in text_of(answer)
    assert way.view.row.proposal is not None
    assert way.view.state.stage is Stage.REFUSED


@pytest.mark.long  # each case is letters and decisions
def test_what_is_missing_is_asked_and_the_term_stands_still(officers: tuple[Client, Client, Client]) -> None:
    oscar, olga, _otto = officers
    way = refused(oscar)
    id = lodge(oscar, way)
    nothing = press(olga, way, "next", PART, objection=id, step="defect_told", until=tomorrow(14))
    assert nothing.status_code == 422
    assert "Schrijf waarom" in text_of(nothing)
    press(olga, way, "next", PART, objection=id, step="defect_told", until=tomorrow(14), reason="Je handtekening.")
    assert way.view.objections[0].stage is ObjectionStage.INCOMPLETE
    press(olga, way, "next", PART, objection=id, step="defect_mended")
    press(olga, way, "next", PART, objection=id, step="adjourned", reason="We wachten op UWV.")
    words = text_of(olga.get(page(way, PART)))
    assert "Je wacht langer op ons antwoord" in words
    assert "Je handtekening." in words


@pytest.mark.long  # each case is letters and decisions
def test_an_objection_in_the_future_or_twice_is_not_received(officers: tuple[Client, Client, Client]) -> None:
    oscar, _olga, _otto = officers
    way = refused(oscar)
    against = next(one.number for one in reversed(way.view.events) if one.step == "refused")
    given = {"objection": str(uuid4()), "against": str(against), "words": "Mijn lange brief."}
    early = press(oscar, way, "lodge", PART, received_on=tomorrow(), **given)
    assert early.status_code == 422
    assert "Mijn lange brief." in early.content.decode()
    lodge(oscar, way)
    again = press(oscar, way, "lodge", PART, received_on=today(), **given)
    assert again.status_code == 409
    assert len(way.view.objections) == 1


@pytest.mark.long  # each case is letters and decisions
def test_the_work_list_names_when_an_objection_must_be_answered(officers: tuple[Client, Client, Client]) -> None:
    oscar, olga, _otto = officers
    way = refused(oscar)
    lodge(oscar, way)
    found = olga.get(f"{WORK}?lijst=objections&ronde={way.here.id}")
    (row,) = found.context["rows"]
    assert row.answer_days is not None
    assert "Het bezwaar beantwoorden" in text_of(found)


def test_a_case_without_a_decision_has_nothing_to_object_to(officers: tuple[Client, Client, Client]) -> None:
    way = begun()
    words = text_of(officers[0].get(page(way, PART)))
    assert "geen besluit waar iemand bezwaar tegen kan maken" in words


def test_every_step_of_an_objection_has_words() -> None:
    from dichterbij.domains.schemes.rules.procedure import Lateness, ObjectionStep
    from dichterbij.web.schemes.officer_words import STEPS

    assert set(TO_DO) == set(ObjectionStep)
    assert set(STAGES) == set(ObjectionStage)
    assert set(LATENESS) == set(Lateness)
    assert {f"objection_{one.value}" for one in ObjectionStep} <= set(STEPS)
