"""The pages in the role of the running site, with real commits, in a database of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dichterbij.domains.accounts.rules import Role
from support.handing import Desks, make_desks
from support.people import as_the_site
from support.referral import make_actor


@pytest.fixture(scope="package")
def desks(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desks]:
    """One region for the whole folder."""
    with django_db_blocker.unblock(), as_the_site("handover", loaded=True):
        yield make_desks(make_actor("", "national", Role.NATIONAL_TEAM))


@pytest.fixture
def nobody(desks: Desks) -> Iterator[Client]:
    """A browser of somebody without an account, from a place that sent nothing yet."""
    cache.clear()
    yield Client()
    cache.clear()
