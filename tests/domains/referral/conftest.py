"""Hand-overs as the running site does them: in its role, with real commits, in a database of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.seeing import own_work
from dichterbij.domains.regions import actions as regions
from dichterbij.domains.regions.queries import areas
from support.employers import Sent, place
from support.people import as_owner, as_the_site
from support.referral import MONDAY, World, make_actor, make_world

DEMO, ALSO_DEMO = "AM15", "AM05"  # regions of the demonstration's story


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole folder shares one database; what a test makes is its own."""
    with django_db_blocker.unblock(), as_the_site("referral"):
        yield


@pytest.fixture(scope="package")
def national(site: None) -> Actor:
    """The national team: the first by name, so that what nobody answers ends with it."""
    team = make_actor("", "national", Role.NATIONAL_TEAM)
    Organisation.objects.filter(pk=team.organisation).update(name="AA landelijk team")
    return team


@pytest.fixture
def world(national: Actor) -> World:
    """A region of this test alone."""
    return make_world(national)


@pytest.fixture
def nothing_waits(site: None) -> None:
    """What other tests left is out of the calendar's way."""
    with own_work():
        Handover.objects.filter(state="sent").update(state="withdrawn", ended_at=MONDAY)


@pytest.fixture(scope="package")
def codes(site: None) -> Iterator[Iterator[str]]:
    """Regions as there are, one for each test."""
    with as_owner():
        load_reference(sets=regions.reference_sets(), actor="tests", now=MONDAY)
    return iter(sorted(row.code for row in areas.regions() if row.code not in (DEMO, ALSO_DEMO)))


@pytest.fixture
def world_of_employers(national: Actor, codes: Iterator[str]) -> Iterator[World]:
    """A region of this test alone; afterwards nothing of it waits."""
    made = make_world(national, next(codes))
    Organisation.objects.filter(pk=made.wsp.organisation).update(desk=f"{made.region}-wsp")
    yield made
    with own_work():
        Handover.objects.filter(region=made.region, state="sent").update(state="withdrawn", ended_at=MONDAY)


@pytest.fixture
def bakery(world_of_employers: World) -> Sent:
    """A baker is asked of this region."""
    return place(world_of_employers)
