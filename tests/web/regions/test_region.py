"""The page of a region: desks, work, what holds people back, figures; each number with its source."""

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dichterbij.domains.regions.actions.desks import load_desks
from dichterbij.domains.regions.models import Region
from dichterbij.domains.regions.rules.desk_files import DESKS
from dichterbij.web.regions import holding_back


def page(visitor: Client, code: str, language: str = "nl") -> str:
    answer = visitor.get(f"/{language}/regio/{code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_region_names_a_desk_for_people_and_one_for_employers(visitor: Client, code: str) -> None:
    shown = page(visitor, code)
    first = re.findall(r'<p class="desk-for">([^<]+)</p>', shown)
    assert {"Je zoekt werk", "Je zoekt mensen", "Je wilt leren"} <= set(first)
    assert "(0XX) 000" in shown
    assert 'class="map__part map__part--chosen"' in shown


def test_each_region_says_what_holds_people_back_with_what_was_counted(visitor: Client, code: str) -> None:
    shown = page(visitor, code)
    answer = re.search(
        r'class="big-answer">\s*<strong>([^<]+)</strong>: bij <strong>(\d+)</strong> van de 1\.000', shown
    )
    assert answer
    assert 0 < int(answer[2]) <= 1000
    assert "n = 1.000 verzonnen mensen in deze regio en 30.063 verzonnen vacatures" in shown
    assert "1 november 2026" in shown


def test_small_numbers_are_not_told(visitor: Client) -> None:
    shown = page(visitor, "AM05")
    held = shown.partition('id="held"')[2].partition('id="unknown"')[0]
    assert "Elk minder dan 5 mensen:" in held
    people = [int(n) for n in re.findall(r'bars__cell"><span class="number">(\d+)</span>', held)]
    assert people
    assert min(people) >= 5


def test_every_group_of_numbers_has_a_source_with_a_date(visitor: Client) -> None:
    shown = page(visitor, "AM05")
    bare = re.sub(r'<span (?:class="tag"|lang="nl")>([^<]*)</span>', r"\1", shown)
    lines = re.findall(r'class="source-line">(.*?)</(?:p|span)>', bare, re.S)
    assert len(lines) >= 7
    assert all(re.search(r"20\d\d", line) for line in lines)
    assert all(re.search(r"CBS|UWV|site|Evaluatie", line) for line in lines)


@pytest.mark.parametrize(("code", "tension"), [("AM05", "krap"), ("AM14", "zeer krap")])
def test_the_tension_is_the_class_of_the_evaluation_and_says_where_it_is_found_now(
    visitor: Client, code: str, tension: str
) -> None:
    shown = page(visitor, code)
    assert f'<span class="numbers__big">{tension}</span>' in shown
    assert "https://www.werk.nl/arbeidsmarktinformatie/dashboards/spanningsindicator" in shown


def test_a_region_without_known_tension_says_so(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dichterbij.domains.regions.queries.figures._tensions", dict)
    assert '<span class="numbers__big">niet bekend</span>' in page(visitor, "AM05")


def test_known_to_nobody_is_told_with_the_desk_that_helps_anyway(visitor: Client) -> None:
    shown = page(visitor, "AM05")
    assert "Van elke 10 mensen die (meer) kunnen werken, zijn er 7 niet bekend" in shown
    assert "Regionaal Mobiliteitsteam (RMT) Twente" in shown


def test_what_a_region_did_is_told_with_the_document(visitor: Client) -> None:
    shown = page(visitor, "AM18")
    assert "Ongekend talent" in shown
    assert "bijlage Groot-Amsterdam, Ongekend talent" in shown
    assert "Wat hier gebeurde" not in page(visitor, "AM35")


def test_a_changed_desk_is_shown_at_once(visitor: Client, tmp_path: Path) -> None:
    for file in DESKS.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("(0XX) 000 05 01", "(0XX) 000 05 99") if file.stem == "AM05" else text
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    assert "(0XX) 000 05 99" not in page(visitor, "AM05")
    load_desks(date(2026, 11, 22), folder=tmp_path)
    assert "(0XX) 000 05 99" in page(visitor, "AM05")
    assert "(0XX) 000 05 99" in visitor.get("/nl/regio/AM05/praatplaat/").content.decode()


def test_a_region_with_a_desk_of_its_own_shows_that_one(visitor: Client) -> None:
    assert "Werkcentrum" in page(visitor, "AM22")
    assert re.search(r"Je zoekt mensen</p>\s*<h3[^>]*>Ondernemersloket Flevoland<", page(visitor, "AM11"))
    assert "Deze regio heeft gemeld dat werkgevers" in page(visitor, "AM11")


@pytest.mark.parametrize("code", ["AM04", "AM99", "zwolle", "NL"])
def test_an_unknown_region_is_not_found(visitor: Client, code: str) -> None:
    assert visitor.get(f"/nl/regio/{code}/").status_code == 404


def test_a_region_that_is_no_more_is_not_found(visitor: Client) -> None:
    Region.objects.filter(code="AM05").update(obsolete_on=date(2026, 1, 1))
    assert visitor.get("/nl/regio/AM05/").status_code == 404
    assert visitor.get("/nl/regio/AM05/praatplaat/").status_code == 404


def test_a_code_in_small_letters_is_the_same_region(visitor: Client) -> None:
    assert "Twente" in page(visitor, "am05")


def test_a_page_asks_the_database_a_few_things_however_many_desks(visitor: Client) -> None:
    page(visitor, "AM05")
    with CaptureQueriesContext(connection) as asked:
        page(visitor, "AM18")
    assert len(asked) <= 8, [query["sql"][:80] for query in asked]


def test_a_warm_page_is_quick(visitor: Client) -> None:
    page(visitor, "AM05")
    took = []
    for _ in range(5):
        start = time.process_time()
        page(visitor, "AM05")
        took.append(time.process_time() - start)
    assert min(took) < 0.15


def test_english_is_complete(visitor: Client) -> None:
    shown = page(visitor, "AM05", "en")
    assert "that is above all what lies between them and work nearby" in shown
    assert "Who helps you here" in shown


def test_without_openings_the_page_says_why_and_who_knows(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dichterbij.web.regions.work.supply_per_region", dict)
    assert "Hier kennen we nog geen vacatures" in page(visitor, "AM05")


def test_a_region_that_was_never_drawn_shows_no_picture(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any) -> None:
        return None

    monkeypatch.setattr(holding_back, "of_region", nothing)
    assert 'id="held"' not in page(visitor, "AM05")
