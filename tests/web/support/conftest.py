"""The pages with Django's client, on a database with the reference data."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from dichterbij.web.support.cookie import COOKIE, seal
from dichterbij.web.support.told import Told
from support.database import connected_to_own_database


@pytest.fixture(scope="package")
def loaded_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    with django_db_blocker.unblock(), connected_to_own_database("support", loaded=True):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def visitor(loaded_database: None, db: None) -> Client:
    """A browser without answers."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def told(visitor: Client) -> Callable[..., Client]:
    """`told(asker=Asker.SELF, needs=(Need.LEARNING,))` is a browser that gave these answers."""

    def give(**answers: object) -> Client:
        visitor.cookies[COOKIE.name] = seal(Told(**answers))  # type: ignore[arg-type]
        return visitor

    return give
