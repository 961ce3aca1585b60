"""`dichterbij handovers`: what is late moves up and is told by reference; letters leave once."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from dichterbij.cli.handovers import command
from dichterbij.domains.accounts.rules import Role
from support.database import connected_to_own_database
from support.referral import World, make_actor, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), connected_to_own_database("handovers"):
        yield make_world(make_actor("", "national", Role.NATIONAL_TEAM))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), obj=nullcontext)


def test_what_is_late_moves_up_once_and_its_letters_leave_once(world: World, mailoutbox: list[Any]) -> None:
    row = world.send(now=timezone.now() - timedelta(days=20))
    told = _run("remind")
    assert told.exit_code == 0
    assert f"{row.reference}  moved up" in told.output
    assert "Sami" not in told.output
    letters = len(mailoutbox)
    assert letters >= 2
    again = _run("remind")
    assert "moved up\n" not in again.output
    assert len(mailoutbox) <= letters + 1, "at most a reminder to whoever has it now"
    assert "0 letters sent, 0 still waiting" in _run("remind").output
