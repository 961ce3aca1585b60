"""A mail server that stands still: no page waits for it, every letter shows as waiting, and none is lost or doubled."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.post.queries import states
from dichterbij.domains.post.rules import LetterState
from dichterbij.domains.referral import queries
from dichterbij.gateways import mail, outbox, soon
from support.handing import Desks
from support.smtp import MailServer, mailing_by


def given(desks: Desks, browser: Client, number: int) -> tuple[str, float]:
    """Somebody handed over by a helper, with an address of their own: the reference, and how long the page took."""
    started = time.monotonic()
    answer = desks.give(browser, phone="", email=f"slow{number}@example.nl")
    took = time.monotonic() - started
    return queries.handover_of(token=answer["Location"].split("/")[3])[0].reference, took


def letters(reference: str) -> set[LetterState]:
    return set(states([reference], now=timezone.now())[reference].values())


def test_no_page_waits_for_a_mail_server_that_has_a_letter_and_says_nothing(
    nobody: Client, desks: Desks, settings: Any
) -> None:
    given(desks, nobody, 9)  # the first page of a process takes longer
    settings.PAGE_WAITS_FOR_MAIL_S = 0.2
    with mailing_by(MailServer(stops_at="taken"), settings) as server:
        made = [given(desks, nobody, number) for number in range(3)]
        assert max(took for _, took in made) < 5, "the server would have kept each of them for twenty seconds"
        assert server.reached.is_set()
        assert LetterState.SENDING in letters(made[0][0])
        assert letters(made[2][0]) == {LetterState.WAITING}
        server.stops_at = ""
        server.go_on.set()
        soon.finish()
        assert [letters(reference) for reference, _ in made] == [{LetterState.SENT}] * 3
    assert len([one for one in server.received if one.startswith("slow")]) == 3


def test_one_letter_in_doubt_is_enough_and_the_others_wait_for_the_next_round(
    nobody: Client, desks: Desks, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "ANSWER_SECONDS", 0.3)
    with mailing_by(MailServer(stops_at="taken"), settings) as server:
        first, _ = given(desks, nobody, 11)
        second, _ = given(desks, nobody, 12)
        assert len(server.received) == 1
    assert letters(second) == {LetterState.WAITING}
    with mailing_by(MailServer(), settings) as good:
        outbox.send(actor="tests", now=timezone.now())
        assert "slow12@example.nl" in good.received
    assert letters(second) == {LetterState.SENT}
    assert LetterState.SENDING in letters(first), "it may have left: it is never sent again by itself"


def test_who_handed_somebody_over_reads_that_their_letter_was_refused(
    nobody: Client, desks: Desks, settings: Any
) -> None:
    with mailing_by(MailServer(refused=("slow21@",)), settings):
        answer = desks.give(nobody, phone="", email="slow21@example.nl")
        reference = queries.handover_of(token=answer["Location"].split("/")[3])[0].reference
        assert "kwam niet aan" not in nobody.get(answer["Location"]).content.decode(), "it is tried again at first"
        for days in (1, 2, 3):
            outbox.send(actor="tests", now=timezone.now() + timedelta(days=days), about=reference)
    assert "Een bericht kwam niet aan" in nobody.get(answer["Location"]).content.decode()
