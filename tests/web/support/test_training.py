"""Search by sector returns funded offers only: who pays, for whom, until when; what has no money is never found."""

import csv
import io
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from dichterbij.domains.schemes.rules import files
from dichterbij.domains.support.queries import menukaart
from dichterbij.domains.support.rules.training import Payer, funded, training_offers
from dichterbij.web.support.views import training

PAGE = "/nl/ondersteuning/scholing/"
THEN = f"{PAGE}?op=2020-12-01"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training.timezone, "localdate", lambda: NOW.date())


def ids(visitor: Client, query: str) -> list[str]:
    return [row.found.offer.offer_id for row in visitor.get(query).context["rows"]]


@pytest.mark.parametrize("sector", ["C", "F", "H", "K", "M", "Q"])
@pytest.mark.parametrize("day", [PAGE + "?", THEN + "&"])
def test_a_sector_returns_only_offers_of_it_that_somebody_pays_for(visitor: Client, day: str, sector: str) -> None:
    page = visitor.get(f"{day}sector={sector}")
    on = page.context["asked"].on
    for row in page.context["rows"]:
        assert row.found.offer.sector == sector
        assert row.payments
        assert all(one.last >= on and one.learners for one in row.payments)
    expected = {one.offer_id for one in training_offers() if one.sector == sector and _is_paid(one, on)}
    assert {row.found.offer.offer_id for row in page.context["rows"]} == expected


def _is_paid(offer: Any, on: date) -> bool:
    """Said once more: money on this day, of an item that is open or a scheme that is there."""
    open_items = {item.support_id for item in menukaart() if item.is_open(on)}
    return any(
        one.first <= on <= one.last
        and (one.slug in open_items if one.payer is Payer.ITEM else files.versions(one.slug)[0] <= on)
        for one in offer.fundings
    )


def test_what_nobody_pays_for_or_no_longer_is_never_found(visitor: Client) -> None:
    never = {"zelf-betalen", "voorbij", "stap-boek", "stap-nog"}
    assert never <= {one.offer_id for one in training_offers()}
    for query in (PAGE, THEN, f"{PAGE}?sector=M", f"{PAGE}?sector=C"):
        assert not never & set(ids(visitor, query))
    assert "stap-boek" in {
        one.offer.offer_id for one in funded(training_offers(), on=date(2023, 12, 31), is_there=_any)
    }


def _any(_funding: object) -> bool:
    return True


def test_money_that_ends_takes_the_offer_away_the_day_after() -> None:
    offers = [one for one in training_offers() if one.offer_id == "nu-veilig"]
    assert funded(offers, on=date(2026, 12, 31), is_there=_any)
    assert not funded(offers, on=date(2027, 1, 1), is_there=_any)
    assert not funded(offers, on=date(2026, 12, 31), is_there=lambda _one: False)


def test_today_and_the_exercise_say_how_many_and_that_they_are_invented(visitor: Client) -> None:
    today = visitor.get(PAGE).content.decode()
    assert "Vandaag is er geld voor 9 cursussen" in today
    assert "Deze scholing is verzonnen" in today
    then = visitor.get(THEN)
    assert len(then.context["rows"]) == 15
    assert "oefening" in then.content.decode()
    assert "op 1 december 2020" in then.content.decode()
    assert ids(visitor, f"{PAGE}?op=2020-12-02") == ids(visitor, PAGE), "no other day is shown"


def test_every_payer_leads_to_its_own_page_and_each_page_to_a_desk(visitor: Client) -> None:
    rows = [row for query in (PAGE, THEN) for row in visitor.get(query).context["rows"]]
    payers = {one.address.partition("#")[0]: one.name for row in rows for one in row.payments}
    assert len(payers) == 3
    for address, name in payers.items():
        assert name in unescape(visitor.get(address).content.decode())
    assert visitor.get(f"{PAGE}?regio=AM05").context["desk"].phone
    assert "over=learning" in visitor.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("regio=AM05", "nl-helpende", "nl-heftruck"),
        ("regio=AM22", "nl-heftruck", "nl-helpende"),
        ("soort=trade", "nl-monteur", "nl-excel"),
        ("zoek=websites", "nl-code", "nl-beheer"),
        ("zoek=NL+leert+zorg", "nl-zorg", "nl-code"),
        ("sector=onzin&soort=onzin&regio=onzin", "nl-zorg", "zelf-betalen"),
    ],
)
def test_a_filter_leaves_what_fits(visitor: Client, query: str, inside: str, outside: str) -> None:
    found = ids(visitor, f"{THEN}&{query}")
    assert inside in found
    assert outside not in found


def test_it_sorts_and_says_so_when_nothing_is_left(visitor: Client) -> None:
    rows = visitor.get(f"{THEN}&volgorde=duur").context["rows"]
    weeks = [row.found.offer.weeks for row in rows]
    assert weeks == sorted(weeks)
    first = visitor.get(THEN).context["rows"][0]
    assert first.found.last == date(2021, 2, 28)
    empty = visitor.get(f"{PAGE}?zoek=xyzzy")
    assert empty.context["rows"] == []
    assert "Hier is geen scholing met geld" in empty.content.decode()


def test_the_file_holds_what_the_page_shows(visitor: Client) -> None:
    text = visitor.get(f"{PAGE}bestand.csv?op=2020-12-01&sector=F").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == len(ids(visitor, f"{THEN}&sector=F")) == 2
    assert {row["Verzonnen"] for row in rows} == {"ja"}
    assert {row["Wie betaalt"] for row in rows} == {"Scholing (NL leert door)"}


def test_the_menukaart_leads_there(visitor: Client) -> None:
    assert f'href="{PAGE}"' in visitor.get("/nl/ondersteuning/").content.decode()
