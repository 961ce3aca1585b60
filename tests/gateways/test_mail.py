"""What a mail server does is told apart: it surely did not leave, or it may have."""

import time
from typing import Any

import pytest

from dichterbij.domains.post.errors import RefusedError, UnreachableError, UnsureError
from dichterbij.gateways import mail
from dichterbij.shared.errors import UnavailableError
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


@pytest.mark.parametrize("server", [{"stops_at": "from"}, {"answers": {b"RCPT": b"421 closing"}}])
def test_a_server_that_stands_still_before_it_has_the_letter_surely_did_not_send_it(
    by_smtp: Any, server: dict[str, Any]
) -> None:
    started = time.monotonic()
    with mail_server(MailServer(**server)) as bad, pytest.raises(UnreachableError):
        send_to(bad, by_smtp)
    assert time.monotonic() - started < 3
    assert bad.received == []


def test_a_letter_that_is_not_taken_now_may_be_taken_later(by_smtp: Any) -> None:
    with mail_server(MailServer(answers={b"RCPT": b"450 later"})) as server, pytest.raises(UnavailableError) as raised:
        send_to(server, by_smtp)
    assert type(raised.value) is UnavailableError


def test_an_address_or_subject_that_cannot_be_one_is_refused(by_smtp: Any) -> None:
    with mail_server(MailServer()) as server:
        by_smtp.EMAIL_PORT = server.port
        with pytest.raises(RefusedError):
            mail.send("sami@example.nl\nBcc: ann@example.nl", "Overdracht", "Sami wacht")
    assert server.received == []


def test_a_server_that_refuses_somebody_is_no_reason_to_doubt(by_smtp: Any) -> None:
    with mail_server(MailServer(refused=("sami@",))) as server, pytest.raises(RefusedError):
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


def test_a_page_waits_a_moment_and_what_takes_longer_goes_on_without_it(by_smtp: Any) -> None:
    by_smtp.PAGE_WAITS_FOR_MAIL_S = 0.1
    with mail_server(MailServer(stops_at="taken")) as server:
        by_smtp.EMAIL_PORT = server.port
        for number in range(mail.PAGES_AT_ONCE):
            with pytest.raises(UnsureError):
                mail.send_from_page(f"sami{number}@example.nl", "Code", "12 34 56")
        started = time.monotonic()
        with pytest.raises(UnreachableError):
            mail.send_from_page("late@example.nl", "Code", "12 34 56")
        assert time.monotonic() - started < 0.1, "not one more waits for it"
        server.go_on.set()
        for _ in range(mail.PAGES_AT_ONCE):
            mail._free.acquire(timeout=10)  # every one of them has ended
        mail._free.release(mail.PAGES_AT_ONCE)
    assert sorted(server.received) == [f"sami{number}@example.nl" for number in range(mail.PAGES_AT_ONCE)]


def test_a_page_hears_what_the_server_says_at_once(by_smtp: Any) -> None:
    with mail_server(MailServer(refused=("sami@",))) as server:
        by_smtp.EMAIL_PORT = server.port
        with pytest.raises(RefusedError):
            mail.send_from_page("sami@example.nl", "Code", "12 34 56")
