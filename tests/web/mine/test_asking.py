"""Asking the link to one's own page without an account: the same answer for everybody, and letters only to oneself."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dichterbij.domains.people import actions, queries
from dichterbij.domains.people.rules import ContactKind, read_link_terms
from dichterbij.gateways import outbox, soon
from dichterbij.gateways.often import count_sending
from dichterbij.web.mine.views.asking import ASKED
from support.people import NUMBERS, Desk, register

START = "/nl/mijn/"


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture(autouse=True)
def quiet_place() -> Iterator[None]:
    """From a place that asked nothing yet; what was asked is done before the next test."""
    cache.clear()
    yield
    soon.finish()
    cache.clear()


@pytest.fixture
def texts(settings: Any, tmp_path: Path) -> Path:
    """The folder where text messages come, as in the demonstration."""
    settings.DEMO, settings.HOME = True, tmp_path
    return tmp_path / "sms"


def ask(browser: Client, reach: str) -> Any:
    response = browser.post(START, {"reach": reach})
    soon.finish()
    return response


def opened(text: str) -> list[UUID | None]:
    """Whose pages the links in a letter open."""
    return [queries.person_of_token(token) for token in re.findall(r"/nl/mijn/([A-Za-z0-9_-]{43})/", text)]


def test_somebody_gets_the_link_by_mail_and_it_opens_the_page(desk: Desk, browser: Client) -> None:
    email = f"sami{next(NUMBERS)}@example.nl"
    person = register(desk, name="Sami Demir", email=email)
    ask(browser, f" {email.upper()} ")
    letter = mail.outbox[-1]
    assert (letter.to, opened(letter.body)) == ([email.upper()], [person])
    link = re.search(r"http://testserver(/nl/mijn/\S+)", letter.body)
    assert link
    told = text_of(browser.get(link[1]))
    assert "Sami Demir" in told
    assert "werkt tot en met" in told


def test_the_answer_is_the_same_for_an_address_that_is_known_and_one_that_is_not(desk: Desk, browser: Client) -> None:
    email = f"noor{next(NUMBERS)}@example.nl"
    register(desk, email=email)
    answers = [ask(browser, reach) for reach in (email, "niemand@example.nl")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/nl/mijn/gevraagd/")}
    assert email not in str([answer.headers for answer in answers])
    assert [bool(opened(letter.body)) for letter in mail.outbox[-2:]] == [True, False]
    page = browser.get("/nl/mijn/gevraagd/")
    assert "Als wij je kennen, is je link onderweg" in text_of(page)
    assert page["Cache-Control"] == "no-store"


def test_a_text_message_goes_to_a_mobile_number_where_texts_are_sent(desk: Desk, browser: Client, texts: Path) -> None:
    number = f"065{next(NUMBERS):07d}"
    person = register(desk, phone=number)
    ask(browser, number)
    (file,) = texts.iterdir()
    assert opened(file.read_text(encoding="utf-8")) == [person]
    ask(browser, f"065{next(NUMBERS):07d}")
    assert len(list(texts.iterdir())) == 1


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ("", "Vul je e-mailadres of telefoonnummer in"),
        ("sami@", "Dat is geen e-mailadres"),
        ("bel maar", "Dat is geen telefoonnummer"),
        ("0229 123456", "Nederlands mobiel nummer"),
        ("x" * 300 + "@example.nl", "te lang"),
    ],
)
def test_what_cannot_be_written_to_is_told(browser: Client, texts: Path, reach: str, words: str) -> None:
    page = browser.post(START, {"reach": reach})
    assert page.status_code == 422
    assert words in text_of(page)


def test_however_much_is_asked_only_one_round_waits(desk: Desk, browser: Client) -> None:
    email, stop, rounds = f"noor{next(NUMBERS)}@example.nl", Event(), []
    register(desk, email=email)

    def busy() -> None:
        rounds.append("busy")
        stop.wait(20)

    def again() -> None:
        rounds.append("again")

    soon.soon(busy)
    for _ in range(3):
        soon.soon(again)
    for _ in range(2):
        browser.post(START, {"reach": email})
    stop.set()
    soon.finish()
    assert rounds == ["busy", "again"]
    assert [letter.to for letter in mail.outbox[-2:]] == [[email], [email]]


def test_a_site_that_is_stopped_after_its_answer_loses_no_link(desk: Desk) -> None:
    contact = actions.NewContact(ContactKind.EMAIL, f"noor{next(NUMBERS)}@example.nl")
    register(desk, email=contact.value)
    site = actions.Site("https://x.example/nl/mijn/{token}/", "https://x.example/nl/mijn/")
    actions.ask_keys(contact=contact, language="nl", site=site, now=timezone.now())
    outbox.send(actor="tests", now=timezone.now())
    assert mail.outbox[-1].to == [contact.value]


def test_where_no_texts_are_sent_a_number_is_told_so(browser: Client) -> None:
    assert "We kunnen hier geen sms sturen" in text_of(browser.post(START, {"reach": "0612345678"}))


def test_not_without_end_from_one_place(browser: Client) -> None:
    most = read_link_terms(timezone.localdate()).an_hour_per_place
    for _ in range(most):
        count_sending(ASKED, "127.0.0.1", problem="", most=most)
    stopped = browser.post(START, {"reach": "niemand@example.nl"})
    assert stopped.status_code == 422
    assert "veel in één uur" in text_of(stopped)


def test_a_printed_link_is_said_to_be_one_and_can_be_made_ones_own(desk: Desk, browser: Client) -> None:
    person = register(desk, name="Sami")
    printed = actions.print_key(
        person=person, actor=desk.adviser, is_here=True, desk="Loket", now=timezone.now() - timedelta(minutes=1),
        site=actions.Site("{token}", ""), by_text=False,
    )  # fmt: skip
    own = f"/nl/mijn/{printed.token}/"
    told = text_of(browser.get(own))
    assert "Deze link is bij een loket geprint" in told
    assert "printte de link naar deze pagina voor jou" in told
    fresh = browser.post(own + "nieuwe-link/")["Location"]
    assert browser.get(own).status_code == 404
    assert "Deze link is bij een loket geprint" not in text_of(browser.get(fresh))


@pytest.mark.parametrize("page", ["werk-wissen/", "intrekken/", "nieuwe-link/", "bij-mijn-account/"])
def test_whoever_only_opens_an_address_for_changes_lands_on_the_page(own: str, browser: Client, page: str) -> None:
    assert browser.get(own + page)["Location"] == own
    assert "1811" in text_of(browser.get(own)), "and nothing changed"
