"""Sheets beside a scheme: who pays and gains, phases, what a fund reports, and how long a stay lasts."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dichterbij.domains.schemes.rules import files
from dichterbij.web.schemes.views.sheets import GOAL
from dichterbij.web.schemes.words import PAPERS

HERE = "/nl/regelingen/"
PLAN = {
    "phase": "financial_engineering", "region": "yes", "needs": "yes", "agreement": "yes",
    "cost": "250.000", "others": "150.000", "fund": "100.000",
}  # fmt: skip
STAY = {"start": "1-2-2021", "exceptional": "no", "earlier": "no"}


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace("\u00a0", " ")


def test_the_sheet_of_eight_jobs_says_who_pays_and_who_gains_and_closes(client: Client) -> None:
    page = text_of(client.get(f"{HERE}social_innovation_fund/wie-betaalt/"))
    assert "De werkgever € 748.000 € 632.000 -€ 116.000" in page
    assert "De gemeente € 144.000 € 336.000 € 192.000" in page
    assert "€ 492.000 bij en er gaat € 172.000 op, dus samen houdt iedereen € 320.000 over" in page
    assert page.count("onze aanname ") == 9


@pytest.mark.parametrize("jobs", ["0", "1001", "drie"])
def test_for_how_many_jobs_must_be_a_number(client: Client, jobs: str) -> None:
    assert client.get(f"{HERE}social_innovation_fund/wie-betaalt/", {"jobs": jobs}).status_code == 422


def test_a_plan_enters_investment_with_the_region_and_a_case_that_closes(client: Client) -> None:
    page = f"{HERE}social_innovation_fund/fasen/"
    assert "hielp 3 werkgevers. Met het geld van het actieplan kwamen er 5 bij: samen 8" in text_of(client.get(page))
    assert "Ja, dit plan mag door" in text_of(client.post(page, PLAN))
    without_region = text_of(client.post(page, PLAN | {"agreement": "no"}))
    assert "Niet zo: Er is een afspraak met de regio" in without_region
    open_end = text_of(client.post(page, PLAN | {"fund": "99.999,99"}))
    assert "Niet zo: De businesscase sluit" in open_end
    assert "Hiervoor is nog geen geld: € 0,01" in open_end
    early = text_of(client.post(page, PLAN | {"phase": "business_development", "fund": "0"}))
    assert "Ja, dit plan mag door" in early
    assert client.post(page, PLAN | {"cost": "veel"}).status_code == 422


def test_the_report_is_worked_out_from_the_records_beside_what_was_printed(client: Client) -> None:
    page = text_of(client.get(f"{HERE}last_obstacle/verslag/"))
    assert "119 mensen vonden werk. Het doel was 60 tot 80: 149% van het hoogste doel" in page
    assert "Maanden contract, gemiddeld 10,6 10,6" in page
    assert "Uren per week, gemiddeld 29,8 29,8" in page
    assert "Betaald € 235.000 € 235.000" in page
    assert "Deze gegevens zijn verzonnen" in page
    printed = files.scheme("last_obstacle", files.versions("last_obstacle")[-1]).printed
    assert tuple(printed["goal"]) == GOAL  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "Het eindigt op 1 augustus 2021 Begin 1 februari 2021 Kijkmoment 1 1 mei 2021 Einde"),
        ({"exceptional": "yes"}, "Kijkmoment 1 1 mei 2021 Kijkmoment 2 1 augustus 2021 Einde 1 november 2021"),
        ({"start": "31-8-2023"}, "Het eindigt op 29 februari 2024"),
        ({"start": "31-8-2022"}, "Die maand heeft die dag niet"),
        ({"earlier": "yes"}, "Nee: dit kan maar één keer"),
        ({"start": "1-1-2099"}, "Het eindigt op 1 juli 2099"),
    ],
)
def test_a_stay_has_its_reviews_and_its_end_and_comes_once(client: Client, change: dict[str, str], told: str) -> None:
    assert told in text_of(client.post(f"{HERE}jobs_agreement_impulse/duur/", STAY | change))


@pytest.mark.parametrize("start", ["29-2-2023", "", "1-12-2099"])
def test_a_day_that_cannot_be_is_said(client: Client, start: str) -> None:
    page = client.post(f"{HERE}jobs_agreement_impulse/duur/", STAY | {"start": start})
    assert page.status_code == 422


@pytest.mark.parametrize("name", ["who-pays", "phases", "fund-report", "duration"])
def test_the_scheme_leads_to_its_sheets_and_they_stand_in_english_too(client: Client, name: str) -> None:
    address = reverse(f"schemes:{name}")
    slug = address.split("/")[3]
    assert address in client.get(f"{HERE}{slug}/").content.decode()
    assert client.get(address.replace("/nl/", "/en/")).status_code == 200


def test_each_scheme_says_on_what_it_works(client: Client) -> None:
    assert "Bedoeld om te zorgen dat mensen en werkgevers: het kunnen doen, het willen doen" in text_of(
        client.get(f"{HERE}employer_subsidy/")
    )
    rows = {row["scheme"]: row["mechanisms"] for row in client.get(f"{HERE}regelingen.json").json()["schemes"]}
    assert rows["employer_subsidy"] == ["can", "want"]
    assert all(rows.values())


def test_the_lines_for_young_people_name_what_is_counted_apart(client: Client) -> None:
    page = text_of(client.get(f"{HERE}youth_unemployment/"))
    assert "Apart geteld: 263.000.000 euro om jongeren op school te houden" in page
    assert "De acht regels komen op 78,5 miljoen" in page


def test_every_paper_that_a_scheme_asks_has_a_word() -> None:
    asked = {
        paper
        for slug in files.slugs()
        for day in files.versions(slug)
        for papers in files.version(slug, day).evidence.values()
        for paper in papers
    }
    assert asked - set(PAPERS) == set()
