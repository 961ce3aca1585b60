"""The pages of the regions with Django's client, on a database with the reference data and the demo's openings."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dichterbij.data import reference_table
from support.database import connected_to_own_database

CODES: list[str] = reference_table("regions", "regions.csv")["region_code"].to_pylist()


@pytest.fixture(scope="package", autouse=True)
def loaded_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("regionpages", loaded=True):
        yield


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser without cookies."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    """Each of the 35 regions."""
    return str(request.param)
