"""The machine stops, or the mail server does: nobody gets a letter twice, and none is lost in silence."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.utils import timezone

from dichterbij.domains.post import actions, queries
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.rules import NewLetter
from dichterbij.domains.post.seeing import own_work
from dichterbij.gateways import outbox
from support.database import named, server
from support.people import as_the_site
from support.site import environment_of
from support.smtp import MailServer, mail_server

WORKER = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", "letters", "send"]
SECONDS = 60


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("faultspost"):
        yield


@pytest.fixture
def by_smtp(site: None, settings: Any) -> Any:
    """An empty outbox, and mail as an installation sends it."""
    with own_work():
        Letter.objects.all().delete()
    settings.EMAIL_BACKEND = "dichterbij.gateways.mail.Backend"
    settings.EMAIL_HOST = "127.0.0.1"
    return settings


def written(count: int) -> list[str]:
    """So many letters that wait; to whom."""
    people = [f"person{number}@example.nl" for number in range(count)]
    letters = [
        NewLetter("OV-7K4M-2Q", "person", one, "Overdracht", "Sami", number) for number, one in enumerate(people)
    ]
    actions.write(letters, now=timezone.now())
    return people


def worker(port: int) -> "subprocess.Popen[str]":
    """`dichterbij letters send` in a process of its own."""
    with server() as address:
        url = named(address, str(connections["default"].settings_dict["NAME"]))
    environment = environment_of(url) | {
        "DICHTERBIJ_DEMO": "0", "DICHTERBIJ_SMTP_HOST": "127.0.0.1", "DICHTERBIJ_SMTP_PORT": str(port),
        "DICHTERBIJ_HOME": str(django_settings.HOME),
    }  # fmt: skip
    return subprocess.Popen(WORKER, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def round_by(server: MailServer, settings: Any) -> actions.Outbox:
    """One round of this process."""
    settings.EMAIL_PORT = server.port
    return outbox.send(actor="tests", now=timezone.now())


@pytest.mark.parametrize(
    ("point", "arrived"),
    [
        pytest.param("greeting", 0, marks=pytest.mark.long),
        pytest.param("from", 0, marks=pytest.mark.long),
        pytest.param("taken", 1, marks=pytest.mark.long),
        ("quit", 1),  # the mail server said yes; our own note of it was not made
    ],
)
def test_a_sender_that_is_killed_sends_nothing_twice_and_loses_nothing_in_silence(
    by_smtp: Any, point: str, arrived: int
) -> None:
    people = written(2)
    with mail_server(MailServer(stops_at=point)) as bad:
        process = worker(bad.port)
        assert bad.reached.wait(SECONDS)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=SECONDS)
    assert len(bad.received) == arrived
    with mail_server(MailServer()) as good:
        assert round_by(good, by_smtp) == actions.Outbox(sent=1)
        assert round_by(good, by_smtp) == actions.Outbox()
    assert good.received == people[1:]
    later = timezone.now() + timedelta(minutes=10)
    assert queries.outbox(now=later).unsure == 1
    assert actions.send_again(about="OV-7K4M-2Q", actor="ann", now=later) == 1
    with mail_server(MailServer()) as good:
        assert round_by(good, by_smtp) == actions.Outbox(sent=1)
    assert good.received == people[:1]


def test_a_server_that_is_down_keeps_everything_waiting_and_everything_leaves_once(by_smtp: Any) -> None:
    people = written(5)
    with mail_server(MailServer()) as closed:
        pass
    assert round_by(closed, by_smtp) == actions.Outbox(waiting=5)
    assert queries.outbox(now=timezone.now()).waiting == 5
    with mail_server(MailServer()) as good:
        assert round_by(good, by_smtp) == actions.Outbox(sent=5)
        assert round_by(good, by_smtp) == actions.Outbox()
    assert sorted(good.received) == people


@pytest.mark.long
def test_three_senders_at_once_send_each_letter_once(by_smtp: Any) -> None:
    people = written(60)
    with ExitStack() as stack, mail_server(MailServer()) as good:
        processes = [stack.enter_context(worker(good.port)) for _ in range(3)]
        told = [process.communicate(timeout=SECONDS)[0] for process in processes]
    assert sorted(good.received) == sorted(people)
    assert sum(int(text.split()[0]) for text in told) == 60


@pytest.mark.long
def test_a_sender_without_a_database_says_so_and_sends_nothing(by_smtp: Any) -> None:
    """The database goes away in the middle of a round: what was given away is not sent again."""
    people = written(3)
    with mail_server(MailServer(stops_at="taken")) as bad:
        process = worker(bad.port)
        assert bad.reached.wait(SECONDS)
        _cut_off(process)
        bad.stops_at = ""
        bad.go_on.set()
        process.communicate(timeout=SECONDS)
    assert process.returncode != 0
    with mail_server(MailServer()) as good:
        round_by(good, by_smtp)
    assert sorted(bad.received + good.received) == people


def _cut_off(process: "subprocess.Popen[str]") -> None:
    """End every connection of others to our database."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        cursor.execute("SET ROLE dichterbij_site")
    assert process.poll() is None
