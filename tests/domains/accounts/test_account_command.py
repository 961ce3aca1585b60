"""`dichterbij account` as an operator types it."""

import json
import sys
from collections.abc import Callable

import pytest
from django.utils import timezone

from dichterbij.cli import main
from dichterbij.domains.accounts import queries
from dichterbij.domains.accounts.models import User
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.accounts.rules.demo import demo_list, demo_organisations

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`account("add", ...)` gives exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dichterbij", "account", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        heard = capsys.readouterr()
        return code, heard.out, heard.err

    return run


def test_the_first_administrator_is_made_from_nothing(account: Run) -> None:
    made = account("add-organisation", "--name", "Beheer", "--kind", "national")[1].strip()
    assert json.loads(account("organisations")[1]) == {"id": made, "name": "Beheer", "kind": "national"}
    code, _, said = account("add", "--email", "Aziz@Beheer.example", "--organisation", "Beheer")
    assert (code, "aziz@beheer.example is administrator now" in said) == (0, True)
    (held,) = queries.memberships_of(user=User.objects.get().pk, on=timezone.localdate(User.objects.get().made_at))
    assert (held.role, str(held.organisation)) == (Role.ADMINISTRATOR, made)
    again = account("add", "--email", "aziz@beheer.example", "--organisation", made)
    assert (again[0], "that role there already" in again[2]) == (2, True)


@pytest.mark.parametrize(("arguments", "said"), [
    (("add", "--email", "x", "--organisation", "Beheer"), "no e-mail address"),
    (("add", "--email", "x@y.nl", "--organisation", "Nergens"), "no organisation has the name"),
    (("add", "--email", "x@y.nl", "--organisation", "00000000-0000-0000-0000-000000000000"), "no such organisation"),
    (("add", "--email", "x@y.nl", "--organisation", "x", "--role", "citizen"), "citizen"),
    (("add-organisation", "--name", "RMT", "--kind", "rmt"), "every other one has"),
])  # fmt: skip
def test_what_cannot_be_is_one_sentence_and_exit_code_two(account: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = account(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_the_demonstration_has_every_role_two_regions_and_names_that_say_they_are_invented() -> None:
    roles = {role for account in demo_list() for _, role in account.memberships} | {one.kind for one in demo_list()}
    assert {role.value for role in Role} <= roles
    assert {row.region for row in demo_organisations()} == {"AM05", "AM15", ""}
    assert all("erzonnen" in account.name for account in demo_list())
    assert all(account.email.endswith(".example") for account in demo_list())
