"""Openings counted per region, kind of company and route."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from django.utils import timezone

from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.openings import actions
from dichterbij.domains.openings.queries.per_region import NOTHING, supply_of
from dichterbij.domains.openings.rules import COLUMNS, whole_table
from dichterbij.domains.regions import actions as regions


def deliver(*rows: dict[str, Any]) -> None:
    common = {"hours_min": 8, "hours_max": 32, "title_nl": "Werk", "invented": True}
    whole = [{"opening_id": f"o{at}", **common, **row} for at, row in enumerate(rows)]
    table = pa.Table.from_pylist(whole, schema=COLUMNS)
    actions.load_openings(actor="tests", openings=whole_table(table), origin="tests", now=timezone.now(), edition="1")


@pytest.fixture
def loaded(db: None) -> None:
    load_reference(sets=regions.reference_sets(), actor="tests", now=timezone.now())


def test_an_opening_counts_in_its_region_sector_and_every_route_it_can_go_over(loaded: None) -> None:
    deliver(
        {"pc4": 7511, "sector": "47.11", "learning_company": True, "carvable": True},
        {"pc4": 7511, "sector": "47", "open_hiring": True, "learning_company": True},
        {"pc4": 7511},
        {"pc4": 7511, "agreement": "learning_place"},
        {"pc4": 1011, "sector": "86"},
    )
    found = supply_of("AM05")
    assert (found.openings, found.invented) == (4, 4)
    assert found.by_division == {"47": 2, "": 2}
    assert found.by_route == {"open_hiring": 1, "learn_work": 2, "carving": 1, "direct": 2}
    assert isinstance(found.opened_on, date)
    assert supply_of("AM18").openings == 1


def test_a_region_without_openings_has_nothing(loaded: None) -> None:
    deliver({"pc4": 1011})
    assert supply_of("AM05") == NOTHING


def test_before_the_first_delivery_there_is_nothing(loaded: None) -> None:
    assert supply_of("AM05") == NOTHING


def test_a_new_delivery_is_counted_at_once(loaded: None) -> None:
    deliver({"pc4": 7511})
    assert supply_of("AM05").openings == 1
    deliver({"pc4": 7511}, {"pc4": 7511})
    assert supply_of("AM05").openings == 2
