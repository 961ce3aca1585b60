"""Pages of a campaign with Django's client, on a database of this folder with the regions loaded."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.outreach.actions import add_item
from dichterbij.domains.outreach.rules import Kind, NewItem, Target
from dichterbij.domains.regions import actions as regions
from dichterbij.web.campaign.counting import Counter
from support.database import connected_to_own_database

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture(scope="package", autouse=True)
def loaded_regions(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("campaign"):
        load_reference(sets=regions.reference_sets(), actor="tests", now=timezone.now())
        yield


@pytest.fixture
def item(db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """A poster in Twente that leads to the region's desks; counting has not come to rest in another test."""
    monkeypatch.setattr("dichterbij.web.campaign.counting.counter", fresh := Counter())
    monkeypatch.setattr("dichterbij.web.campaign.views.links.counter", fresh)
    made = NewItem("twente-1", "AM05", "Bibliotheek", Kind.POSTER, Target.DESKS, date(2026, 1, 1))
    return add_item(actor="WSP Twente", item=made, now=timezone.now())


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser without cookies."""
    return Client(HTTP_HOST="localhost", HTTP_USER_AGENT=BROWSER)
