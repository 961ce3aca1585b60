"""Where the money went: a picture, a table that says the same, and every region."""

import csv
import io
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from dichterbij.domains.budget import actions
from dichterbij.domains.budget.rules import Transfer, read_account
from dichterbij.domains.budget.rules.books import programme as book
from dichterbij.web.money import regional
from dichterbij.web.money.views import overview
from dichterbij.web.money.views.overview import FUND

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def programme(loaded_database: None, db: None) -> None:
    actions.load_programme(actor="tests", now=NOW)


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace("\u00a0", " ")


@pytest.mark.usefixtures("loaded_database", "db")
def test_without_money_the_page_says_what_fills_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "FUND", "another")
    assert "Er staat nog geen geld in" in text_of(client.get("/nl/geld/"))


@pytest.mark.usefixtures("programme")
def test_the_40_million_closes_to_the_cent(client: Client) -> None:
    page = client.get("/nl/geld/")
    words = text_of(page)
    assert "In totaal € 40.000.000" in words
    assert "Terug naar de schatkist € 6.442.000" in words
    assert page.context["paid"] + page.context["returned"] + page.context["still"] == 4_000_000_000


@pytest.mark.usefixtures("programme")
def test_the_table_says_what_the_picture_shows(client: Client) -> None:
    page = client.get("/nl/geld/")
    rows = list(csv.reader(io.StringIO(client.get("/nl/geld/geld.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) - 1 == len(page.context["rows"]) == len(page.context["picture"]["drawn"].bands)
    assert sum(int(row[2]) for row in rows[1:] if row[0] == "De schatkist") == 4_000_000_000


@pytest.mark.usefixtures("programme")
def test_the_cancelling_of_the_subsidy_stands_in_the_line_with_its_source(client: Client) -> None:
    words = text_of(client.get("/nl/geld/"))
    assert "17 oktober 2022 De werkgeverssubsidie gaat niet door € 17.942.000" in words
    assert "29 544, nr. 1153" in words
    assert "De dag is onze aanname" in words
    assert "Evaluatie Dichterbij dan je denkt" in words


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_region_got_750000_in_two_parts_and_owes_no_report(client: Client, language: str) -> None:
    page = client.get(f"/{language}/geld/regio/AM05/")
    assert page.context["paid"] == 75_000_000
    assert [one.paid_cents for _part, one in page.context["sources"]] == [50_000_000, 25_000_000]
    if language == "nl":
        assert "hoeft voor dit geld geen verslag te sturen" in text_of(page)
        assert "onbekend" in text_of(page)


@pytest.mark.usefixtures("loaded_database", "db")
def test_a_region_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/nl/geld/regio/AM99/").status_code == 404


def test_the_fund_is_that_of_the_programme() -> None:
    assert {one.source.place.fund for told in book().postings for one in told.transfers} == {FUND}


@pytest.mark.usefixtures("programme")
def test_money_that_goes_back_is_told_in_the_table_and_does_not_break_the_picture(client: Client) -> None:
    outside, free = (read_account(f"{state}:{FUND}:2022") for state in ("outside", "free"))
    aside = read_account(f"free:{FUND}:2022:purpose=later")
    for source, target in ((outside, free), (free, aside), (aside, free)):
        move = Transfer(uuid4(), source, target, 100)
        actions.post(posting=uuid4(), transfers=[move], reason="words of tests", actor="tests", now=NOW)
    page = client.get("/nl/geld/")
    assert page.status_code == 200
    assert page.context["picture"]
    assert "words of tests" not in text_of(page)  # nobody published them


def test_a_region_sees_what_it_wrote_down_itself(client: Client, loaded_database: None, db: None) -> None:
    actions.load_demo_budget(now=NOW)
    told = {
        "AM12": [
            "Voor de regio samen: € 300.000 (eind 2022: € 500.000, eind 2023: € 300.000",
            "Voorstel van 1 juni 2023: goedgekeurd op 6 juli 2023 Dienstverlening: € 120.000",
            "Tijdelijke medewerkers: € 80.000",
            "Voorstel van 1 mei 2024: nog niet besloten, dus er gaat niets",
        ],
        "AM22": ["Elkaar ontmoeten € 15.000 meer dan ervoor apart stond € 100.000 € 115.000"],
        "AM05": ["Mensen en werkgevers bereiken € 50.000 € 70.000"],
        "AM33": [
            "Voorstel van 1 september 2023: nog niet besloten, dus er gaat niets",
            "niemand heeft nog beslist wat daarna komt € 40.000 Perspectief op Werk, 2026: tot en met 31 december",
        ],
    }
    for code, lines in told.items():
        page = text_of(client.get(f"/nl/geld/regio/{code}/"))
        assert [line for line in lines if line not in page] == []
    for day, told in ((date(2027, 1, 1), True), (date(2026, 12, 31), False)):
        assert {one.name: one.is_late for one in regional.running("AM33", day)}["Zorgstart"] is told
