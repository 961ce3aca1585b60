"""The pages for employers with Django's client, on the regions and desks of the package, loaded once."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from dichterbij.domains.regions.actions.desks import load_desks
from dichterbij.domains.regions.models import Region
from dichterbij.domains.regions.rules.desk_files import read_desks
from support.database import connected_to_own_database

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="package")
def desks(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A database of our own in which Twente and the other regions have their desks."""
    with django_db_blocker.unblock(), connected_to_own_database("advice"):  # type: ignore[attr-defined]
        codes = sorted({desk.region_code for desk in read_desks() if desk.region_code})
        Region.objects.bulk_create(
            [Region(code=code, name=f"Regio {code}", inhabitants=2, population_15_74=1) for code in codes]
        )
        with transaction.atomic():
            load_desks(TODAY)
        yield


@pytest.fixture
def visitor(desks: None, db: None) -> Client:
    """A browser."""
    return Client(HTTP_HOST="localhost")
