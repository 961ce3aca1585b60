"""The public money, for programs: the same sums as the page, and nobody in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.budget.actions.books import load_programme
from dichterbij.domains.budget.queries import alternatives
from dichterbij.domains.budget.rules.what_if import WEIGHED_ON
from support.budget import filled
from support.curl import asked, examples, is_shown
from support.people import as_the_site
from support.programs import Program, with_right


@pytest.fixture(scope="module", autouse=True)
def programme(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The forty million of the action plan, on a database with the regions."""
    with django_db_blocker.unblock(), as_the_site("api_money", loaded=True):
        load_programme(actor="tests", now=timezone.now())
        yield


def every(program: Program, path: str) -> list[dict[str, object]]:
    found, link = [], f"{path}paginagrootte=100"
    while link:
        told = program.get(link)
        found += told["resultaten"]
        link = told["_links"].get("volgende", {}).get("href")
    return found


def test_all_money_is_somewhere(program: Program) -> None:
    found = every(program, "/geld/saldi?")
    assert sum(one["bedragCenten"] for one in found) == 0
    inside = [one["bedragCenten"] for one in found if one["toestand"] != "buiten"]
    assert sum(inside) == 4_000_000_000


def test_flows_lead_from_outside_to_where_it_stands(program: Program) -> None:
    found = every(program, "/geld/stromen?")
    balances: dict[str, int] = {}
    for one in found:
        balances[one["van"]["toestand"]] = balances.get(one["van"]["toestand"], 0) - one["bedragCenten"]
        balances[one["naar"]["toestand"]] = balances.get(one["naar"]["toestand"], 0) + one["bedragCenten"]
    there: dict[str, int] = {}
    for one in every(program, "/geld/saldi?"):
        there[one["toestand"]] = there.get(one["toestand"], 0) + one["bedragCenten"]
    assert {state: cents for state, cents in balances.items() if cents} == there


def test_a_region_has_what_its_page_says(program: Program) -> None:
    told = program.get("/geld/regios/AM05")
    assert (told["naam"], told["betaaldCenten"]) == (told["naam"], 75_000_000)
    assert all(one["btwCompensatiefondsCenten"] is None for one in told["bronnen"])
    assert told in every(program, "/geld/regios?")
    assert told["naam"] in Client().get("/nl/geld/regio/AM05/").content.decode()


def test_one_state_or_one_region_can_be_asked(program: Program) -> None:
    paid = every(program, "/geld/saldi?toestand=betaald&regio=AM05&")
    assert sum(one["bedragCenten"] for one in paid) == 75_000_000
    assert "schatkist" in program.get("/geld/saldi?toestand=weg", 400)["detail"]
    program.get("/geld/saldi?regio=AM99", 404)
    program.get("/geld/regios/AM99", 404)
    assert every(program, "/geld/stromen?regio=AM05&")


def test_the_commands_of_the_page_about_money_work(program: Program) -> None:
    names = {"SLEUTEL": with_right("audit_money").key}
    commands = [one for one in examples() if "/geld/" in one[0]]
    assert len(commands) == 8
    for command, shown in commands:
        told = asked(program, command, names)
        assert told
        assert shown is None or is_shown(shown, told), command


def test_what_if_is_what_the_page_and_the_command_say(program: Program) -> None:
    told = program.get("/geld/wat-als")
    assert (told["bonCenten"], told["activiteiten"]) == (150_000, 4)
    assert sum(one["bedragCenten"] for one in told["gemeenten"]) == 1_750_000_000
    assert [one["aantal"] for one in told["tijdvakken"]] == [one.grants for one in alternatives(on=WEIGHED_ON).windows]
    page = Client().get("/nl/geld/wat-als/").content.decode()
    largest = told["gemeenten"][0]
    assert largest["naam"] in page
    assert program.get("/geld/wat-als?bonCenten=200000")["bonnen"][0]["aantal"] < told["bonnen"][0]["aantal"]


@pytest.mark.parametrize("question", ["bonCenten=9999", "activiteiten=101", "bonCenten=1.50", "voucher=150000"])
def test_what_cannot_be_asked_is_told(program: Program, question: str) -> None:
    program.get(f"/geld/wat-als?{question}", 400)


def test_what_a_region_still_has_is_told_with_its_fund_as_on_the_page(program: Program) -> None:
    """Money of another fund is a region's too: page and API ask the same."""
    fund = filled(12_300, region="AM05")
    told = program.get("/geld/regios/AM05")
    mine = [one for one in told["aflopend"] if one["fonds"] == fund]
    assert [(one["bedragCenten"], one["tot"]) for one in mine] == [(12_300, None)]
    assert told in every(program, "/geld/regios?")
    assert "€\u00a0123" in Client().get("/nl/geld/regio/AM05/").content.decode()
    assert fund not in str(program.get("/geld/regios/AM06"))
