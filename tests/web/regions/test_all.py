"""All regions: the map, its list, and the search that leads to one."""

import gzip
import re

import pytest
from django.test import Client

from dichterbij.data import reference_table

TABLE = reference_table("regions", "regions.csv")
REGIONS = dict(zip(TABLE["region_code"].to_pylist(), TABLE["name"].to_pylist(), strict=True))


def page(visitor: Client, path: str = "/nl/regio/") -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_region_is_a_link_on_the_map_and_in_the_list(visitor: Client) -> None:
    shown = page(visitor)
    on_map = dict(re.findall(r'<a class="country__link" href="/nl/regio/(AM\d\d)/" aria-label="([^"]+)"', shown))
    in_list = dict(re.findall(r'<th scope="row"><a class="nl-link" href="/nl/regio/(AM\d\d)/">([^<]+)<', shown))
    assert on_map == in_list == REGIONS


def test_the_page_with_its_map_is_light(visitor: Client) -> None:
    assert len(gzip.compress(page(visitor).encode())) < 40_000


@pytest.mark.parametrize(
    ("order", "first"),
    [("naam", "Achterhoek"), ("inwoners", "Rijnmond"), ("vacatures", "Groot Amsterdam"), ("onzin", "Achterhoek")],
)
def test_the_list_has_the_order_that_was_asked(visitor: Client, order: str, first: str) -> None:
    shown = page(visitor, f"/nl/regio/?sorteer={order}")
    assert re.findall(r'<th scope="row"><a[^>]+>([^<]+)<', shown)[0] == first


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7511", "AM05"),
        ("7511 AB", "AM05"),
        ("twente", "AM05"),
        ("Almelo", "AM05"),
        ("AM22", "AM22"),
        ("Ommen", "AM36"),
    ],
)
def test_a_search_leads_straight_to_the_region(visitor: Client, typed: str, code: str) -> None:
    answer = visitor.post("/nl/regio/", {"where": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/nl/regio/{code}/")


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Vul een postcode of een naam in"), ("0000", "0000"), ("xyzzyqq", "xyzzyqq")]
)
def test_what_is_not_found_is_said_and_stays_typed(visitor: Client, typed: str, said: str) -> None:
    answer = visitor.post("/nl/regio/", {"where": typed})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert not typed or f'value="{typed}"' in shown


def test_a_name_that_several_places_have_gives_a_choice_of_links(visitor: Client) -> None:
    shown = visitor.post("/nl/regio/", {"where": "Bergen"}).content.decode()
    chosen = re.findall(r'suggestion--link"\s+href="/nl/regio/(AM\d\d)/"', shown)
    assert len(set(chosen)) > 1
