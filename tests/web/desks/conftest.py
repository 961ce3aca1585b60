"""The pages with Django's client, on a database with the reference data."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client

from support.database import cloned_database


@pytest.fixture(scope="module")
def loaded_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    from django.db import connections

    default = connections["default"]
    before = default.settings_dict["NAME"]
    with django_db_blocker.unblock(), cloned_database(f"desks_{os.getpid()}", loaded=True) as name:  # type: ignore[attr-defined]
        default.close()
        default.settings_dict["NAME"] = name
        yield
        default.close()
        default.settings_dict["NAME"] = before


@pytest.fixture
def visitor(loaded_database: None, db: None) -> Client:
    """A browser without answers."""
    return Client(HTTP_HOST="localhost")
