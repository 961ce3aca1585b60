"""`dichterbij letters`: what waits is told and sent, what may have left is somebody's choice; no address."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from dichterbij.cli.letters import command
from dichterbij.domains.post import actions
from dichterbij.domains.post.errors import UnsureError
from dichterbij.domains.post.rules import Channel, NewLetter
from support.database import connected_to_own_database

ABOUT = "OV-7K4M-2Q"
BEFORE = timezone.now() - timedelta(hours=2)


@pytest.fixture(scope="module")
def outbox(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("letters"):
        yield


@pytest.fixture
def waiting(outbox: None, db: None) -> None:
    """One letter that waits."""
    actions.write([NewLetter(ABOUT, "person", "sami@example.nl", "Overdracht", "Sami wacht")], now=BEFORE)


@pytest.fixture
def unsure(waiting: None) -> None:
    """The same one, given away without an answer."""

    def no_answer(recipient: str, subject: str, text: str) -> None:
        raise UnsureError("no answer")

    actions.send(actor="tests", transports={Channel.MAIL: no_answer}, now=BEFORE)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), obj=nullcontext)


@pytest.mark.usefixtures("waiting")
def test_what_waits_is_told_without_an_address_and_leaves_once(mailoutbox: list[Any]) -> None:
    told = _run("list", "--late", "60")
    assert told.exit_code == 1, "a monitor notices"
    assert f"{ABOUT}  person 1        mail  waiting" in told.output
    assert "1 waiting, 0 unsure" in told.output
    assert "sami" not in told.output
    assert "1 sent, 0 still waiting" in _run("send").output
    assert "0 sent, 0 still waiting" in _run("send").output
    assert [message.to for message in mailoutbox] == [["sami@example.nl"]]
    assert _run("list", "--late", "60").exit_code == 0


@pytest.mark.usefixtures("unsure")
def test_what_may_have_left_is_sent_again_only_when_somebody_says_so(mailoutbox: list[Any]) -> None:
    assert "0 sent, 0 still waiting" in _run("send").output
    told = _run("list", "--late", "600")
    assert told.exit_code == 1
    assert "unsure" in told.output
    assert "1 sent, 0 still waiting" in _run("again", ABOUT).output
    assert len(mailoutbox) == 1
    refused = _run("again", ABOUT)
    assert refused.exit_code == 2
    assert "dichterbij letters list" in refused.output


@pytest.mark.usefixtures("unsure")
def test_what_did_leave_is_said_to_have_left(mailoutbox: list[Any]) -> None:
    assert "1 kept as sent" in _run("left", ABOUT).output
    assert "0 waiting, 0 unsure" in _run("list").output
    assert mailoutbox == []


@pytest.mark.usefixtures("waiting")
def test_what_waits_in_vain_is_dropped_and_stays_to_be_seen_without_an_address(mailoutbox: list[Any]) -> None:
    assert "1 given up" in _run("drop", ABOUT).output
    told = _run("list", "--late", "60", "--refused")
    assert (told.exit_code, f"{ABOUT}  person 1        mail  refused" in told.output) == (0, True)
    assert "sami" not in told.output
    assert "0 sent, 0 still waiting" in _run("send").output
    assert _run("drop", ABOUT).exit_code == 2
    assert mailoutbox == []
