"""The page of the figures: funnel, filters, small numbers, file, empty."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.outreach import queries
from dichterbij.domains.outreach.actions import count_steps
from dichterbij.domains.outreach.rules import Step
from dichterbij.web.campaign.demo import load_campaign

PAGE = "/nl/campagne/"
pytestmark = pytest.mark.django_db


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_an_empty_page_says_why_and_what_fills_it(visitor: Client) -> None:
    page = text(visitor, PAGE)
    assert "Er zijn nog geen campagnelinks" in page
    assert "Zodra een regio een link" in page
    assert '<form class="campaign-filter"' not in page


def test_a_row_shows_the_way_with_shares_and_hides_small_numbers(item: str, visitor: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "Nog geen bezoeken" in text(visitor, PAGE)
    count_steps(code=item, steps=[Step.VISIT], on=yesterday, times=40)
    count_steps(code=item, steps=[Step.NEAR], on=yesterday, times=10)
    count_steps(code=item, steps=[Step.CONTACT], on=yesterday, times=4)
    page = text(visitor, PAGE)
    assert "<strong>40</strong>" in page
    assert '<strong>10</strong><span class="campaign-share"> 25%</span>' in page
    assert "<strong>minder dan 5</strong>" in page
    assert "<strong>4</strong>" not in page
    assert "<strong>fewer than 5</strong>" in text(visitor, "/en/campagne/")


def test_two_overlapping_periods_do_not_give_a_small_number_and_today_is_not_told(item: str, visitor: Client) -> None:
    today = timezone.localdate()
    month_before = today.replace(day=1) - timedelta(days=1)
    count_steps(code=item, steps=[Step.VISIT], on=month_before, times=2)
    count_steps(code=item, steps=[Step.VISIT], on=today - timedelta(days=1), times=6)
    count_steps(code=item, steps=[Step.VISIT], on=today, times=100)
    told = [
        queries.public_figures(today=today, since=since)[0].counts[Step.VISIT] for since in (None, today.replace(day=1))
    ]
    assert all(count % 5 == 0 for count in told)
    assert told[0] <= 10
    assert "<strong>10</strong>" in text(visitor, PAGE)


def test_a_sum_with_a_hidden_number_does_not_give_it_away(visitor: Client) -> None:
    load_campaign(now=timezone.now())
    figures = {row.item.code: row.counts for row in queries.figures(region="AM36")}
    assert [counts[Step.CONTACT] for counts in figures.values()].count(2) == 1
    page = text(visitor, f"{PAGE}?regio=AM36")
    assert "ten minste 10" in page
    assert ">13<" not in page


def test_the_demo_is_loaded_once_and_says_it_is_invented(visitor: Client) -> None:
    now = timezone.now()
    assert load_campaign(now=now) == len(queries.items())
    assert load_campaign(now=now) == 0
    page = text(visitor, PAGE)
    assert page.count('<span class="tag">verzonnen</span>') == len(queries.items())


def test_filters_and_order_stand_in_the_address(visitor: Client) -> None:
    load_campaign(now=timezone.now())
    page = text(visitor, f"{PAGE}?regio=AM15&volgorde=desk")
    assert "Bibliotheek Enschede" not in page
    assert page.index("Voetbalclubs") < page.index("Bericht over Open hiring")
    by_visits = text(visitor, f"{PAGE}?volgorde=visit")
    assert by_visits.index("Bericht over Open hiring") < by_visits.index("Bibliotheek Enschede")
    later = (timezone.localdate().replace(day=1)).strftime("%Y-%m")
    assert "4 links" not in text(visitor, f"{PAGE}?vanaf={later}&regio=AM15")


@pytest.mark.parametrize("query", ["regio=AM99", "vanaf=1900-01", "vanaf=x", "volgorde=%00"])
def test_a_choice_that_is_not_there_is_told_and_everything_is_shown(item: str, visitor: Client, query: str) -> None:
    page = text(visitor, f"{PAGE}?{query}", status=422)
    assert "Deze keuze kennen we niet (meer). Kies er een uit de lijst." in page
    assert "Bibliotheek" in page


def test_the_file_holds_the_rows_of_the_page(item: str, visitor: Client) -> None:
    load_campaign(now=timezone.now() - timedelta(days=1))
    answer = visitor.get("/nl/campagne/campagne.csv?regio=AM36&volgorde=visit")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["visit"] for row in rows] == ["45", "25", "0"]
    assert {row["region"] for row in rows} == {"Regio Zwolle"}
    assert "<5" in {row["contact"] for row in rows}


@pytest.mark.parametrize("number", ["0", "2", "x", "99999"])
def test_any_number_of_a_page_gives_a_page(item: str, visitor: Client, number: str) -> None:
    assert "Bibliotheek" in text(visitor, f"{PAGE}?pagina={number}")
