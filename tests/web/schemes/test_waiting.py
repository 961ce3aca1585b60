"""More people than the site can serve: each keeps a place, and nothing typed is lost."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.full_house import FullHouse, full_house
from web.schemes.test_applying import GOOD, PAGE, exercise, text_of

__all__ = ["exercise"]
SLOW = FullHouse(per_minute=1, keep=timedelta(hours=1))


@pytest.fixture
def crowd(exercise: None) -> Opened:
    """Ten people came at once, of whom one a minute goes in."""
    here = queries.open_now(scheme="employer_subsidy", now=timezone.now())
    assert here
    for _ in range(10):
        actions.take_turn(opened=here, pace=SLOW)
    return here


def turn_at(page: object) -> datetime:
    at: datetime = page.context["turn"].at  # type: ignore[attr-defined]
    return at


def test_while_it_is_quiet_nobody_waits(client: Client) -> None:
    assert "Verstuur mijn aanvraag" in text_of(client.get(PAGE))


@pytest.mark.usefixtures("crowd")
def test_who_comes_to_a_full_house_gets_a_time_and_keeps_it(client: Client) -> None:
    first = client.get(PAGE)
    assert "Je bent aan de beurt om" in text_of(first)
    assert "Dat is over ongeveer" in text_of(first)
    assert turn_at(client.get(PAGE)) == turn_at(first)


@pytest.mark.usefixtures("crowd")
def test_who_comes_later_goes_later(client: Client) -> None:
    assert turn_at(Client().get(PAGE)) < turn_at(Client().get(PAGE))


@pytest.mark.usefixtures("crowd")
def test_what_was_typed_waits_too_and_nothing_is_sent(client: Client) -> None:
    page = client.post(PAGE, GOOD | {"key": str(uuid4())})
    assert "Wat je typte, staat er nog" in text_of(page)
    assert not queries.receipts(scheme="employer_subsidy")
    assert "application" in client.cookies


@pytest.mark.usefixtures("crowd")
def test_a_turn_of_somebody_else_cannot_be_made_up(client: Client) -> None:
    client.cookies["turn"] = "made up"
    assert "Je bent aan de beurt om" in text_of(client.get(PAGE))


def test_a_turn_that_was_given_is_not_given_again(crowd: Opened) -> None:
    with pytest.raises(DatabaseError, match="not given again"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE schemes_door SET turn_at = turn_at - interval '1 hour'")


def test_the_pace_is_dated_data() -> None:
    pace = full_house(timezone.localdate())
    assert pace.before(pace.between * 30) == 30
    assert pace.per_minute > 0
