"""Hand-overs as the running site does them: in its role, with real commits, in a database of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.seeing import own_work
from support.people import as_the_site
from support.referral import MONDAY, World, make_actor, make_world


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole folder shares one database; what a test makes is its own."""
    with django_db_blocker.unblock(), as_the_site("referral"):
        yield


@pytest.fixture(scope="package")
def national(site: None) -> Actor:
    """The national team."""
    return make_actor("", "national", Role.NATIONAL_TEAM)


@pytest.fixture
def world(national: Actor) -> World:
    """A region of this test alone."""
    return make_world(national)


@pytest.fixture
def nothing_waits(site: None) -> None:
    """What other tests left is out of the calendar's way."""
    with own_work():
        Handover.objects.filter(state="sent").update(state="withdrawn", ended_at=MONDAY)
