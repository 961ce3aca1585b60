"""What a mail server does is told apart: it surely did not leave, or it may have."""

import smtplib
import time
from typing import Any

import pytest

from dichterbij.domains.post.errors import UnreachableError, UnsureError
from dichterbij.gateways import mail
from support.smtp import MailServer, mail_server


@pytest.fixture
def by_smtp(settings: Any) -> Any:
    """Mail as an installation sends it, impatiently."""
    settings.EMAIL_BACKEND = "dichterbij.gateways.mail.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 0.5
    return settings


def send_to(server: MailServer, settings: Any) -> None:
    settings.EMAIL_PORT = server.port
    mail.send("sami@example.nl", "Over\ndracht", "Sami wacht\n.\nnog steeds")


def test_a_letter_leaves_whole(by_smtp: Any) -> None:
    with mail_server(MailServer()) as server:
        send_to(server, by_smtp)
    assert server.received == ["sami@example.nl"]


def test_no_server_is_known_at_once(by_smtp: Any) -> None:
    with pytest.raises(UnreachableError):
        mail.send("sami@example.nl", "Overdracht", "Sami wacht")


def test_a_server_that_says_nothing_is_not_waited_for(by_smtp: Any) -> None:
    started = time.monotonic()
    with mail_server(MailServer(stops_at="greeting")) as server, pytest.raises(UnreachableError):
        send_to(server, by_smtp)
    assert time.monotonic() - started < 3
    assert server.received == []


def test_a_server_that_refuses_somebody_is_no_reason_to_doubt(by_smtp: Any) -> None:
    with mail_server(MailServer(refused=("sami@",))) as server, pytest.raises(smtplib.SMTPRecipientsRefused):
        send_to(server, by_smtp)
    assert server.received == []


def test_a_server_that_took_it_and_hung_up_leaves_doubt(by_smtp: Any) -> None:
    with mail_server(MailServer(hangs_up=True)) as server, pytest.raises(UnsureError):
        send_to(server, by_smtp)
    assert server.received == ["sami@example.nl"]


def test_a_goodbye_without_an_answer_changes_nothing(by_smtp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "ANSWER_SECONDS", 0.3)
    with mail_server(MailServer(stops_at="quit")) as server:
        send_to(server, by_smtp)
    assert server.received == ["sami@example.nl"]
