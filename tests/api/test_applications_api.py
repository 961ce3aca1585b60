"""Applying as a program: once for each key, with a proof, and what became of it."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.persons import person_key
from dichterbij.domains.schemes.rules.procedure import Step
from support.cases import begun
from support.programs import BASE, Program
from support.schemes import GRANT, apply, code, decided, facts, opened, sent

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def here() -> Opened:
    """A round with money for one grant."""
    return opened(ceiling=GRANT)


def door(here: Opened) -> str:
    return f"/regelingen/{here.scheme.slug}/aanvragen"


def body(employer: str = "Bol", person: str = "Sami", **more: object) -> dict[str, object]:
    return {"aanvrager": f"{employer} BV", "feiten": sent(employer, person, **more)}


def test_an_application_is_received_once_for_its_key(program: Program, here: Opened) -> None:
    key = str(uuid4())
    first = program.post(door(here), body(), 201, **{"Idempotency-Key": key})
    again = program.post(door(here), body(), 200, **{"Idempotency-Key": key})
    assert first == again
    assert len(queries.receipts(scheme=here.scheme.slug)) == 1


def test_the_answer_says_where_it_stands(program: Program, here: Opened) -> None:
    answer = Client().post(
        BASE + door(here), body(), content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    told = answer.json()
    assert answer["Location"] == told["_links"]["self"]["href"] == f"{BASE}/aanvragen/{told['nummer']}"


def test_the_same_key_with_other_content_is_refused(program: Program, here: Opened) -> None:
    key = str(uuid4())
    number = program.post(door(here), body(), 201, **{"Idempotency-Key": key})["nummer"]
    told = program.post(door(here), body(person="Noor"), 422, **{"Idempotency-Key": key})
    assert (told["type"], number in told["detail"]) == ("urn:dichterbij:schemes_other_content", True)


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        (body(), ""),
        (body(), "geen-uuid"),
        ({"aanvrager": "x"}, "1" * 38),
        ({"aanvrager": "x"}, "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ({"aanvrager": "x", "feiten": {"salary": 1}}, "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ({"aanvrager": "x", "feiten": []}, "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ({"aanvrager": 1, "feiten": {}}, "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        (["aanvrager", "feiten"], "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ('{"aanvrager": "x", "feiten": ' + "[" * 9000, "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ('{"aanvrager": "\\ud800", "feiten": {}}', "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ('{"aanvrager": "' + "x" * 21_000 + '", "feiten": {}}', "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
        ("geen json", "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_odd_is_refused_and_nothing_is_kept(program: Program, here: Opened, sent: object, key: str) -> None:
    program.post(door(here), sent, 400, **{"Idempotency-Key": key})
    assert not queries.receipts(scheme=here.scheme.slug)


def test_a_scheme_that_is_not_open_yet_says_when_it_opens(program: Program) -> None:
    soon = opened(begins=3600, ends=7200)
    told = program.post(door(soon), body(), 409, **{"Idempotency-Key": str(uuid4())})
    assert "opens at" in told["detail"]
    program.post("/regelingen/never_was/aanvragen", body(), 404, **{"Idempotency-Key": str(uuid4())})


def test_who_has_the_proof_sees_what_became_of_it(program: Program, here: Opened) -> None:
    first = program.post(door(here), body(), 201, **{"Idempotency-Key": str(uuid4())})
    before = program.get(f"/aanvragen/{first['nummer']}", Bewijs=first["bewijs"])
    assert (before["uitkomsten"], before["bewijsKlopt"]) == ([], True)
    assert [one["stap"] for one in before["hierna"]] == ["besluiten"]
    decided(here)
    after = program.get(f"/aanvragen/{first['nummer']}", Bewijs=first["bewijs"])
    assert [(one["bedragCenten"], one["reden"]["code"]) for one in after["uitkomsten"]] == [(GRANT, "granted")]
    kept = person_key("Sami", date(1985, 3, 14), secret=settings.PERSON_KEY)
    assert after["feiten"] == body()["feiten"] | {"person": kept}  # type: ignore[operator]


def test_a_refused_one_hears_why_and_that_it_waits(program: Program, here: Opened) -> None:
    apply(here, "Bol")
    second = program.post(door(here), body("Taart", "Noor"), 201, **{"Idempotency-Key": str(uuid4())})
    decided(here)
    told = program.get(f"/aanvragen/{second['nummer']}", Bewijs=second["bewijs"])["uitkomsten"][-1]
    assert (told["reden"]["code"], told["wacht"], told["gevraagdCenten"]) == ("ceiling_reached", True, GRANT)


@pytest.mark.parametrize(
    "person",
    [
        code("Sami"), "Sami", 1, [], {}, {"naam": "Sami"}, {"naam": " ", "geboortedatum": "1985-03-14"},
        {"naam": "Sami", "geboortedatum": "14-3-1985"}, {"naam": "Sami", "geboortedatum": "1985-02-30"},
        {"naam": "Sami", "geboortedatum": 1985}, {"naam": "x" * 121, "geboortedatum": "1985-03-14"},
        {"naam": "Sa\nmi", "geboortedatum": "1985-03-14"}, {"naam": "Sami", "geboortedatum": "1985-03-14", "bsn": "1"},
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_person_is_a_name_and_a_day_of_which_the_code_is_made_here(
    program: Program, here: Opened, person: object
) -> None:
    program.post(door(here), {"aanvrager": "Bol", "feiten": sent("Bol", "Sami") | {"person": person}}, 400,
                 **{"Idempotency-Key": str(uuid4())})  # fmt: skip
    assert not queries.receipts(scheme=here.scheme.slug)


def test_where_everybody_is_decided_on_together_it_says_when_one_hears(program: Program) -> None:
    in_turn = apply(opened(), "Bol")
    assert program.get(f"/aanvragen/{in_turn.number}", Bewijs=in_turn.proof)["hoortNa"] is None
    ends = 200 * 24 * 3600
    here = opened(slug="language_at_work", ends=ends, questions="[]",
                  distribution='{method: pro_rata, rest: next, source: "assumption"}')  # fmt: skip
    done = apply(here, "Bol")
    told = program.get(f"/aanvragen/{done.number}", Bewijs=done.proof)
    assert datetime.fromisoformat(told["hoortNa"]) == here.closes_at
    (step,) = told["hierna"]
    assert (step["stap"], date.fromisoformat(step["uiterlijk"]) > here.closes_at.date()) == ("besluiten", True)


def test_an_incomplete_one_hears_until_when_it_may_be_completed(program: Program, here: Opened) -> None:
    done = apply(here, "Bol", complete=False)
    told = program.get(f"/aanvragen/{done.number}", Bewijs=done.proof)
    assert (told["compleetOp"], [one["stap"] for one in told["hierna"]]) == (None, ["aanvullen"])


def test_another_proof_and_another_number_are_the_same_answer(program: Program, here: Opened) -> None:
    done = apply(here, "Bol")
    for number, proof in ((done.number, "0" * 64), (done.number, ""), ("AV-2222-2222", done.proof), ("x", "é")):
        told = program.get(f"/aanvragen/{number}", 404, Bewijs=proof)
        assert told["type"] == "urn:dichterbij:not_found"
    program.get(f"/aanvragen/{done.number}", 400)


def test_who_got_no_answer_finds_it_by_the_key(program: Program, here: Opened) -> None:
    key = uuid4()
    assert program.get("/aanvragen", **{"Idempotency-Key": str(key)})["resultaten"] == []
    done = apply(here, "Bol", key=key)
    (found,) = program.get("/aanvragen", **{"Idempotency-Key": str(key)})["resultaten"]
    assert found["nummer"] == done.number
    program.get("/aanvragen", 400)
    program.get("/aanvragen", 400, **{"Idempotency-Key": "geen"})


def test_a_case_tells_its_stage_and_until_when_one_can_object(program: Program) -> None:
    way = begun(opened(ceiling=GRANT)).granted()
    number = way.view.row.number
    proof = queries.status(number=number).proof
    waits = program.get(f"/aanvragen/{number}", Bewijs=proof)["hierna"]
    assert [one["stap"] for one in waits] == ["bezwaar-maken"], "the day to settle is no day to pay"
    way.decide(Step.SETTLED, GRANT)
    told = program.get(f"/aanvragen/{number}", Bewijs=proof)
    assert (told["fase"], told["toegekendCenten"], told["betaaldCenten"]) == ("settled", GRANT, 0)
    assert {one["stap"] for one in told["hierna"]} == {"betalen", "bezwaar-maken"}


def test_other_methods_are_told_what_can_be_done(program: Program, here: Opened) -> None:
    told = program.checked(program.client.delete(BASE + door(here)), 405)
    assert "POST" in told["detail"]


def test_who_gives_an_address_gets_a_mail_with_the_number(program: Program, here: Opened) -> None:
    sent = body() | {"bereikbaar": {"email": "Bakker@example.nl", "rekening": "NL91ABNA0417164300", "taal": "en"}}
    told = program.post(door(here), sent, 201, **{"Idempotency-Key": str(uuid4())})
    kept = queries.contact_of(told["nummer"])
    assert kept
    assert (kept.email, kept.account) == ("bakker@example.nl", "NL91ABNA0417164300")
    (letter,) = [one for one in mail.outbox if told["nummer"] in one.subject]
    assert "Sami" not in letter.body


@pytest.mark.parametrize(
    "contact",
    [{"email": "geen adres"}, {"rekening": "NL00"}, {"telefoon": "06"}, {"taal": "fr"}, {"taal": 1}, "bel me"],
)
def test_an_address_that_is_none_is_refused_before_anything_is_kept(
    program: Program, here: Opened, contact: object
) -> None:
    program.post(door(here), body() | {"bereikbaar": contact}, 400, **{"Idempotency-Key": str(uuid4())})
    assert not queries.receipts(scheme=here.scheme.slug)


def test_a_scheme_that_asks_to_sign_in_is_not_for_programs(program: Program) -> None:
    here = opened(slug="perspectief_op_werk")
    told = program.post(door(here), body(), 403, **{"Idempotency-Key": str(uuid4())})
    assert "eHerkenning" in told["detail"]


def test_who_has_the_proof_takes_it_back_once_and_nobody_else_does(program: Program, here: Opened) -> None:
    done = apply(here, "Bol")
    path = f"/aanvragen/{done.number}/intrekking"
    program.post(path, {}, 404, Bewijs="0" * 64)
    assert program.post(path, {}, Bewijs=done.proof)["stap"] == "ingetrokken"
    assert program.post(path, {}, Bewijs=done.proof)["stap"] == "ingetrokken"
    told = program.get(f"/aanvragen/{done.number}", Bewijs=done.proof)
    assert (told["fase"], told["hierna"]) == ("taken_back", [])


def test_after_the_decision_one_says_that_one_stops_and_money_stays_until_somebody_looks(program: Program) -> None:
    number = begun(opened(ceiling=GRANT)).settled().view.row.number
    proof = queries.status(number=number).proof
    assert program.post(f"/aanvragen/{number}/intrekking", {}, Bewijs=proof)["stap"] == "stopt"
    assert program.get(f"/aanvragen/{number}", Bewijs=proof)["toegekendCenten"] == GRANT


def test_who_signed_in_takes_it_back_signed_in(program: Program, here: Opened) -> None:
    contact = NewContact("bol@example.nl", kvk="12345678")
    done = actions.receive(
        scheme=here.scheme.slug, key=uuid4(), applicant="Bol", facts=facts("Bol", "Sami"), contact=contact
    )
    told = program.post(f"/aanvragen/{done.number}/intrekking", {}, 403, Bewijs=done.proof)
    assert "eHerkenning" in told["detail"]
