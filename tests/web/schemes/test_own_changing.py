"""What one changes on an application of one's own, as the one who sent it, and never as somebody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.rules.procedure.payments import invented_account, masked
from dichterbij.gateways.often import count_sending
from dichterbij.web.schemes.views.own_changing import TOO_OFTEN
from support.cases import ANNA, BRAM
from support.roles import browser_of, make_somebody
from web.schemes.test_applying import GOOD, PAGE, decide, exercise, send, text_of
from web.schemes.test_reaching import ACCOUNT, employer, key_in, work

__all__ = ["exercise"]
OTHER = invented_account("INVT", 2)


@pytest.fixture(autouse=True)
def counts() -> None:
    """What other tests sent from here does not count."""
    cache.clear()


def number_of(page: str) -> str:
    row = queries.by_key(key=key_in(page))
    assert row
    return row.number


def granted(page: str) -> None:
    """The officers approve what the rules gave."""
    work()
    number, now = number_of(page), timezone.now()
    row = reading.case(reading.case_of(number), on=timezone.localdate()).row
    cases.approve(case=row.id, version=row.version, proposal=row.proposal or 0, actor=BRAM, now=now)


def settled(page: str) -> None:
    case, now = reading.case_of(number_of(page)), timezone.now()
    version = reading.case(case, on=timezone.localdate()).row.version
    number = cases.propose(case=case, version=version, step=Step.SETTLED, cents=150_000, actor=ANNA, now=now)
    cases.approve(case=case, version=version + 1, proposal=number, actor=BRAM, now=now)


def test_it_is_taken_back_after_reading_what_happens_and_a_mail_says_so(client: Client) -> None:
    page = send(client)["Location"]
    decide()
    assert f'href="{page}intrekken/"' in client.get(page).content.decode()
    asked = text_of(client.get(f"{page}intrekken/"))
    assert "Je krijgt de € 1.500 niet die voor jou waren uitgerekend" in asked
    assert "Dit kun je niet terugdraaien" in asked
    told = client.post(f"{page}intrekken/", follow=True)
    assert "Je hebt deze aanvraag ingetrokken" in text_of(told)
    assert "Uitgerekend" not in text_of(told)
    assert f"{page}intrekken/" not in told.content.decode()
    assert mail.outbox[-1].subject == f"Je aanvraag {number_of(page)} is ingetrokken"
    assert client.post(f"{page}intrekken/", follow=True).status_code == 200


def test_after_the_decision_it_says_what_happens_then_and_an_officer_gets_a_task(client: Client) -> None:
    page = send(client)["Location"]
    granted(page)
    asked = text_of(client.get(f"{page}intrekken/"))
    assert "Er is al een besluit" in asked
    assert "Er is nog niets betaald" in asked
    told = text_of(client.post(f"{page}intrekken/", follow=True))
    assert "We weten dat je wilt stoppen" in told
    assert [one.kind for one in reading.tasks()] == ["applicant_stops"]


def test_another_address_and_account_are_saved_hidden_and_told_to_both_addresses(client: Client) -> None:
    page = send(client, account=ACCOUNT)["Location"]
    form = text_of(client.get(f"{page}gegevens/"))
    assert "Nu: w…@verzonnenbol.example" in form
    done = client.post(f"{page}gegevens/", {"email": "baas@example.nl", "account": OTHER}, follow=True)
    told = text_of(done)
    assert "Je gegevens zijn gewijzigd" in told
    assert "Iemand kijkt naar dit nummer voordat we betalen" in told
    assert (masked(OTHER) in told, OTHER in told) == (True, False)
    assert {one.to[0] for one in mail.outbox[-2:]} == {"werk@verzonnenbol.example", "baas@example.nl"}
    assert [one.kind for one in reading.tasks()] == ["account_by_applicant"]


def test_nobody_is_mailed_without_end_by_who_corrects_again_and_again(client: Client) -> None:
    page = send(client)["Location"]
    count_sending(TOO_OFTEN, number_of(page), problem="")
    for turn in range(4):
        assert client.post(f"{page}gegevens/", {"email": f"baas{turn}@example.nl"}).status_code == 302
    sent = len(mail.outbox)
    answer = client.post(f"{page}gegevens/", {"email": "baas@example.nl"})
    assert (answer.status_code, "Dat is veel in één uur" in text_of(answer)) == (422, True)
    assert len(mail.outbox) == sent


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "Vul in wat er nu anders is"),
        ({"email": "baas"}, "naam@voorbeeld.nl"),
        ({"account": "NL91ABNA0417164301"}, "geen rekeningnummer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(client: Client, given: dict[str, str], problem: str) -> None:
    page = send(client, account=ACCOUNT)["Location"]
    answer = client.post(f"{page}gegevens/", given)
    assert (answer.status_code, problem in text_of(answer)) == (422, True)
    assert len(mail.outbox) == 1


def test_what_was_sent_signed_in_is_changed_signed_in_only(client: Client) -> None:
    signed = employer()
    page = signed.post(PAGE, {**GOOD, "key": str(uuid4()), "account": ACCOUNT})["Location"]
    for stranger in (client, employer("00000012")):
        for path, given in (("gegevens/", {"account": OTHER}), ("intrekken/", {})):
            refused = stranger.post(f"{page}{path}", given)
            assert (refused.status_code, "Log in om je aanvraag te wijzigen" in text_of(refused)) == (403, True)
    kept = queries.contact_of(number_of(page))
    assert kept
    assert kept.account == "NL91ABNA0417164300"
    assert signed.post(f"{page}gegevens/", {"account": OTHER}).status_code == 302
    assert f"{page}intrekken/" in signed.get("/nl/regelingen/mijn/").content.decode()
    assert signed.post(f"{page}intrekken/").status_code == 302
    assert "Je hebt deze aanvraag ingetrokken" in text_of(signed.get("/nl/regelingen/mijn/"))


def test_each_step_of_the_money_has_its_own_day(client: Client) -> None:
    page = send(client)["Location"]
    granted(page)
    told = text_of(client.get(page))
    assert "We stellen het bedrag vast: dan staat vast wat je krijgt uiterlijk" in told
    assert "Wij betalen binnen 6 weken daarna" in told
    settled(page)
    told = text_of(client.get(page))
    assert "We stelden het bedrag vast: nu staat vast wat je krijgt" in told
    assert "Wij betalen uiterlijk" in told
    assert "daarna" not in told.partition("Hoe we je bereiken")[0]


def test_the_article_of_the_law_is_told_in_plain_words_before_its_number(client: Client) -> None:
    page = send(client)["Location"]
    decide()
    told = text_of(client.get(page))
    assert "Eerst zeggen we het bedrag toe. Later stellen we het vast. Algemene wet bestuursrecht (Awb), art" in told


def test_the_next_placement_keeps_mail_and_account_without_showing_them(client: Client) -> None:
    page = send(client, account=ACCOUNT)["Location"]
    form = client.post(f"{page}nog-een/", follow=True)
    shown = text_of(form)
    assert f"Leeg: zoals bij {number_of(page)}, w…@verzonnenbol.example" in shown
    assert "NL91ABNA" not in form.content.decode()
    given = {**GOOD, "email": "", "account": "", "person": "Noor Verzonnen", "key": str(uuid4())}
    again = client.post(PAGE, {**given, "before": str(key_in(page))})
    kept = queries.contact_of(number_of(again["Location"]))
    assert kept
    assert (kept.email, kept.account) == ("werk@verzonnenbol.example", "NL91ABNA0417164300")
    assert client.post(PAGE, {**given, "key": str(uuid4()), "before": str(uuid4())}).status_code == 422


def test_an_application_whose_contact_is_gone_has_nothing_to_correct(client: Client) -> None:
    page = send(client)["Location"]
    actions.forget_contacts(actor="tests", now=timezone.now() + timedelta(days=400))
    assert client.get(f"{page}gegevens/")["Location"] == page


def test_the_officer_sees_the_changed_number_and_takes_it_over_with_a_reason_only(client: Client) -> None:
    page = send(client, account=ACCOUNT)["Location"]
    work()
    client.post(f"{page}gegevens/", {"account": OTHER})
    officer = browser_of(make_somebody(Role.SCHEME_OFFICER, ""))
    case = f"/nl/regelingen/werk/zaak/{reading.case_of(number_of(page))}/"
    told = text_of(officer.get(case))
    assert f"De aanvrager wijzigde het in {OTHER}. Bel eerst" in told
    assert "De aanvrager gaf een ander rekeningnummer" in told
    assert "Neem dit rekeningnummer over" not in told
    version = str(reading.case(reading.case_of(number_of(page)), on=timezone.localdate()).row.version)
    given = {"do": "account", "version": version, "account-account": OTHER}
    assert officer.post(case, given).status_code == 422
    assert officer.post(case, given | {"account-reason": "Gebeld."}).status_code == 302
    assert not reading.tasks()
