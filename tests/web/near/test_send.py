"""Mailing to oneself: plain text, the desk in it, the address used once and kept nowhere."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dichterbij.web.near.cookie import COOKIE
from support.smtp import MailServer, mailing_by

MAIL = "/nl/dichtbij/mail/"
Told = Callable[..., Client]


@pytest.fixture(autouse=True)
def no_messages_sent_yet() -> Iterator[None]:
    """The count of messages begins at nothing."""
    cache.clear()
    yield
    cache.clear()


def test_the_list_comes_as_plain_text_with_the_desk(told: Told) -> None:
    answer = told(pc4=1811).post(MAIL, {"address": "somebody@example.nl"})
    assert "Het is onderweg" in answer.content.decode()
    (message,) = mail.outbox
    assert message.to == ["somebody@example.nl"]
    assert message.subject == "Wat is dicht bij Alkmaar"
    assert "http://localhost/nl/dichtbij/vacature/" in message.body
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in message.body
    assert "<" not in message.body
    assert "&" not in message.body


def test_the_page_ends_with_the_desk_of_the_region(told: Told) -> None:
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in told(pc4=1811).get(MAIL).content.decode()


def test_one_bridge_comes_with_its_steps(told: Told) -> None:
    browser = told(pc4=1813, modes=("bike",), max_travel_minutes=30, avoid=("lifting",))
    browser.post(f"{MAIL}story-keuken-alkmaar/", {"address": "somebody@example.nl"})
    (message,) = mail.outbox
    assert message.subject == "Jouw brug naar: Keukenhulp"
    assert "1. Hulp bij het tillen" in message.body
    assert "Wat je kunt zeggen als je belt" in message.body


def test_the_message_is_there_in_english(told: Told) -> None:
    told(pc4=1811).post("/en/dichtbij/mail/story-keuken-alkmaar/", {"address": "somebody@example.nl"})
    assert "What you can say when you call" in mail.outbox[0].body


@pytest.mark.parametrize(
    "address", ["", "me", "a@b", "x" * 100_000, "a@example.nl\r\nBcc: b@example.nl", "a@example.nl,b@example.nl"]
)
def test_what_is_no_address_is_asked_again(told: Told, address: str) -> None:
    answer = told(pc4=1811).post(MAIL, {"address": address})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert mail.outbox == []


def test_five_messages_an_hour_are_enough(told: Told) -> None:
    browser = told(pc4=1811)
    for number in range(6):
        answer = browser.post(MAIL, {"address": f"somebody{number}@example.nl"})
    assert len(mail.outbox) == 5
    assert "al vijf berichten" in answer.content.decode()


def test_behind_a_proxy_each_visitor_has_five_of_their_own(told: Told, settings: object) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]
    browser = told(pc4=1811)
    for number in range(12):
        seen = f"203.0.113.1, 198.51.100.{number % 2}"
        browser.post(MAIL, {"address": f"somebody{number}@example.nl"}, HTTP_X_FORWARDED_FOR=seen)
    assert len(mail.outbox) == 10


def test_the_address_is_kept_nowhere(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    browser = told(pc4=1811)
    with caplog.at_level(logging.DEBUG):
        answer = browser.post(MAIL, {"address": "somebody@example.nl"})
    assert "somebody" not in answer.content.decode()
    assert "somebody" not in caplog.text
    assert "somebody" not in str(vars(cache)) + str(getattr(cache, "_cache", ""))
    assert COOKIE.name not in answer.cookies


def test_a_mail_server_that_does_not_answer_is_said_in_words(told: Told, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    answer = told(pc4=1811).post(MAIL, {"address": "somebody@example.nl"})
    assert "kon nu niet worden verstuurd" in answer.content.decode()


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ({"hangs_up": True}, "Misschien is het bericht weg"),
        ({"answers": {b"RCPT": b"550 nobody"}}, "naar dit adres geen mail"),
        ({"answers": {b"RCPT": b"450 later"}}, "kon nu niet worden verstuurd"),
    ],
)
def test_whatever_the_mail_server_does_is_said_in_words(
    told: Told, settings: object, server: dict[str, Any], said: str
) -> None:
    with mailing_by(MailServer(**server), settings):
        answer = told(pc4=1811).post(MAIL, {"address": "somebody@example.nl"})
    assert said in answer.content.decode()
    assert "somebody@example.nl" in answer.content.decode()


def test_a_demonstration_says_where_the_message_lies(told: Told, settings: object, tmp_path: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_FILE_PATH = tmp_path  # type: ignore[attr-defined]
    answer = told(pc4=1811).post(MAIL, {"address": "somebody@example.nl"})
    assert str(tmp_path) in answer.content.decode()


def test_mailing_an_opening_that_is_not_there_is_a_page_with_a_way_on(told: Told) -> None:
    assert told(pc4=1811).get(f"{MAIL}no-such-one/").status_code == 404
