"""`dichterbij access` as an operator types it."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from dichterbij.cli.access import command
from dichterbij.domains.accounts import queries
from dichterbij.shared.errors import DichterbijError
from support.accounts import organisation

pytestmark = pytest.mark.django_db


def access(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments], obj=nullcontext, catch_exceptions=False)


def day(ahead: int) -> str:
    return f"{timezone.localdate() + timedelta(days=ahead)}"


def opens(key: str) -> bool:
    return queries.by_shown_key(key=key, on=timezone.localdate()).program is not None


def test_a_program_is_made_listed_renewed_and_ended() -> None:
    organisation("Rekenkamer", region="", kind="national")
    made = access("add", "--name=Controle", "--organisation=Rekenkamer", "--right=audit_money", f"--until={day(30)}")
    program, first = made.stdout.split()
    assert opens(first)
    (row,) = map(json.loads, access("list").stdout.splitlines())
    assert row == {"id": program, "name": "Controle", "organisation": "Rekenkamer", "rights": ["audit_money"],
                   "until": day(30), "ended": None}  # fmt: skip
    same, second = access("renew", program, f"--until={day(60)}").stdout.split()
    assert (same, opens(first), opens(second)) == (program, False, True)
    access("end", program)
    assert not opens(second)
    assert json.loads(access("list").stdout)["ended"] == day(0)


@pytest.mark.parametrize(("change", "says"), [
    ({"organisation": "Nergens"}, "no organisation has the name"), ({"right": "alles"}, "audit_money"),
    ({"until": "2020-01-01"}, "after today"),
])  # fmt: skip
def test_what_cannot_be_is_one_sentence(change: dict[str, str], says: str) -> None:
    organisation("Rekenkamer", region="", kind="national")
    told = {"name": "X", "organisation": "Rekenkamer", "right": "audit_money", "until": day(30)} | change
    with pytest.raises(DichterbijError, match=says):
        access("add", *(f"--{name}={value}" for name, value in told.items()))
