"""The pages about oneself, asked as the running site does: in its role, with real commits."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.people import actions
from support.people import Desk, as_the_site, make_desk, register


@pytest.fixture(scope="package", autouse=True)
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One database for the whole folder."""
    with django_db_blocker.unblock(), as_the_site("mine", loaded=True):
        yield


@pytest.fixture
def browser() -> Client:
    """A browser of nobody in particular; forms are checked as they are for everybody."""
    return Client()


@pytest.fixture
def desk() -> Desk:
    """A desk with an adviser."""
    return make_desk()


@pytest.fixture
def own(desk: Desk) -> str:
    """The address of the page of Sami, whom this desk registered."""
    person = register(desk, name="Sami Demir", phone="06 12345678", email="sami@example.nl")
    token = actions.new_token(person=person, by=actions.Through("self", ""), now=timezone.now())
    return f"/nl/mijn/{token}/"
