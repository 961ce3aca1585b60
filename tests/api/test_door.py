"""What goes wrong inside is told without the inside; and what holds for every address."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from dichterbij.api import schemes
from support.programs import BASE, Program, as_described

pytestmark = pytest.mark.usefixtures("site")


def breaking(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The list of schemes cannot be read any more."""

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(schemes.files, "schemes", broken)


def test_our_own_mistake_tells_nothing_of_the_inside_nor_of_what_was_sent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    breaking(monkeypatch, ValueError("Sami, 06 12345678"))
    answer = Client(raise_request_exception=False).get(f"{BASE}/regelingen")
    told = as_described(answer)
    assert (answer.status_code, told["type"]) == (500, "urn:dichterbij:500")
    assert "Idempotency-Key" in told["detail"]
    with caplog.at_level(logging.ERROR):
        assert "Sami" not in answer.content.decode() + caplog.text
    assert "ValueError" in caplog.text


def test_a_database_that_rests_asks_to_come_back(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, OperationalError("no server"))
    answer = Client().get(f"{BASE}/regelingen")
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert as_described(answer)["type"] == "urn:dichterbij:unavailable"


def test_a_head_is_answered_as_a_get_without_its_body() -> None:
    answer = Client().head(f"{BASE}/regelingen")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["API-Version"]


def test_browsers_are_told_to_keep_out() -> None:
    answer = Client().get(f"{BASE}/regelingen")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert "Access-Control-Allow-Origin" not in answer


def test_a_program_needs_no_cookie_and_gets_none() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"{BASE}/regelingen/employer_subsidy/berekeningen", {}, content_type="application/json")
    assert answer.status_code == 400
    assert not answer.cookies
