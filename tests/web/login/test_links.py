"""Coming in by a link, as somebody who types an address meets it."""

from typing import Any

import pytest
from django.core import mail

from dichterbij.domains.accounts.models import SignInLink, User
from dichterbij.domains.accounts.rules import Actor
from support.accounts import START, Browser, last_link
from support.smtp import MailServer, mailing_by
from web.login.conftest import ANNA

CITIZEN = "fatima@inwoner.example"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_door_asks_who_and_an_address_and_has_no_password(db: None, browser: Browser, language: str) -> None:
    page = browser.client.get(f"/{language}/inloggen/").content.decode()
    assert 'name="door"' in page
    assert 'name="email"' in page
    assert "password" not in page.replace("no password", "")


def test_the_answer_is_the_same_for_an_address_that_is_known_and_one_that_is_not(anna: Actor, browser: Browser) -> None:
    known = browser.ask(ANNA)
    unknown = browser.ask("nobody@rmt.example")
    assert (
        (known.status_code, known["Location"])
        == (unknown.status_code, unknown["Location"])
        == (302, f"{START}gemaild/")
    )
    assert [letter.to for letter in mail.outbox] == [[ANNA], ["nobody@rmt.example"]]
    assert "/link/" not in str(mail.outbox[1].body)


def test_a_citizen_is_in_with_the_link_alone_in_another_browser_too(db: None, browser: Browser) -> None:
    browser.ask(CITIZEN, "citizen")
    phone = Browser()
    answer = phone.follow(last_link())
    assert answer.status_code == 302
    assert phone.is_in()
    assert not browser.is_in()


def test_a_link_is_used_up_by_pressing_the_button_not_by_looking(db: None, browser: Browser) -> None:
    browser.ask(CITIZEN, "citizen")
    link = last_link()
    for _ in range(2):
        assert browser.client.get(link).status_code == 200
    browser.follow(link)
    second = Browser()
    assert second.client.get(link).status_code == 410
    assert second.follow(link).status_code == 410
    assert not second.is_in()


def test_a_link_that_is_too_old_says_so_and_lets_nobody_in(db: None, browser: Browser) -> None:
    browser.ask(CITIZEN, "citizen")
    link = SignInLink.objects.get()
    SignInLink.objects.update(
        expires_at=link.made_at.replace(year=link.made_at.year - 1), made_at=link.made_at.replace(year=2020)
    )
    answer = browser.follow(last_link())
    assert answer.status_code == 410
    assert "werkt niet meer" in answer.content.decode()


def test_a_sixth_link_in_an_hour_is_refused_with_what_was_typed(db: None, browser: Browser) -> None:
    for _ in range(5):
        assert browser.ask(CITIZEN, "citizen").status_code == 302
    answer = browser.ask(CITIZEN, "citizen")
    assert answer.status_code == 429
    assert CITIZEN in answer.content.decode()
    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_down_is_said_and_nothing_typed_is_lost(
    db: None, browser: Browser, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    answer = browser.ask(CITIZEN, "citizen")
    assert answer.status_code == 503
    assert CITIZEN in answer.content.decode()


@pytest.mark.parametrize(
    ("server", "status", "said"),
    [
        ({"hangs_up": True}, 503, "Misschien is de mail weg"),
        ({"answers": {b"RCPT": b"550 nobody"}}, 422, "naar dit adres geen mail"),
        ({"answers": {b"RCPT": b"450 later"}}, 503, "nu geen mail"),
    ],
)
def test_whatever_the_mail_server_does_is_a_sentence_on_the_page(
    db: None, browser: Browser, settings: object, server: dict[str, Any], status: int, said: str
) -> None:
    with mailing_by(MailServer(**server), settings):
        answer = browser.ask(CITIZEN, "citizen")
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert CITIZEN in answer.content.decode()


@pytest.mark.parametrize("given", [{}, {"door": "citizen"}, {"email": "x@y.nl"}, {"door": "boss", "email": "x"}])
def test_a_form_that_is_not_complete_says_what_is_missing(db: None, browser: Browser, given: dict[str, str]) -> None:
    answer = browser.client.post(START, given)
    assert answer.status_code == 422
    assert mail.outbox == []


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/nl/inloggen/uit/"])
def test_signing_in_leads_to_no_other_site(db: None, browser: Browser, evil: str) -> None:
    answer = browser.come_in(CITIZEN, "citizen", next=evil)
    assert "evil" not in answer["Location"]
    assert answer["Location"] != "/nl/inloggen/uit/"
    again = browser.client.get(START, {"next": evil})
    assert again["Location"] == answer["Location"]


def test_somebody_goes_on_to_the_page_they_asked_for(db: None, browser: Browser) -> None:
    refused = browser.client.get(f"{START}account/")
    assert refused["Location"] == f"{START}?next=%2Fnl%2Finloggen%2Faccount%2F"
    answer = browser.come_in(CITIZEN, "citizen", next="/nl/privacy/?a=b")
    assert answer["Location"] == "/nl/privacy/?a=b"


def test_a_session_from_before_signing_in_is_worth_nothing_afterwards(db: None, browser: Browser) -> None:
    browser.client.get(f"{START}account/")
    session = browser.client.session
    session["planted"] = "yes"
    session.save()
    browser.client.cookies["sessionid"] = session.session_key
    browser.come_in(CITIZEN, "citizen")
    assert browser.client.cookies["sessionid"].value != session.session_key
    assert "planted" not in browser.client.session
    thief = Browser()
    thief.client.cookies["sessionid"] = session.session_key
    assert not thief.is_in()


def test_the_form_is_not_taken_from_another_site(db: None) -> None:
    from django.test import Client

    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    assert strict.post(START, {"door": "citizen", "email": CITIZEN}).status_code == 403
    assert not User.objects.exists()
