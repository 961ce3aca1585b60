"""One expert by name for the jobs agreement in each region: kept by its coordinator, there for everybody to call."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.network import queries
from dichterbij.domains.network.actions.demo import NADIA
from dichterbij.domains.network.models import RegionContact
from dichterbij.domains.network.rules import EXPERT
from support.sweeping import undone
from web.national.conftest import Pages
from web.national.test_contacts import CONTACTS, add
from web.national.test_employers import rows_of, text_of

REGION = "/nl/regio/AM20/"


def name(browser: Client, person: str, **more: Any) -> Any:
    return add(
        browser, "AM20", f"{person.split()[0]}@x.example", EXPERT, **{"phone": "0182 000 111", "person": person, **more}
    )


def test_the_demonstration_names_one_in_each_of_the_thirty_five_regions(pages: Pages) -> None:
    there = {row.region.code: queries.region_expert(row.region.code) for row in _regions()}
    assert len(there) == 35
    assert all(one and one.phone and one.is_invented for code, one in there.items() if code != "AM20")
    page = text_of(Client().get("/nl/regio/AM05/"))
    assert "Daan Verzonnen" in page
    assert "naam en nummer verzonnen" in page


def test_a_coordinator_names_and_replaces_and_everybody_can_call(pages: Pages) -> None:
    assert name(pages.coordinator, "Eva Eerste").status_code == 302
    for page in (REGION, "/nl/loket/AM20/alle/"):
        assert "Eva Eerste" in text_of(Client().get(page)), page
        assert "0182 000 111" in text_of(Client().get(page))
    assert name(pages.coordinator, "Tom Tweede").status_code == 302
    page = text_of(Client().get(REGION))
    assert "Tom Tweede" in page
    assert "Eva Eerste" not in page
    row = pages.coordinator.get(f"{CONTACTS}AM20/").context["row"]
    assert [one.name for one in row.contacts if one.kind == EXPERT] == ["Tom Tweede"]
    assert "Eva Eerste" in {one.name for one in row.former}


def test_without_a_phone_number_nobody_is_named_and_nothing_typed_is_lost(pages: Pages) -> None:
    back = name(pages.coordinator, "Zonder Nummer", phone="")
    assert back.status_code == 422
    assert "Iedereen mag deze persoon bellen" in text_of(back)
    assert 'value="Zonder Nummer"' in back.content.decode()
    assert pages.adviser.post(f"{CONTACTS}AM20/", {"move": "add"}).status_code == 404


def test_the_national_team_sees_which_regions_have_none(pages: Pages) -> None:
    name(pages.coordinator, "Gaat Weg")
    person = next(
        one for one in pages.coordinator.get(f"{CONTACTS}AM20/").context["row"].contacts if one.kind == EXPERT
    )
    pages.coordinator.post(f"{CONTACTS}AM20/", {"move": "end", "contact": str(person.id)})
    missing = pages.national.get(f"{CONTACTS}?mist={EXPERT}").context["rows"]
    assert [one["row"].region.code for one in missing] == ["AM20"]
    assert "Hier is nog niemand aangewezen" in text_of(Client().get(REGION))
    lines = rows_of(pages.national.get(f"{CONTACTS}bestand.csv"))
    assert [
        line["Naam"] for line in lines if line["Regio"] == "Midden-Holland" and "banenafspraak" in str(line).casefold()
    ] == ["niemand"]


@pytest.mark.parametrize("fault", ["two", "phone"])
def test_the_database_itself_keeps_one_who_can_be_called(pages: Pages, fault: str) -> None:
    values = {"region": "AM21", "kind": EXPERT, "name": "N", "named_by": "w", "named_on": "2026-11-20",
              "since": "2026-11-20", "made_by": "t", "made_at": timezone.now()}  # fmt: skip
    phone = "06" if fault == "two" else ""
    constraint = "region_has_one_expert" if fault == "two" else "region_expert_can_be_called"
    with acting(NADIA), pytest.raises(IntegrityError, match=constraint), undone():
        RegionContact.objects.create(**values, email=f"{uuid4()}@x.example", phone=phone)


def _regions() -> Any:
    return queries.region_contacts(actor=NADIA, now=timezone.now())
