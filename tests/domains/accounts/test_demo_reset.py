"""One command puts the demonstration back: accounts, hand-overs, what the national team keeps. With reference data."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from dichterbij.cli import main
from dichterbij.domains.accounts import queries
from dichterbij.domains.accounts.models import User
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.accounts.rules.demo import demo_id, demo_list
from support.database import connected_to_own_database

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Regions and postcodes, in a database of this file."""
    with django_db_blocker.unblock(), connected_to_own_database("demo_reset", loaded=True):
        yield


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


@pytest.mark.django_db
def test_the_demonstration_is_put_back_as_it_was(loaded: None, account: Run) -> None:
    assert account("demo-reset")[0] == 0
    User.objects.filter(pk=demo_id("anna")).update(name="Changed", is_active=False)
    code, _, said = account("demo-reset")
    assert (code, f"{len(demo_list())} invented accounts" in said) == (0, True)
    assert User.objects.get(pk=demo_id("anna")).name == "Anna Verzonnen"
    on = timezone.localdate(User.objects.get(pk=demo_id("anna")).made_at)
    assert [row.role for row in queries.memberships_of(user=demo_id("anna"), on=on)] == [Role.ADVISER]
