"""The person's page of a hand-over, and what a desk can do for the person: never does the link reach anybody else."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from dichterbij.domains.people import queries as people
from dichterbij.domains.people.actions import Site, Through, correct_person, forget_person, new_token
from dichterbij.domains.people.actions.own import Corrected
from dichterbij.domains.people.rules import ContactKind, NewContact
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.gateways import soon
from dichterbij.shared.errors import NotFoundError
from support.handing import Desks
from support.people import NUMBERS
from support.referral import organisation_of

SELF = Through("self", "")
KEY = r"/nl/mijn/([A-Za-z0-9_-]{43})/"


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def row_of(response: Any) -> HandoverRow:
    return queries.handover_of(token=response["Location"].split("/")[3])[0]


def page_of(response: Any) -> str:
    return str(response["Location"]).partition("?")[0]


@pytest.fixture
def email() -> str:
    """An address of nobody else."""
    return f"kees{next(NUMBERS)}@example.nl"


def pressed(browser: Client, page: str) -> Any:
    answer = browser.post(f"{page}mijn-link/", follow=True)
    soon.finish()
    return answer


def test_the_link_goes_to_the_persons_own_address_and_stands_nowhere_else(
    nobody: Client, desks: Desks, email: str, caplog: pytest.LogCaptureFixture
) -> None:
    sent = desks.give(nobody, phone="", email=email)
    page = page_of(sent)
    assert "k•••@example.nl" not in text_of(nobody.get(page)), "not before it was asked"
    answer = pressed(nobody, page)
    letter = mail.outbox[-1]
    token = re.search(KEY, letter.body)
    assert letter.to == [email]
    assert token
    assert people.person_of_token(token[1]) == row_of(sent).person
    assert "k•••@example.nl" in text_of(answer)
    for place in (answer.content.decode(), str(answer.redirect_chain), caplog.text):
        assert token[1] not in place
        assert email not in place


def test_the_answer_is_the_same_after_the_person_changed_the_address(nobody: Client, desks: Desks, email: str) -> None:
    sent = desks.give(nobody, phone="", email=email)
    before, person = text_of(pressed(nobody, page_of(sent))), row_of(sent).person
    assert person
    other = NewContact(ContactKind.EMAIL, f"nieuw{email}")
    correct_person(
        person=person, corrected=Corrected("Kees", "nl", [other]), by=SELF, site=Site("", ""), by_text=False,
        now=timezone.now(),
    )  # fmt: skip
    assert text_of(pressed(nobody, page_of(sent))) == before
    assert mail.outbox[-1].to == [other.value]


def test_who_has_nothing_to_be_written_to_reads_where_to_go(nobody: Client, desks: Desks) -> None:
    page = page_of(desks.give(nobody, phone="0229 123456"))
    assert "Daar kunnen ze de link voor je printen" in text_of(nobody.get(page))
    pressed(nobody, page)
    assert not any("eigen pagina" in letter.subject for letter in mail.outbox)


def test_with_a_mobile_number_only_link_and_hand_over_come_as_texts(
    nobody: Client, desks: Desks, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.HOME = True, tmp_path
    sent = desks.give(nobody, phone=f"065{next(NUMBERS):07d}")
    (first,) = (tmp_path / "sms").iterdir()
    assert page_of(sent) in first.read_text(encoding="utf-8")
    pressed(nobody, page_of(sent))
    told = [file.read_text(encoding="utf-8") for file in (tmp_path / "sms").iterdir()]
    keys = [people.person_of_token(found[1]) for text in told if (found := re.search(KEY, text))]
    assert keys == [row_of(sent).person]


def test_a_desk_has_the_link_sent_and_never_sees_it(nobody: Client, desks: Desks, email: str) -> None:
    row = row_of(desks.give(nobody, desks.world.loket, phone="", email=email))
    address = f"/nl/vandaag/overdracht/{row.id}/link/"
    loket = desks.browser(desks.world.loket)
    answer = loket.post(address, {"send": "1"})
    soon.finish()
    token = re.search(KEY, mail.outbox[-1].body)
    assert token
    assert "k•••@example.nl" in text_of(answer)
    assert token[1] not in answer.content.decode()
    stranger = desks.browser(desks.world.uwv)
    assert [stranger.get(address).status_code, stranger.post(address, {"send": "1"}).status_code] == [404, 404]
    assert Client().get(address).status_code == 302


def test_a_desk_prints_the_link_only_after_saying_that_the_person_is_there(nobody: Client, desks: Desks) -> None:
    row = row_of(desks.give(nobody, desks.world.loket))
    assert row.person
    before = new_token(person=row.person, by=SELF, now=timezone.now())
    address, loket = f"/nl/vandaag/overdracht/{row.id}/link/", desks.browser(desks.world.loket)
    refused = loket.post(address, {"print": "1"})
    assert refused.status_code == 422
    assert people.person_of_token(before) == row.person
    sheet = loket.post(address, {"print": "1", "is_here": "on"})
    token = re.search(KEY, sheet.content.decode())
    assert token
    assert (people.person_of_token(before), people.person_of_token(token[1])) == (None, row.person)
    assert sheet["Cache-Control"] == "no-store"
    assert "Sami" not in text_of(sheet), "a paper lies about"
    told = text_of(nobody.get(f"/nl/mijn/{token[1]}/"))
    assert re.search(r"leerwerkloket AM13 \w+ printte de link naar deze pagina voor jou", told)


def test_a_desk_sends_and_prints_the_link_of_one_person_a_few_times_an_hour(
    nobody: Client, desks: Desks, email: str
) -> None:
    row = row_of(desks.give(nobody, desks.world.loket, email=email))
    address, loket = f"/nl/vandaag/overdracht/{row.id}/link/", desks.browser(desks.world.loket)
    for given in ({"print": "1", "is_here": "on"}, {"send": "1"}):
        answers = [loket.post(address, given) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
        assert "veel in één uur voor één persoon" in text_of(answers[-1])
    soon.finish()


def test_who_asks_a_link_reads_that_none_goes_to_an_address_of_a_desk(nobody: Client, desks: Desks, email: str) -> None:
    answer = pressed(nobody, page_of(desks.give(nobody, phone="", email=email)))
    assert "niet naar het adres van iemand die bij een loket werkt" in text_of(answer)


def test_a_desk_hands_the_same_person_over_again_without_asking_twice(nobody: Client, desks: Desks) -> None:
    row = row_of(desks.give(nobody, desks.world.loket))
    address, loket = f"/nl/vandaag/overdracht/{row.id}/opnieuw/", desks.browser(desks.world.loket)
    form = loket.get(address).context["form"]
    assert "name" not in form.fields
    given = {
        "question": "Zoekt ook hulp met geld", "topic": "debts", "to": str(organisation_of(desks.world.wsp)),
        "agreed": "1", "token": form["token"].value(), "desk": form["desk"].value(),
    }  # fmt: skip
    assert loket.post(address, given | {"agreed": ""}).status_code == 422
    second = row_of(loket.post(address, given))
    assert (second.person, second.topic, second.ball.holder) == (row.person, "debts", organisation_of(desks.world.wsp))
    assert row_of(loket.post(address, given)).id == second.id
    assert desks.browser(desks.world.uwv).get(address).status_code == 404


def test_a_desk_hears_once_that_somebody_is_with_another_desk_already(desks: Desks) -> None:
    number, known = f"065{next(NUMBERS):07d}", "staat al bij een ander loket"
    wsp, uwv = desks.browser(desks.world.wsp), desks.browser(desks.world.uwv)
    first = desks.give(wsp, desks.world.loket, phone=number)
    assert known not in text_of(wsp.get(first["Location"]))
    second = desks.give(uwv, desks.world.loket, phone=number)
    assert known in text_of(uwv.get(second["Location"]))
    assert known not in text_of(uwv.get(second["Location"]))
    third = desks.give(Client(), desks.world.loket, phone=number)
    assert known not in text_of(uwv.get(third["Location"])), "nobody without an account hears it"


def test_another_name_in_a_form_that_comes_back_is_another_person(nobody: Client, desks: Desks) -> None:
    address = "/nl/overdragen/AM13/work/"
    given = desks.filled(nobody.get(address))
    first, other = nobody.post(address, given), nobody.post(address, given | {"name": "Noor"})
    assert row_of(first).id != row_of(other).id
    assert row_of(nobody.post(address, given)).id == row_of(first).id


def test_for_oneself_the_form_says_you(nobody: Client) -> None:
    told = text_of(nobody.get("/nl/overdragen/zelf/AM13/work/"))
    for words in ("Wat wil je graag?", "Je naam of roepnaam", "Hoe kan het loket jou bereiken?", "Verstuur mijn vraag"):
        assert words in told
    assert "deze persoon" not in told.lower()
    english = text_of(nobody.get("/en/overdragen/zelf/AM13/work/"))
    assert "What would you like?" in english
    assert "this person" not in english.lower()


def test_the_question_is_picked_in_the_form_and_the_desk_for_it_is_proposed(desks: Desks) -> None:
    rmt = desks.browser(desks.world.rmt)
    address = "/nl/overdragen/AM13/work/"
    page = rmt.get(address)
    assert page.context["to"][0].organisation.kind == "wsp", "an RMT hands on to who knows the employers"
    assert page.context["to"][0].why
    given = desks.filled(page, desks.world.wsp, topic="learning", question="Wil leren")
    proposed = rmt.post(address, given | {"propose": "1"})
    assert proposed.status_code == 200
    assert proposed.context["form"]["to"].value() == str(organisation_of(desks.world.loket))
    assert proposed.context["form"]["question"].value() == "Wil leren"
    assert row_of(rmt.post(address, given)).topic == "learning"


def test_stopping_what_a_partner_accepted_ends_what_it_saw_by_consent(nobody: Client, desks: Desks) -> None:
    from dichterbij.domains.accounts.rules import Role
    from support.referral import make_actor

    partner = make_actor("AM13", "partner", Role.ADVISER)
    sent = desks.give(nobody, partner)
    row = row_of(sent)
    assert row.person
    desks.do(desks.browser(partner), row.id, "accept")
    asked: dict[str, Any] = {"actor": partner, "person": row.person, "purpose": "guide_person"}
    assert people.person(**asked, now=timezone.now()).name == "Sami"
    nobody.post(f"{page_of(sent)}stoppen/")
    with pytest.raises(NotFoundError):
        people.person(**asked, now=timezone.now())
    consents = people.own_page(person=row.person, now=timezone.now()).consents
    assert all(one.withdrawn_at for one in consents if one.partner.id == partner.organisation)


def test_the_old_page_leads_on_to_the_next_one_where_it_can_be_stopped(nobody: Client, desks: Desks) -> None:
    given = desks.give(nobody, desks.world.loket)
    row, loket = row_of(given), desks.browser(desks.world.loket)
    assert nobody.get(f"{page_of(given)}verder/").status_code == 404
    desks.do(loket, row.id, "accept")
    to = str(organisation_of(desks.world.uwv))
    desks.do(loket, row.id, "close", version=2, ending="not_suitable", to=to, agreed="1", reason="Eerst inkomen")
    page = nobody.get(page_of(given))
    assert f'href="{page_of(given)}verder/"' in page.content.decode()
    assert "Antwoord uiterlijk" in text_of(page)
    onward = nobody.get(f"{page_of(given)}verder/")
    assert "uwv AM13" in text_of(onward)
    stopped = nobody.post(f"{page_of(given)}verder/stoppen/", follow=True)
    assert "Deze overdracht is gestopt" in text_of(stopped)


def test_the_own_page_lists_hand_overs_and_stops_one(nobody: Client, desks: Desks) -> None:
    sent = desks.give(nobody, desks.world.loket, question="Wil <b>koken</b>")
    row = row_of(sent)
    assert row.person
    own = f"/nl/mijn/{new_token(person=row.person, by=SELF, now=timezone.now())}/"
    told = text_of(nobody.get(own))
    for words in ("Wil &lt;b&gt;koken&lt;/b&gt;", row.reference, "moet nu antwoorden", "088 123 45 67"):
        assert words in told
    taken = nobody.get(f"{own}meenemen.json").json()["hand_overs"]
    assert [(one["reference"], one["question"], one["state"]) for one in taken] == [
        (row.reference, "Wil <b>koken</b>", "sent")
    ]
    assert "Antwoord" in text_of(nobody.get(f"{own}meenemen/"))
    one = f"{own}vraag/{row.id}/"
    assert nobody.get(f"{one}stoppen/").status_code == 302
    assert "moet nu antwoorden" in text_of(nobody.get(one)), "only opening it stops nothing"
    assert "Deze overdracht is gestopt" in text_of(nobody.post(f"{one}stoppen/", follow=True))
    other = row_of(desks.give(nobody, desks.world.loket))
    assert nobody.get(f"{own}vraag/{other.id}/").status_code == 404
    assert nobody.post(f"{own}vraag/{other.id}/stoppen/").status_code == 404
    assert queries.handover_of(token=page_of(sent).split("/")[3])[0].state == "withdrawn"


def test_who_asked_for_themselves_reads_you_and_no_word_for_a_helper(nobody: Client, desks: Desks) -> None:
    address = "/nl/overdragen/zelf/AM13/work/"
    given = desks.filled(nobody.get(address), email=f"zelf{next(NUMBERS)}@example.nl")
    sent = nobody.post(address, given)
    told = text_of(nobody.get(sent["Location"]))
    assert "Je vraag is verstuurd" in told
    assert "jijzelf" in told
    assert "Jijzelf vroeg" in told
    assert "de persoon zelf" not in told.lower()
    row = row_of(sent)
    assert row.ball.holder is not None
    helped = text_of(nobody.get(desks.give(nobody, sender_words="de buurvrouw")["Location"]))
    assert "hij is van de persoon zelf" in helped
    assert "De buurvrouw vroeg" in helped


def test_after_being_forgotten_the_page_says_nothing_about_who_it_was(nobody: Client, desks: Desks) -> None:
    sent = desks.give(nobody, sender_words="de buurvrouw")
    row, path = row_of(sent), sent["Location"].partition("?")[0]
    assert row.person
    assert "Stuur als sms" in text_of(nobody.get(path))
    forget_person(person=row.person, by=SELF, now=timezone.now())
    told = text_of(nobody.get(path))
    for words in ("Stuur als sms", "buurvrouw", "De persoon zelf vroeg", "ijzelf", "“-”"):
        assert words not in told
    assert "iemand die gewist is" in told
