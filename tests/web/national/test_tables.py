"""Regional tables: the agenda before and the outcomes after are written down, and nothing of them is lost."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.network import queries
from dichterbij.domains.network.actions.demo import NADIA
from dichterbij.domains.network.models import RegionalTable
from support.sweeping import undone
from web.national.conftest import Pages
from web.national.test_employers import text_of

TABLES = "/nl/landelijk/werktafels/"


def form(subject: str, **more: Any) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days=1)
    return {"on": day.isoformat(), "subject": subject, "parties": "School, gemeente", "agenda": "1. Wie belt?",
            "outcomes": "", **more}  # fmt: skip


def planned(browser: Client, subject: str, **more: Any) -> str:
    answer = browser.post(TABLES, form(subject, **more))
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"].partition("?")[0])


def test_a_coordinator_plans_a_table_and_writes_down_what_came_out(pages: Pages) -> None:
    page = planned(pages.coordinator, "Van school naar werk")
    shown = text_of(pages.coordinator.get(page))
    assert "1. Wie belt?" in shown
    assert "De uitkomsten staan er nog niet" in shown
    assert pages.coordinator.get(TABLES).context["waiting"] >= 1
    done = form("Van school naar werk", outcomes="De gemeente belt op de eerste werkdag", version="1")
    assert pages.coordinator.post(page, done).status_code == 302
    assert pages.coordinator.post(page, done).status_code == 422, "the page was of version 1"
    for browser in (pages.adviser, pages.national):
        assert "De gemeente belt op de eerste werkdag" in text_of(browser.get(page))
    versions = queries.table(actor=NADIA, key=pages.national.get(page).context["row"].key, now=timezone.now())
    assert [(one.version, one.outcomes) for one in versions] == [(2, "De gemeente belt op de eerste werkdag"), (1, "")]


def test_who_works_in_the_region_reads_and_nobody_else(pages: Pages) -> None:
    page = planned(pages.coordinator, "Alleen hier")
    assert pages.adviser.get(page).status_code == 200
    assert pages.elsewhere.get(page).status_code == 404
    assert "Alleen hier" not in text_of(pages.elsewhere.get(TABLES))
    assert pages.adviser.post(TABLES, form("Mag niet")).status_code == 404
    assert pages.adviser.post(page, form("Mag niet", version="1")).status_code == 404
    assert "<textarea" not in pages.adviser.get(page).content.decode()
    assert Client().get(TABLES).status_code in (302, 403, 404)


def test_no_outcomes_before_the_day_and_nothing_typed_is_lost(pages: Pages) -> None:
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    back = pages.coordinator.post(TABLES, form("Komt nog", on=later, outcomes="Vast <b>gelukt</b>"))
    assert back.status_code == 422
    assert "Voor de dag zelf zijn er geen uitkomsten" in text_of(back)
    assert "Vast &lt;b&gt;gelukt&lt;/b&gt;" in back.content.decode()
    assert pages.coordinator.post(TABLES, form("")).status_code == 422


def test_the_national_team_plans_for_a_region_searches_and_takes_a_file_along(pages: Pages) -> None:
    planned(pages.national, "=1+1 nazorg", region="AM29")
    found = pages.national.get(f"{TABLES}?zoek=nazorg&regio=AM29").context["rows"]
    assert [row.subject for row in found] == ["=1+1 nazorg"]
    lines = pages.national.get(f"{TABLES}bestand.csv?regio=AM29").content.decode("utf-8-sig")
    assert [row["Over"] for row in csv.DictReader(io.StringIO(lines), delimiter=";")] == ["'=1+1 nazorg"]
    assert "Geen werktafel past hierbij" in text_of(pages.national.get(f"{TABLES}?zoek=xyzzy"))


def test_the_database_itself_keeps_one_of_a_version_and_no_empty_agenda(pages: Pages) -> None:
    planned(pages.coordinator, "Twee keer")
    with acting(NADIA):
        row = RegionalTable.objects.filter(subject="Twee keer").get()
    values = {"key": row.key, "region": row.region, "on": row.on, "subject": "S", "by": "t", "at": row.at}
    for more, name in (({"version": 1, "agenda": "A"}, "one_of_a_version"), ({"version": 2, "agenda": ""}, "is_whole")):
        with acting(NADIA), pytest.raises(IntegrityError, match=f"table_(has_)?{name}"), undone():
            RegionalTable.objects.create(**values, **more)
