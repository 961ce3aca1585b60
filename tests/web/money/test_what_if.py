"""The ways that were not chosen, on paper: their numbers are those of the documents, and what one fills in counts."""

import csv
import io
import re

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.usefixtures("loaded_database", "db")
PAGE = "/nl/geld/wat-als/"


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace("\u00a0", " ")


def test_each_way_is_worked_out_to_the_cent(client: Client) -> None:
    words = text_of(client.get(PAGE))
    assert "Periode 1 € 8.500.000 5.666 € 1.000 Periode 2 € 8.500.000 5.666 € 1.000" in words
    assert "€ 8.501.000 5.667 € 500" in words
    assert "€ 512.628,5" in words
    assert "342 gemeenten" in words
    assert "1.260 735 210" in words


def test_what_one_fills_in_counts(client: Client) -> None:
    words = text_of(client.get(PAGE, {"voucher": "700", "activities": "0"}))
    assert "732 mensen" in words
    assert "140 35 23" in words


@pytest.mark.parametrize("given", [{"voucher": "99,99"}, {"activities": "-1"}, {"voucher": "x", "activities": "y"}])
def test_what_cannot_be_is_said_and_the_page_stays(client: Client, given: dict[str, str]) -> None:
    page = client.get(PAGE, {"voucher": "1500", "activities": "4"} | given)
    assert page.status_code == 422
    assert "5.666" in text_of(page)


def test_one_municipality_is_found_by_a_part_of_its_name(client: Client) -> None:
    assert "Groningen: €" in text_of(client.get(PAGE, {"plaats": "gron"}))
    assert "We kennen geen gemeente" in text_of(client.get(PAGE, {"plaats": "Atlantis"}))


def test_the_table_of_municipalities_closes(client: Client) -> None:
    rows = list(
        csv.DictReader(io.StringIO(client.get("/nl/geld/wat-als.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert sum(int(row["Bedrag in centen"]) for row in rows) == 1_750_000_000
    assert len(rows) == 342


@pytest.mark.parametrize(("language", "head"), [("nl", "Gemeente;Code;Regio"), ("en", "Municipality;Code;Region")])
def test_a_table_speaks_the_language_of_its_page(client: Client, language: str, head: str) -> None:
    assert client.get(f"/{language}/geld/wat-als.csv").content.decode("utf-8-sig").startswith(head)
