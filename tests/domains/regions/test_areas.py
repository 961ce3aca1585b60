"""Regions, municipalities and postcodes, on the real data."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dichterbij.domains.regions import queries
from dichterbij.domains.regions.actions.areas import load_postcodes, load_regions
from dichterbij.domains.regions.errors import AreaNotFoundError, NoReferenceDataError, PostcodeNotFoundError
from dichterbij.domains.regions.models import Municipality, Postcode, Region

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def areas(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The packaged areas, for all tests of this file, in a transaction that is undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_regions(TODAY)
        load_postcodes(TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def undone(areas: None) -> Iterator[None]:
    """What a test changes is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_there_are_35_regions_in_the_order_of_their_names(areas: None) -> None:
    names = [region.name for region in queries.regions()]
    assert len(names) == 35
    assert names == sorted(names)


def test_a_postcode_lies_in_its_region_and_municipality(areas: None) -> None:
    assert queries.region_of_postcode(9711).name == "Groningen"
    assert queries.municipality_of_postcode(8601).name == "Súdwest-Fryslân"
    assert queries.postcode(1012).region_code == "AM18"


def test_a_region_knows_its_centre_and_its_municipalities(areas: None) -> None:
    region = queries.region("AM12")
    assert (region.centre_name, region.municipalities) == ("Hilversum", 7)
    assert len(queries.municipalities("AM12")) == 7


def test_a_postcode_without_published_population_has_none_and_not_zero(areas: None) -> None:
    assert queries.postcode(1044).inhabitants is None


@pytest.mark.parametrize("pc4", [0, 1000, 5028, 10_000, -1, 10**9, 10**30])
def test_a_postcode_that_does_not_exist_says_what_to_try(areas: None, pc4: int) -> None:
    with pytest.raises(PostcodeNotFoundError, match="name of the town"):
        queries.region_of_postcode(pc4)


def test_of_many_postcodes_those_that_exist_come_back_in_one_query(areas: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = queries.postcodes([1012, 9711, 1000, -1, 10**30])
    assert set(found) == {1012, 9711}
    assert len(captured) == 1


@pytest.mark.parametrize("code", ["AM04", "GM9999", "", "'; --", "\0", "x" * 100_000])
def test_an_unknown_region_or_municipality_is_not_found(areas: None, code: str) -> None:
    with pytest.raises(AreaNotFoundError):
        queries.region(code)
    with pytest.raises(AreaNotFoundError):
        queries.municipality(code)
    assert queries.municipalities(code) == ()


def test_a_place_is_found_in_the_loaded_data(areas: None) -> None:
    found = queries.find_place("amsterdm")[0].place
    assert (found.name, found.region_code) == ("Amsterdam", "AM18")
    assert queries.find_place("Zaanstad")[0].is_exact


def test_a_postcode_that_left_the_data_is_no_longer_found_but_stays(undone: None) -> None:
    Postcode.objects.filter(pc4=9711).update(obsolete_on=TODAY)
    with pytest.raises(PostcodeNotFoundError):
        queries.postcode(9711)
    assert Postcode.objects.filter(pc4=9711).exists()


def test_a_municipality_that_left_the_data_is_found_by_its_code_only(undone: None) -> None:
    Municipality.objects.filter(gm_code="GM0402").update(obsolete_on=TODAY)
    assert queries.municipality("GM0402").obsolete_on == TODAY
    assert "GM0402" not in {row.gm_code for row in queries.municipalities("AM12")}
    assert queries.region("AM12").municipalities == 6


@pytest.mark.parametrize(
    "values",
    [{"code": "XX01"}, {"code": "AM1"}, {"population_15_74": 11}, {"population_15_74": -1}],
)
def test_the_database_refuses_a_region_that_cannot_be(undone: None, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(**{"code": "AM99", "name": "Nieuw", "inhabitants": 10, "population_15_74": 8} | values)


@pytest.mark.parametrize("values", [{"pc4": 999}, {"pc4": 10_000}, {"lat": 40.0}, {"lon": 13.0}])
def test_the_database_refuses_a_postcode_that_cannot_be(undone: None, values: dict[str, object]) -> None:
    whole = {"pc4": 1001, "place": "X", "municipality_id": "GM0363", "region_id": "AM18"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Postcode.objects.create(**{**whole, "lat": 52.0, "lon": 5.0, "km2": 1.0} | values)


def test_the_database_refuses_a_municipality_in_a_region_that_does_not_exist(undone: None) -> None:
    Municipality.objects.filter(gm_code="GM0363").update(region="AM04")
    with pytest.raises(IntegrityError):
        connection.check_constraints()


@pytest.mark.django_db
def test_without_reference_data_the_message_names_the_command_that_loads_them() -> None:
    with pytest.raises(NoReferenceDataError, match="load-reference"):
        queries.region_of_postcode(9711)
    assert queries.find_place("Groningen") == ()
