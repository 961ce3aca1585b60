"""The figures of a region as open data: each with what it counts, its date and its source."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

Rows = list[dict[str, Any]]


@pytest.fixture
def rows(visitor: Client) -> Rows:
    answer = visitor.get("/nl/regio/AM05/cijfers.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "dichterbij-AM05.csv" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_every_figure_has_unit_date_and_source(rows: Rows) -> None:
    assert len(rows) > 60
    for row in rows:
        assert {row["region_code"], row["region"]} == {"AM05", "Twente"}
        assert row["value"]
        assert row["unit"]
        assert row["date"][:2] == "20"
        assert row["source"]


def test_what_is_invented_says_so_and_real_figures_do_not(rows: Rows) -> None:
    invented = {row["figure"]: row["invented"] for row in rows}
    assert invented["inhabitants"] == invented["jobs_comes_from"] == invented["tension"] == "false"
    assert invented["openings"] == invented["people_helped_most_by"] == "true"


def test_small_numbers_of_people_are_hidden_here_too(rows: Rows) -> None:
    people = [row["value"] for row in rows if row["figure"].startswith("people_")]
    assert "<5" in people
    assert all(value == "<5" or int(value) >= 5 for value in people)


def test_sectors_and_the_page_count_the_same_openings(rows: Rows) -> None:
    total = next(int(row["value"]) for row in rows if row["figure"] == "openings")
    assert sum(int(row["value"]) for row in rows if row["figure"] == "openings_by_sbi_section") == total


def test_json_holds_the_same_figures(visitor: Client, rows: Rows) -> None:
    told = visitor.get("/nl/regio/AM05/cijfers.json").json()
    assert told["region"] == "Twente"
    assert [str(figure["value"]) for figure in told["figures"]] == [row["value"] for row in rows]


def test_an_unknown_region_has_no_figures(visitor: Client) -> None:
    assert visitor.get("/nl/regio/AM04/cijfers.csv").status_code == 404
    assert visitor.get("/nl/regio/AM04/cijfers.json").status_code == 404
