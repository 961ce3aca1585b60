"""The pages with Django's client, on a database with the reference data."""

from collections.abc import Iterator

import pytest
from django.test import Client

from support.database import connected_to_own_database


@pytest.fixture(scope="module")
def loaded_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    with django_db_blocker.unblock(), connected_to_own_database("desks", loaded=True):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def visitor(loaded_database: None, db: None) -> Client:
    """A browser without answers."""
    return Client(HTTP_HOST="localhost")
