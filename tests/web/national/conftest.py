"""The pages in the role of the running site, with real commits and all thirty-five regions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from dichterbij.domains.accounts.rules import Role
from support.people import as_the_site
from support.roles import browser_of, make_somebody


@dataclass(frozen=True)
class Pages:
    """Browsers of the national team, and of a desk and a coordinator of a region."""

    national: Client
    adviser: Client
    coordinator: Client
    elsewhere: Client


@pytest.fixture(scope="package")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pages]:
    """One database for the whole folder; what a test makes is its own."""
    with django_db_blocker.unblock(), as_the_site("national_pages", loaded=True):
        who = ((Role.NATIONAL_TEAM, ""), (Role.ADVISER, "AM20"), (Role.COORDINATOR, "AM20"), (Role.ADVISER, "AM29"))
        yield Pages(*(browser_of(make_somebody(role, region)) for role, region in who))
