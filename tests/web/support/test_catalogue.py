"""The menukaart of a region: everything is there, with who decides and a number to call."""

import csv
import io
import re

import pytest
from django.test import Client

from dichterbij.data import reference_table
from dichterbij.domains.support.queries import menukaart
from dichterbij.shared.cells import harmless
from dichterbij.web.support.items import Item

PAGE = "/nl/ondersteuning/"
REGIONS = reference_table("regions", "regions.csv").column("region_code").to_pylist()
NATIONAL = {support.support_id for support in menukaart() if support.region_code is None}


def items(client: Client, query: str = "") -> list[Item]:
    """What the page shows, first what is open."""
    context = client.get(f"{PAGE}?{query}").context
    return [item for block in context["blocks"] for item in block["items"]] + context["ended"]


def ids(client: Client, query: str = "") -> set[str]:
    return {item.support_id for item in items(client, query)}


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_shows_every_item_with_who_decides_and_a_desk_with_a_number(visitor: Client, region: str) -> None:
    found = items(visitor, f"regio={region}")
    assert {item.support_id for item in found} >= NATIONAL
    assert all((item.decides and item.call.phone) for item in found)
    assert all(item.is_decider_open == (item.decides == "nog onbekend: vraag het je loket") for item in found)


def test_what_nobody_is_known_to_decide_on_says_unknown(visitor: Client) -> None:
    page = visitor.get(f"{PAGE}?regio=AM05&zoek=lifecoach").content.decode()
    assert "<strong>onbekend</strong>" in page
    assert "Geen bron zegt wie beslist" in page


def test_the_stap_budget_stands_among_what_has_ended(visitor: Client) -> None:
    page = visitor.get(f"{PAGE}?zoek=STAP")
    assert [item.support_id for item in page.context["ended"]] == ["stap"]
    assert page.context["count"] == 0
    text = page.content.decode()
    assert "Stond op de menukaart, maar is er niet meer" in text
    assert "tot en met 31 december 2023" in text


def test_a_region_shows_its_own_additions_and_no_other_does(visitor: Client) -> None:
    assert "AM27-low-risk" in ids(visitor, "regio=AM27")
    assert not any(found.startswith("AM") for found in ids(visitor, "regio=AM05"))


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("wie=job_seeker", "orientation", "candidates"),
        ("wie=employer", "candidates", "orientation"),
        ("situatie=life", "help_life", "no_risk"),
        ("soort=money", "no_risk", "orientation"),
        ("wanneer=afterwards", "no_risk", "trial_placement"),
        ("route=learn_work", "practice_learning_subsidy", "open_hiring_procedure"),
        ("zoek=reiskosten", "transport", "candidates"),
    ],
)
def test_a_filter_leaves_what_fits(visitor: Client, query: str, inside: str, outside: str) -> None:
    found = ids(visitor, query)
    assert inside in found
    assert outside not in found


def test_the_number_beside_a_filter_is_what_it_leaves(visitor: Client) -> None:
    groups = visitor.get(f"{PAGE}?regio=AM05&wie=employer").context["facets"]
    for facet in [facet for group in groups[1:] for facet in group.facets if facet.count]:
        assert visitor.get(facet.address).context["count"] == facet.count, facet.label


@pytest.mark.parametrize(
    "query",
    [
        "regio=AM99",
        "regio=%00%00AM",
        "wie=koning",
        "route=",
        "situatie=x%00",
        "zoek=%3Cscript%3E",
        "zoek=" + "a" * 5000,
    ],
)
def test_what_is_no_filter_of_ours_does_no_harm(visitor: Client, query: str) -> None:
    page = visitor.get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace('<script src="', "")


def test_nothing_found_says_what_to_do(visitor: Client) -> None:
    page = visitor.get(f"{PAGE}?regio=AM05&zoek=xyzzyqqq").content.decode()
    assert "Niets met deze woorden en filters" in page
    assert 'href="/nl/ondersteuning/?regio=AM05"' in page


def test_a_slip_is_read_and_said(visitor: Client) -> None:
    page = visitor.get(f"{PAGE}?zoek=rijbewjis").content.decode()
    assert "We vinden niets voor “rijbewjis”. We zochten op “rijbewijs”." in page


def test_without_a_region_the_page_asks_for_one_and_shows_all_that_every_region_has(visitor: Client) -> None:
    page = visitor.get(PAGE)
    assert "Welke regio?" in page.content.decode()
    assert ids(visitor) == NATIONAL


def test_the_table_has_a_row_for_every_item_of_the_page(visitor: Client) -> None:
    answer = visitor.get("/nl/ondersteuning/menukaart.csv?regio=AM05&wie=job_seeker")
    assert answer["Content-Disposition"] == 'attachment; filename="menukaart-AM05.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["Naam"] for row in rows} == {item.name for item in items(visitor, "regio=AM05&wie=job_seeker")}
    assert all(row["Wie beslist"] and row["Telefoon"] and row["Bron"] for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+31612345678", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\ufeff=1", "|x"])
def test_no_cell_can_be_read_as_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


def test_an_invented_number_is_marked_and_cannot_be_dialled(visitor: Client) -> None:
    page = visitor.get(f"{PAGE}?regio=AM05").content.decode()
    assert page.count("nummer verzonnen") > 40
    assert not re.search(r'href="tel:', page)


def test_the_page_takes_few_questions_to_the_database(visitor: Client, django_assert_max_num_queries: object) -> None:
    visitor.get(f"{PAGE}?regio=AM05")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        visitor.get(f"{PAGE}?regio=AM05")
