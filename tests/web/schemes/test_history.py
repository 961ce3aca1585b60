"""The page of what was decided: every document in plain words, in numbers only, and whether it is right."""

import csv
import io
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.rounds import Opened
from support.schemes import GRANT, apply, decided, opened


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace("\u00a0", " ")


@pytest.fixture
def here() -> Opened:
    """Six grants, five refusals, and one taken back."""
    found = opened(ceiling=6 * GRANT, slug="development_advice")
    numbers = [apply(found, f"Bedrijf {number}").number for number in range(11)]
    decided(found)
    actions.withdraw(number=numbers[0], reason="Sami komt niet", actor="officer", now=timezone.now())
    return found


def page(here: Opened) -> str:
    return f"/nl/regelingen/{here.scheme.slug}/besluiten/"


def test_every_document_is_told_the_newest_first_without_anybody(client: Client, here: Opened) -> None:
    words = text_of(client.get(page(here)))
    order = ["Een aanvraag werd ingetrokken", "De regels besloten over aanvragen", "Het geld werd opzijgezet"]
    assert sorted(order, key=lambda title: words.rindex(title)) == order
    assert "11 besluiten: volgens de regels zouden 6 geld krijgen, samen € 9.000" in words
    assert "Minder dan 5 besluiten" in words.replace("minder", "Minder")
    assert "Sami" not in words
    assert "Bedrijf" not in words
    assert "Alles klopt" in words
    assert "dichterbij schemes replay development_advice --at '" in words.replace("&#x27;", "'")


def test_one_kind_can_be_chosen_and_saved_as_a_table(client: Client, here: Opened) -> None:
    words = client.get(f"{page(here)}?soort=decided").content.decode()
    assert "1 document" in words
    table = next(link for link in re.findall(r'href="([^"]+)"', words) if "besluiten.csv" in link)
    read = client.get(table.replace("&amp;", "&")).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(read), delimiter=";")
    assert (row["Hoeveel"], row["Toegekend"], row["Bedrag in centen"]) == ("11", "6", str(6 * GRANT))
    assert row["Soort"] == "De regels besloten over aanvragen"
    assert row["Redenen"] == "granted=6 ceiling_reached=5"


def test_the_table_hides_what_the_page_hides(client: Client, here: Opened) -> None:
    name = here.digest.hex()[:16]
    read = client.get(f"{page(here)}{name}/besluiten.csv").content.decode("utf-8-sig")
    kinds = {row["Soort"]: row for row in csv.DictReader(io.StringIO(read), delimiter=";")}
    withdrawn = kinds["Een aanvraag werd ingetrokken"]
    assert (withdrawn["Hoeveel"], withdrawn["Bedrag in centen"]) == ("<5", "")
    assert kinds["Het geld werd opzijgezet"]["Bedrag in centen"] == str(6 * GRANT)


def test_a_page_that_does_not_exist_is_the_last_one(client: Client, here: Opened) -> None:
    for asked in ("0", "99", "x", "9" * 30):
        assert client.get(f"{page(here)}?pagina={asked}&soort=odd").status_code == 200


def test_the_scheme_and_the_money_lead_to_it(client: Client, here: Opened) -> None:
    assert page(here) in client.get(f"/nl/regelingen/{here.scheme.slug}/").content.decode()
    assert page(here) not in client.get("/nl/regelingen/reintegration/").content.decode()


def test_a_scheme_that_was_never_open_says_so_and_another_is_not_there(client: Client, here: Opened) -> None:
    assert "Er is nog niets besloten" in text_of(client.get("/nl/regelingen/reintegration/besluiten/"))
    assert client.get("/nl/regelingen/bestaat-niet/besluiten/").status_code == 404
    other = f"/nl/regelingen/reintegration/besluiten/{here.digest.hex()[:16]}/"
    assert client.get(other).status_code == 404
    assert client.get(f"{page(here)}{here.digest.hex()[:16]}/").status_code == 200
