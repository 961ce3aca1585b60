"""The log of lessons: public, found by phase and subject, added to and amended by the national team alone."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.network.rules.lessons import first_lessons
from support.people import as_owner
from web.national.conftest import Pages
from web.national.test_employers import text_of

LOG = "/nl/landelijk/lessen/"
WORDS = {
    "dutch": "Bel <b>na</b> een markt", "english": "", "phase": "keep", "subject": "meeting", "learnt_where": "Twente",
    "learnt_when": "2026-06", "source": "Verslag van 3 juni", "status": "noted", "changed": "", "changed_english": "",
}  # fmt: skip


def keys(page: Any) -> set[str]:
    return {row["key"] for row in page.context["rows"]}


def added(pages: Pages, **more: str) -> str:
    answer = pages.national.post(f"{LOG}nieuw/", WORDS | more)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"].split("/")[-2])


def events(action: str, key: str) -> list[Any]:
    with as_owner():
        return [one.data for one in AuditEvent.objects.filter(action=action) if one.data.get("lesson") == key]


def test_it_begins_with_lessons_of_the_documents_each_with_its_source(pages: Pages) -> None:
    page = Client().get(LOG)
    assert keys(page) >= set(first_lessons())
    assert len(first_lessons()) >= 12
    assert all(row["lesson"].source and row["lesson"].learnt_when for row in page.context["rows"])
    assert "Let employers and job seekers meet" in Client().get("/en/landelijk/lessen/").content.decode()


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("fase=first_regions", "phases", "meetings"),
        ("over=money", "freedom", "meetings"),
        ("stand=changed", "question_hours", "freedom"),
        ("zoek=NABELLEN+x", "", "meetings"),
        ("zoek=vragenuurtjes", "question_hours", "freedom"),
        ("fase=evaluate&over=learning", "career_advice", "examples"),
        ("fase=onzin", "meetings", ""),
    ],
)
def test_search_and_filters_leave_what_fits(pages: Pages, query: str, inside: str, outside: str) -> None:
    found = keys(Client().get(f"{LOG}?{query}"))
    assert not inside or inside in found
    assert outside not in found


def test_the_file_holds_what_the_page_shows_and_no_formula(pages: Pages) -> None:
    added(pages, dutch="=1+1 is geen les", subject="national")
    answer = Client().get(f"{LOG}bestand.csv?over=national")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(keys(Client().get(f"{LOG}?over=national")))
    assert "'=1+1 is geen les" in {row["Les"] for row in rows}


def test_a_lesson_is_added_and_amended_once_each_and_its_history_stays(pages: Pages) -> None:
    key = added(pages)
    page = f"{LOG}{key}/"
    assert "Bel &lt;b&gt;na&lt;/b&gt;" in Client().get(page).content.decode()
    back = pages.national.post(page, WORDS | {"status": "changed", "version": "1"})
    assert back.status_code == 422
    assert "Schrijf op wat er veranderde" in text_of(back)
    amended = WORDS | {"status": "changed", "changed": "Elke markt belt nu na", "version": "1"}
    assert pages.national.post(page, amended).status_code == 302
    assert pages.national.post(page, amended).status_code == 422, "the page was of version 1"
    now = Client().get(page)
    assert [one["number"] for one in now.context["before"]] == [2, 1]
    assert "Elke markt belt nu na" in text_of(now)
    assert [len(events(f"network.lesson_{what}", key)) for what in ("added", "amended")] == [1, 1]


def test_a_lesson_of_the_documents_is_amended_in_the_same_way(pages: Pages) -> None:
    page = f"{LOG}innovate/"
    form = WORDS | {"dutch": "Probeer iets nieuws", "version": "1"}
    assert pages.national.post(page, form).status_code == 302
    shown = Client().get(page)
    assert [one["number"] for one in shown.context["before"]] == [2, 1]
    assert first_lessons()["innovate"].dutch in shown.content.decode()


def test_only_the_national_team_writes(pages: Pages) -> None:
    for browser in (Client(), pages.adviser, pages.coordinator):
        assert browser.post(f"{LOG}nieuw/", WORDS).status_code in (302, 403, 404)
        assert browser.post(f"{LOG}meetings/", WORDS | {"version": "1"}).status_code == 404
        assert '<form method="post"' not in browser.get(f"{LOG}meetings/").content.decode().split("<main")[1]
    assert "meetings" in keys(Client().get(LOG))
    assert Client().get(f"{LOG}bestaat-niet/").status_code == 404
    assert [one["number"] for one in Client().get(f"{LOG}meetings/").context["before"]] == [1]


def test_nothing_typed_is_lost_and_a_day_is_asked_for_plainly(pages: Pages) -> None:
    for wrong in ("2023-02-31", "zomer"):
        back = pages.national.post(f"{LOG}nieuw/", WORDS | {"learnt_when": wrong})
        assert back.status_code == 422, wrong
    assert "Voorbeeld: 2023" in text_of(back)
    assert "Twente" in back.content.decode()
