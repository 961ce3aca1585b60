"""Items need regions: loaded once for this folder, in a database of its own in which tests may commit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.outreach.rules import Kind, NewItem, Target
from dichterbij.domains.regions import actions as regions
from support.database import connected_to_own_database

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(scope="package", autouse=True)
def loaded_regions(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("outreach"):
        load_reference(sets=regions.reference_sets(), actor="tests", now=timezone.now())
        yield


@pytest.fixture
def poster() -> NewItem:
    return NewItem("twente-1", "AM05", "Bibliotheek", Kind.POSTER, Target.NEAR, date(2026, 11, 1))
