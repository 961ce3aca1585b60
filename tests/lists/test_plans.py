"""With a hundred thousand hand-overs every list still finds its rows by an index, whoever asks."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dichterbij.domains.accounts.rules import Actor, Role
from support.handing import Desks
from support.people import as_owner, as_the_site

ROOT = Path(__file__).resolve().parents[2]
GUARDED = {"referral_handover", "referral_step", "people_person", "people_contact", "people_access"}
ROWS = 100_000
TODAY = "/nl/vandaag/"
LISTS = [
    *(f"{TODAY}{tab}/" for tab in ("aannemen", "wachten", "te-laat", "bij-ons", "klaar")),
    f"{TODAY}klaar/?pagina=40", f"{TODAY}bij-ons/?onderwerp=work", f"{TODAY}casusoverleg/", f"{TODAY}cijfers/",
    f"{TODAY}vindplaatsen/", f"{TODAY}verdelen/",
]  # fmt: skip

pytestmark = pytest.mark.long  # making the rows takes most of a minute


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    sys.path.insert(0, str(ROOT))
    try:
        made = import_module("benchmarks.many_handovers")
    finally:
        sys.path.remove(str(ROOT))
    with django_db_blocker.unblock(), as_the_site("plans", loaded=True):
        with as_owner():
            workers = made.fill(ROWS)
        yield made, workers


def browser_of(worker: Any) -> Client:
    actor = Actor(worker.user, Role(worker.role), worker.organisation, worker.region)
    return Desks.browser(None, actor)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["adviser", "coordinator"])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_finds_its_rows_by_an_index(many: Any, address: str, role: str) -> None:
    _, workers = many
    browser = browser_of(next(one for one in workers if one.role == role))
    with explained() as found:
        assert browser.get(address).status_code == 200
    assert found == []


def test_a_search_finds_names_among_what_is_ours(many: Any) -> None:
    _, workers = many
    with explained() as found:
        assert browser_of(workers[0]).post(f"{TODAY}aannemen/", {"zoek": "Verzonnen 1a"}).status_code == 200
    assert found == []


def test_an_own_page_reads_one_person(many: Any) -> None:
    made, _ = many
    with explained() as found:
        assert Client().get(f"/nl/mijn/{made.own_token(1)}/").status_code == 200
    assert found == []


@contextmanager
def explained() -> Iterator[list[str]]:
    """Every read of a whole table of people or hand-overs, by the plan of the statement as it is asked."""
    found: list[str] = []

    def plan(execute: Any, statement: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and not many:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
                (row,) = cursor.fetchone()
            plans = row if isinstance(row, list) else json.loads(row)
            found.extend(f"{node}: {statement[:1500]}" for node in whole_reads(plans[0]["Plan"]))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(plan):
        yield found


def whole_reads(plan: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan, or a part of it, reads from begin to end."""
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in GUARDED:
        yield str(plan["Relation Name"])
    for part in plan.get("Plans", ()):
        yield from whole_reads(part)
