"""Reached after applying: a mail at once, letters on the page, the account with the officer, everything by itself."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions.contacting import tell
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries.cases import Tab
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.gateways import outbox
from support.roles import browser_of, make_somebody
from web.schemes.test_applying import GOOD, PAGE, decide, exercise, send, text_of

__all__ = ["exercise"]
ACCOUNT = "NL91 ABNA 0417 1643 00"
FIND = "/nl/regelingen/aanvraag/"


def employer(kvk: str = "00000011") -> Client:
    """The browser of an employer; `kvk`: what eHerkenning told."""
    client = browser_of(make_somebody(Role.EMPLOYER, ""))
    store = client.session
    store["kvk"] = kvk
    store.save()
    return client


def work() -> None:
    actions.work(actor="tests", now=timezone.now())


def key_in(page: str) -> UUID:
    return UUID(page.rstrip("/").rpartition("/")[2])


def test_a_mail_tells_the_number_the_page_and_what_comes_next_and_no_word_that_was_typed(client: Client) -> None:
    page = send(client, account=ACCOUNT)["Location"]
    (letter,) = mail.outbox
    row = queries.by_key(key=key_in(page))
    assert row
    assert letter.to == ["werk@verzonnenbol.example"]
    assert row.number in letter.subject
    assert f"http://testserver{FIND}" in letter.body
    assert "uiterlijk op" in letter.body
    told = letter.subject + letter.body
    kept = (str(key_in(page)), row.proof[:4], "Bakkerij", "12345678", "NL91", "Sami")
    assert not [word for word in kept if word in told]


def test_with_number_and_code_of_the_page_it_opens_anywhere_and_with_another_code_nowhere(client: Client) -> None:
    page = send(client)["Location"]
    shown = client.get(page)
    number, code = shown.context["row"].number, shown.context["code"]
    assert code in text_of(shown)
    elsewhere = Client()
    for typed in (code, code.upper().replace("-", " "), shown.context["row"].proof):
        assert elsewhere.post(FIND, {"number": number.lower(), "code": typed})["Location"] == page
    proof = shown.context["row"].proof
    another = "0" if proof[12] != "0" else "1"  # the code with one sign that the proof does not go on with
    for typed in (code[:-1], "0000-0000-0000", code + another, "", "é"):
        wrong = elsewhere.post(FIND, {"number": number, "code": typed})
        assert (wrong.status_code, str(key_in(page)) in wrong.content.decode()) == (422, False)
    assert "We vonden niets" in text_of(elsewhere.post(FIND, {"number": "AV-2222-2222", "code": code}))


def test_the_mail_about_a_letter_leads_there_too_and_holds_no_key(client: Client) -> None:
    page = send(client)["Location"]
    row = queries.by_key(key=key_in(page))
    assert row
    assert tell(id_of(row.number) or 0, "decided", 2, timezone.now())
    outbox.leave(row.number, actor="tests")
    letter = mail.outbox[-1]
    assert f"http://testserver{FIND}" in letter.body
    assert str(key_in(page)) not in letter.body


def test_the_page_shows_address_and_account_only_to_know_them_again(client: Client) -> None:
    page = text_of(client.get(send(client, account=ACCOUNT)["Location"]))
    assert "w…@verzonnenbol.example" in page
    assert "NL91...4300" in page
    assert "0417" not in page


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"account": "NL91 ABNA 0417 1643 01"}, "geen rekeningnummer"),
        ({"email": "verzonnenbol"}, "naam@voorbeeld.nl"),
        ({"email": ""}, "Vul een e-mailadres in"),
    ],
)
def test_a_typing_error_in_them_is_said(client: Client, change: dict[str, str], problem: str) -> None:
    page = send(client, **change)
    assert page.status_code == 422
    assert problem in text_of(page)
    assert not mail.outbox


def test_by_itself_it_is_decided_and_lies_with_the_officers_with_its_letter_on_the_page(client: Client) -> None:
    page = send(client)["Location"]
    assert "Straks zie je hier wat de regels zeggen" in text_of(client.get(page))
    work()
    work()
    told = client.get(page)
    assert "Uitgerekend: je zou krijgen € 1.500" in text_of(told)
    letter = re.search(r'href="([^"]+\.pdf)"', told.content.decode())
    assert letter
    assert client.get(letter[1]).content.startswith(b"%PDF")
    assert client.get(letter[1].replace(str(key_in(page)), str(uuid4()))).status_code == 404
    (row,) = reading.worklist(
        Tab.TO_APPROVE, on=timezone.localdate(), actor=make_somebody(Role.SCHEME_OFFICER, "").actor
    )
    assert row.proposed_by == "decider"
    assert len(mail.outbox) == 1, "the mail at applying said that it came"


def test_the_officer_finds_the_account_filled_in_with_where_it_came_from(client: Client) -> None:
    send(client, account=ACCOUNT)
    work()
    officer = make_somebody(Role.SCHEME_OFFICER, "")
    (row,) = reading.worklist(Tab.TO_APPROVE, on=timezone.localdate(), actor=officer.actor)
    page = browser_of(officer).get(f"/nl/regelingen/werk/zaak/{row.id}/").content.decode()
    assert 'value="NL91ABNA0417164300"' in page
    assert "De aanvrager gaf het bij de aanvraag" in page
    assert not reading.case(row.id, on=timezone.localdate()).account, "it counts once somebody wrote it down"
    told = {"do": "account", "version": str(row.version), "account-account": "NL91ABNA0417164300"}
    answer = browser_of(officer).post(
        f"/nl/regelingen/werk/zaak/{row.id}/", told | {"account-reason": "Bij de aanvraag."}
    )
    assert answer.status_code == 302
    assert reading.case(row.id, on=timezone.localdate()).account == "NL91ABNA0417164300"


def test_an_employer_who_is_signed_in_applies_as_that_number_and_sees_it_in_the_list() -> None:
    client = employer()
    asked = client.get(PAGE)
    assert "Je bent ingelogd als deze organisatie" in text_of(asked)
    assert not [name for name in ("kvk", "organisation") if f'name="{name}"' in asked.content.decode()]
    page = client.post(PAGE, {**GOOD, "key": str(uuid4()), "kvk": "99999999"})["Location"]
    row = queries.by_key(key=key_in(page))
    assert row
    assert (row.applicant, '"employer":"kvk:00000011"' in row.facts) == ("00000011 Verzonnen employer", True)
    decide()
    assert row.number in text_of(client.get("/nl/regelingen/mijn/"))
    assert row.number not in text_of(employer("00000012").get("/nl/regelingen/mijn/"))


def test_what_was_sent_without_signing_in_stands_in_nobodys_list(client: Client) -> None:
    send(client, kvk="00000011")
    assert "Je hebt nog niets aangevraagd" in text_of(employer().get("/nl/regelingen/mijn/"))
    assert client.get("/nl/regelingen/mijn/").status_code == 302
    assert "Je bent niet ingelogd voor een organisatie" in text_of(employer("").get("/nl/regelingen/mijn/"))


def test_a_next_application_asks_nothing_that_the_earlier_one_told(client: Client) -> None:
    page = send(client, account=ACCOUNT, group="87654321")["Location"]
    form = text_of(client.post(f"{page}nog-een/", follow=True))
    assert "uit je vorige aanvraag" in form
    filled = client.get(PAGE).content.decode()
    for value in ("Bakkerij De Verzonnen Bol", "12345678", "87654321"):
        assert f'value="{value}"' in filled
    assert not [word for word in ("Sami", "NL91ABNA", "werk@") if word in filled]
    assert send(client, person="Noor Verzonnen").status_code == 302


def test_how_one_is_reached_and_paid_is_filled_in_for_who_is_signed_in_as_that_number_only() -> None:
    signed = employer()
    page = signed.post(PAGE, {**GOOD, "key": str(uuid4()), "account": ACCOUNT})["Location"]
    for browser, is_filled in ((signed, True), (employer("00000012"), False), (Client(), False)):
        browser.post(f"{page}nog-een/")
        filled = browser.get(PAGE).content.decode()
        assert ("NL91ABNA0417164300" in filled, "werk@verzonnenbol.example" in filled) == (is_filled, is_filled)


def test_answers_of_the_calculator_come_along(client: Client) -> None:
    told = {name: value for name, value in GOOD.items() if name not in ("organisation", "kvk", "person", "born")}
    found = client.post("/nl/regelingen/employer_subsidy/berekenen/", told | {"quantity": "3"})
    assert "Begin met de eerste van 3 aanvragen" in text_of(found)
    page = client.post(f"{PAGE}uit-berekening/", dict(found.context["typed"]), follow=True).content.decode()
    assert 'value="1-7-2022"' in page
    assert 'value="3"' not in page, "one application is about one person"


def test_each_scheme_keeps_its_own_draft_and_the_newest_few_stay(client: Client) -> None:
    client.post(PAGE, {"organisation": "Half getypt", "save": "1"})
    for slug in ("last_obstacle", "ww_training", "reintegration"):
        client.post(f"/nl/regelingen/{slug}/aanvragen/", {"organisation": slug, "save": "1"})
    assert 'value="Half getypt"' in client.get(PAGE).content.decode()
    client.post("/nl/regelingen/sector_schemes/aanvragen/", {"organisation": "x" * 120, "save": "1"})
    assert 'value="Half getypt"' not in client.get(PAGE).content.decode()


@pytest.fixture
def signed_only(exercise: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The employer subsidy as a scheme that asks to sign in."""
    from dichterbij.domains.schemes.rules import applying

    monkeypatch.setattr(applying, "_all", dict)


@pytest.mark.usefixtures("signed_only")
def test_a_scheme_that_asks_it_is_applied_for_signed_in_only_and_nothing_typed_is_lost(client: Client) -> None:
    assert "Log in om aan te vragen" in text_of(client.get(PAGE))
    assert send(client).status_code == 403
    assert not queries.receipts(scheme="employer_subsidy")
    signed = employer()
    signed.cookies["application"] = client.cookies["application"].value
    assert 'value="Sami Verzonnen"' in signed.get(PAGE).content.decode()
    assert signed.post(PAGE, {**GOOD, "key": str(uuid4())}).status_code == 302


def test_its_term_over_the_page_says_that_nothing_is_kept(client: Client) -> None:
    page = send(client)["Location"]
    actions.forget_contacts(actor="tests", now=timezone.now() + timedelta(days=400))
    assert "We hebben je e-mailadres niet" in text_of(client.get(page))
