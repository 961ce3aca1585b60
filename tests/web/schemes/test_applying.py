"""Asking for money: prefilled, kept while typing, received once, with a proof and what comes next."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.budget.rules import Account, Place, State
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.rules.files import ROOT
from support.budget import filled
from support.schemes import GRANT, sent

KEY = "6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11"
PAGE = "/nl/regelingen/employer_subsidy/aanvragen/"
GOOD = {
    "organisation": "Bakkerij De Verzonnen Bol", "kvk": "1234 5678", "person": "Sami Verzonnen", "born": "14-3-1985",
    "category": "open_hiring", "quantity": "1", "start": "1-7-2022", "met_unused_potential": "yes",
    "met_interview": "yes", "met_praktijkleren": "no", "met_praktijkleren_mbo": "no", "met_own_employee": "no",
    "email": "Werk@verzonnenbol.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def exercise() -> None:
    """The employer subsidy is open as an exercise, with money for one grant."""
    now, fund = timezone.now(), filled(GRANT)
    actions.open_round(
        definition=(ROOT / "employer_subsidy" / "2022-05-13.yaml").read_text(encoding="utf-8"), actor="tests",
        source=Account(State.FREE, Place(fund)), posting=uuid4(), account=f"reserved:{fund}:::employer_subsidy",
        now=now, ceiling_cents=GRANT, exercise=(now - timedelta(hours=1), now + timedelta(hours=1)),
    )  # fmt: skip


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace("\u00a0", " ")


def send(client: Client, **changes: str) -> HttpResponse:
    return client.post(PAGE, GOOD | {"key": str(uuid4())} | changes)


def decide() -> None:
    actions.decide(scheme="employer_subsidy", actor="tests", now=timezone.now())


def test_the_page_of_an_open_scheme_leads_to_the_form(client: Client) -> None:
    assert PAGE in client.get("/nl/regelingen/employer_subsidy/").content.decode()
    assert "Dit is een oefening" in text_of(client.get(PAGE))


def test_a_scheme_that_is_not_open_has_no_form(client: Client) -> None:
    assert client.get("/nl/regelingen/reintegration/aanvragen/").status_code == 302


def test_an_application_gets_a_number_a_proof_and_its_days_at_once(client: Client) -> None:
    page = client.get(send(client)["Location"])
    words = text_of(page)
    assert "We hebben je aanvraag" in words
    assert "We hebben hem net opnieuw uitgerekend: hij klopt" in words
    assert "Er kijkt iemand naar, en je krijgt een brief met het besluit uiterlijk" in words
    assert page["Cache-Control"] == "no-store"


def test_of_the_person_only_a_code_is_kept(client: Client) -> None:
    page = client.get(send(client)["Location"])
    kept = json.loads(page.context["row"].facts)
    assert "Sami" not in page.context["row"].facts + page.content.decode()
    assert kept["person"].startswith("person:")
    assert kept["employer"] == "kvk:12345678"


def test_another_secret_key_lets_nobody_count_anew(client: Client, settings: Any) -> None:
    def kept() -> Any:
        row = client.get(send(client)["Location"]).context["row"]
        return json.loads(row.facts)["person"]

    before = kept()
    settings.SECRET_KEY = "another one"
    assert kept() == before
    settings.PERSON_KEY = "another one"
    assert kept() != before


def test_a_form_that_is_sent_twice_is_one_application(client: Client) -> None:
    key = str(uuid4())
    first, second = send(client, key=key), send(client, key=key)
    assert first["Location"] == second["Location"]
    assert len(queries.receipts(scheme="employer_subsidy")) == 1


def test_a_form_that_comes_back_with_other_answers_changes_nothing_and_can_be_sent_as_new(client: Client) -> None:
    key = str(uuid4())
    send(client, key=key)
    page = send(client, key=key, person="Noor Verzonnen")
    assert page.status_code == 409
    assert "Die aanvraag blijft staan" in text_of(page)
    new = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert new
    assert send(client, key=new[1], person="Noor Verzonnen").status_code == 302
    assert len(queries.receipts(scheme="employer_subsidy")) == 2


def test_what_is_typed_is_kept_in_the_browser_and_goes_when_it_is_sent(client: Client) -> None:
    assert client.post(PAGE, {"organisation": "Half getypt", "save": "1"}).status_code == 204
    assert 'value="Half getypt"' in client.get(PAGE).content.decode()
    send(client)
    assert "Half getypt" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kvk": "1234"}, "acht cijfers"),
        ({"born": "30-2-1985"}, "Deze dag bestaat niet"),
        ({"organisation": " "}, "Vul de naam in"),
        ({"met_interview": ""}, "Kies er één"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(client: Client, change: dict[str, str], problem: str) -> None:
    page = send(client, **change)
    assert page.status_code == 422
    assert problem in text_of(page)
    assert not queries.receipts(scheme="employer_subsidy")


def test_the_page_tells_the_decision_with_its_reason(client: Client) -> None:
    first, second = send(client), send(client, person="Noor Verzonnen", kvk="87654321")
    decide()
    assert "Uitgerekend: je zou krijgen € 1.500" in text_of(client.get(first["Location"]))
    refused = text_of(client.get(second["Location"]))
    assert "Uitgerekend: je zou niets krijgen" in refused
    assert "Het geld is op" in refused
    assert "de brief is het besluit" in refused
    assert "Er kijkt iemand naar, en je krijgt een brief met het besluit uiterlijk" in refused


def test_the_same_person_twice_is_refused_for_that_reason(client: Client) -> None:
    send(client)
    second = send(client, kvk="87654321")
    decide()
    assert "Voor deze persoon is al gegeven" in text_of(client.get(second["Location"]))


def test_the_same_person_by_program_and_by_form_is_one_person(client: Client) -> None:
    told = {"aanvrager": "Bol", "feiten": sent("Bol", "SAMI verzonnen")}
    door, key = "/api/v1/regelingen/employer_subsidy/aanvragen", {"Idempotency-Key": str(uuid4())}
    assert client.post(door, told, content_type="application/json", headers=key).status_code == 201
    second = send(client, kvk="87654321")
    decide()
    assert "Voor deze persoon is al gegeven" in text_of(client.get(second["Location"]))


def test_another_key_shows_nothing(client: Client) -> None:
    assert client.get(f"/nl/regelingen/aanvraag/{uuid4()}/").status_code == 404


def test_a_form_that_is_sent_after_the_last_second_is_received_and_its_decision_says_so(client: Client) -> None:
    now = timezone.now()
    with connection.cursor() as cursor:  # the round as it is an hour later; it cannot be changed by anybody else
        cursor.execute("ALTER TABLE schemes_round DISABLE TRIGGER schemes_round_stays")
        cursor.execute("UPDATE schemes_round SET closes_at = %s", [now])
        cursor.execute("ALTER TABLE schemes_round ENABLE TRIGGER schemes_round_stays")
    assert client.get(PAGE).status_code == 302
    page = send(client)
    assert "We hebben je aanvraag" in text_of(client.get(page["Location"]))


def test_one_application_is_about_one_person(client: Client) -> None:
    assert send(client, quantity="5").status_code == 422
    assert not queries.receipts(scheme="employer_subsidy")


def test_the_list_begins_with_what_is_open_and_only_that_can_be_asked(client: Client) -> None:
    page = client.get("/nl/regelingen/").content.decode()
    assert re.findall(r"/regelingen/\w+/aanvragen/", page) == [PAGE.removeprefix("/nl")]
    assert page.index('id="open-now"') < page.index("employer_subsidy/aanvragen") < page.index("sch-group")
