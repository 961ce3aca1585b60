"""The pages with Django's client, on a database with the reference data, and an employer who fills them in."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.synthetic.population import day_of, people_table
from dichterbij.web.placing import crowd
from support.database import connected_to_own_database

PEOPLE = 6_000
WORK = {
    "hours_min": "8",
    "hours_max": "16",
    "dayparts": ["weekday", "saturday"],
    "demands": ["lifting"],
    "licences": ["B"],
    "dutch": "3",
    "level": "3",
    "people": "2",
    "agreement": "job",
    "wage_min": "14,50",
    "willing": ["meet"],
    "own_tasks": "Soep roeren",
}
CONTACT = {"firm": "Eetcafé Verzonnen", "person": "Ans Verzonnen", "phone": "06 12345678", "question": "Kan het snel?"}
BASE = "/nl/mensen/plaatsen/"
DESK = "Werkgeversservicepunt (WSP) Noord-Holland Noord"
Fill = Callable[..., HttpResponse]


@pytest.fixture(scope="package")
def loaded_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    with django_db_blocker.unblock(), connected_to_own_database("placing", loaded=True):
        yield


@pytest.fixture(scope="package", autouse=True)
def few_people() -> Iterator[crowd.InventedPeople]:
    """Fewer people than the site counts with: a page of a test has its numbers at once."""
    today = timezone.localdate()
    parameters = load_parameters(on=today)
    people = matching.Crowd.of(people_table(on=today, rows=PEOPLE), parameters)
    crowd._kept = crowd.InventedPeople(day_of(today), today, parameters, people)
    yield crowd._kept
    crowd._kept = None


@pytest.fixture
def employer(loaded_database: None, db: None) -> Iterator[Client]:
    """A browser with nothing filled in, from a place that sent nothing yet."""
    cache.clear()
    yield Client(HTTP_HOST="localhost")
    cache.clear()


@pytest.fixture
def filled(employer: Client) -> Fill:
    """`filled(language="en", work={...}, contact={...})`: everything up to the check page, which is given back."""

    def fill(
        language: str = "nl",
        title: str = "keukenhulp",
        where: str = "1811",
        work: dict[str, Any] | None = None,
        contact: dict[str, str] | None = None,
        tick: int = 2,
    ) -> HttpResponse:
        base = f"/{language}/mensen/plaatsen/"
        assert employer.post(base, {"title": title, "where": where}).status_code == 302
        assert employer.post(f"{base}beroep/", {"occupation": "0"}).status_code == 302
        numbers = [line.number for line in employer.get(f"{base}werk/").context["first_lines"]]
        ticked = {"tasks": numbers[: tick + 1], "needed": numbers[:tick]}
        assert employer.post(f"{base}werk/", {**WORK, **ticked, **(work or {})}).status_code == 302
        assert employer.post(f"{base}contact/", {**CONTACT, **(contact or {})}).status_code == 302
        return employer.get(f"{base}controle/")

    return fill


@pytest.fixture
def sent(employer: Client, filled: Fill) -> Fill:
    """`sent(...)` as `filled`, and then the message's page."""

    def send(**given: Any) -> HttpResponse:
        token = filled(**given).context["draft"].token
        path = f"/{given.get('language', 'nl')}/mensen/plaatsen/controle/"
        return employer.post(path, {"token": token}, follow=True)

    return send


@pytest.fixture
def nobody_here(employer: Client) -> None:
    """The desk works without this site: its message goes by mail. How it is with one: test_answered.py."""
    Sender.objects.all().delete()  # the demonstration's
    Message.objects.all().delete()
    Organisation.objects.filter(kind="wsp").update(ended_on=date(2026, 11, 1))


def text_of(answer: HttpResponse) -> str:
    """The page as it came."""
    return answer.content.decode()
