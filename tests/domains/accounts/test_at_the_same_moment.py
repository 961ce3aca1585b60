"""Eight at the same moment, with real commits and the rights of the running site: one gets it, or the limit holds."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pyotp
import pytest
from django.db import connection

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import LinkOverError, NotAllowedError, TooOftenError, WrongCodeError
from dichterbij.domains.accounts.rules import Door, Proof, Role
from dichterbij.shared.errors import DichterbijError
from support.accounts import colleague, organisation
from support.people import as_the_site

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MANY = 8


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this file alone."""
    with django_db_blocker.unblock(), as_the_site("accounts"):
        yield


def together(act: Callable[[int], object]) -> list[object]:
    """What each of them got: a value or an error of ours."""
    start = Barrier(MANY)

    def one(number: int) -> object:
        start.wait(timeout=30)
        try:
            return act(number)
        except DichterbijError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def ask(number: int) -> str:
    return actions.ask_for_link(
        email="fatima@inwoner.example", door=Door.CITIZEN, language="nl", next_path="", place="", now=NOW
    ).token


def test_one_link_lets_one_in() -> None:
    token = actions.ask_for_link(
        email="kees@inwoner.example", door=Door.CITIZEN, language="nl", next_path="", place="", now=NOW
    ).token
    got = together(lambda number: actions.use_link(token=token, now=NOW))
    assert got.count(LinkOverError) == MANY - 1


def test_five_links_an_hour_are_five() -> None:
    assert together(ask).count(TooOftenError) == MANY - 5


def test_one_code_lets_one_in() -> None:
    user = colleague("anna@rmt.example", at=organisation("Code")).user
    app = pyotp.TOTP(actions.begin_factor(user=user, now=NOW))
    paper = actions.confirm_factor(user=user, code=app.at(NOW), now=NOW)[0]
    got = together(lambda number: actions.check_factor(user=user, code=paper, now=NOW))
    assert got.count(None) == 1
    assert set(got) == {None, WrongCodeError, TooOftenError}  # seven wrong ones also close the door for a while


def test_one_invitation_gives_one_role() -> None:
    at = organisation("Uitnodiging")
    carla = colleague("carla@rmt.example", Role.COORDINATOR, at=at)
    token = actions.invite(actor=carla, email="new@rmt.example", role=Role.ADVISER, organisation=at, now=NOW).token
    got = together(lambda number: actions.accept_invitation(token=token, name=f"{number}", now=NOW))
    assert got.count(LinkOverError) == MANY - 1


def test_somebody_new_who_comes_by_two_ways_gets_one_account() -> None:
    asked = [
        actions.ask_for_link(
            email="twice@inwoner.example", door=Door.CITIZEN, language="nl", next_path="", place="", now=NOW
        )
        for _ in range(5)
    ]
    got = together(lambda number: actions.use_link(token=asked[number % 5].token, now=NOW))
    assert len({one.user for one in got if isinstance(one, actions.UsedLink)}) == 1
    proof = Proof("https://login.example", "pairwise-1", Door.CITIZEN, "", False, "", True)
    assert len(set(together(lambda number: actions.recognise(proof=proof, language="nl", now=NOW)))) == 1


def test_two_who_invite_the_same_person_leave_one_invitation_open() -> None:
    at = organisation("Samen")
    both = [colleague(f"{name}@samen.example", Role.COORDINATOR, at=at) for name in ("a", "b")]
    together(
        lambda number: actions.invite(
            actor=both[number % 2], email="new@samen.example", role=Role.ADVISER, organisation=at, now=NOW
        )
    )
    rows = queries.open_invitations(actor=both[0], now=NOW, on=NOW.date())
    assert [row.email for row in rows if row.organisation == at] == ["new@samen.example"]


def test_of_two_administrators_who_leave_one_stays() -> None:
    at = organisation("Beheer", region="", kind="national")
    both = [colleague(f"{name}@beheer.example", Role.ADMINISTRATOR, at=at) for name in ("a", "b")]
    held = [queries.memberships_of(user=one.user, on=NOW.date())[0].id for one in both]

    def leave(number: int) -> object:
        return actions.end_membership(actor=both[number % 2], membership=held[number % 2], now=NOW)

    got = together(leave)
    assert got.count(None) == 1
    assert NotAllowedError in got
