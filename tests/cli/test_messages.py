"""`dichterbij messages`: what waits is told and sent, and nobody's name is shown."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from dichterbij.cli.messages import command
from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.openings import actions
from dichterbij.domains.regions import actions as regions
from support.database import connected_to_own_database

SENDER = actions.NewSender("Bakkerij Zon", "Ans Zon", "ans@example.nl", "", "", "", "")


@pytest.fixture(scope="module")
def postcodes(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("cli"):
        load_reference(sets=regions.reference_sets(), actor="tests", now=timezone.now())
        yield


@pytest.fixture
def placed(postcodes: None, db: None) -> str:
    """The reference of a message whose copy waits, and whose term is over."""
    message = actions.NewMessage("Bakker", None, 1811, "AM15", "AM15-wsp", True, "nl", {}, date(2026, 7, 1))
    row = actions.place_message(
        actor="employer", token="t", message=message, sender=SENDER, now=datetime(2026, 1, 1, tzinfo=UTC),
        compose=lambda row, handed: [actions.NewLetter("copy", "ans@example.nl", "Kopie", "Ans Zon zoekt een bakker")],
    )  # fmt: skip
    return row.reference


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), obj=nullcontext)


def test_regions_whose_desk_for_employers_is_not_here_are_named(placed: str) -> None:
    told = _run("desks")
    assert told.exit_code == 0
    assert "AM15" in told.output.split()


def test_the_list_tells_what_waits_and_nobodys_name(placed: str) -> None:
    for arguments in (["list"], ["list", "--waiting"], ["list", placed.lower()]):
        told = _run(*arguments)
        assert told.exit_code == 0
        assert re.search(rf"{placed} .*AM15 .*copy: waiting .*Bakker", told.output)
        assert "Zon" not in told.output


def test_a_slip_in_a_reference_is_told(placed: str) -> None:
    wrong = placed[:-1] + ("2" if placed[-1] != "2" else "3")
    told = _run("list", wrong)
    assert told.exit_code == 2
    assert "is no reference" in told.output


def test_who_sent_it_is_forgotten_after_a_dry_run_said_so(placed: str) -> None:
    assert "1 would be forgotten" in _run("forget", "--dry-run").output
    assert placed in _run("forget").output
    assert "0 forgotten" in _run("forget").output
