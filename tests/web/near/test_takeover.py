"""A new delivery is taken over while visitors go on: all are answered, first of the old openings, then of the new."""

import threading
import time
from collections.abc import Iterator

import pyarrow as pa
import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.openings.actions import load_openings
from dichterbij.web.near import making
from dichterbij.web.near import market as markets
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE, seal
from support.database import connected_to_own_database

LIST = "/nl/dichtbij/lijst/"
# Far above a page, far below making ready: whoever waited for that would be seen.
LONGEST_SECONDS = 2.0


@pytest.fixture
def own_site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Client]:
    """A visitor of Alkmaar on a site with a database of its own, in which openings may really be delivered."""
    before = markets._kept
    with django_db_blocker.unblock(), connected_to_own_database("takeover", loaded=True):  # type: ignore[attr-defined]
        browser = Client(HTTP_HOST="localhost")
        browser.cookies[COOKIE.name] = seal(Answers(pc4=1811))
        yield browser
    markets._kept = before


def deliver(number: int) -> None:
    """One more opening, from an origin of its own."""
    row = {"opening_id": f"new-{number}", "pc4": 1811, "hours_min": 8, "hours_max": 32, "title_nl": "Nieuw werk"}
    load_openings(actor="tests", openings=pa.Table.from_pylist([row]), origin="tests", now=timezone.now())


def taken_over(version: str | None) -> bool:
    """Whether this process has another market than that of `version`."""
    return markets._kept is not None and markets._kept.version != version


def test_nobody_waits_while_a_new_delivery_is_taken_over(own_site: Client) -> None:
    before = own_site.get(LIST).context["total"]
    version, seen, longest = markets.market().version, [], 0.0
    deliver(1)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and (not seen or seen[-1] == before):
        began = time.monotonic()
        answer = own_site.get(LIST)
        longest = max(longest, time.monotonic() - began)
        assert answer.status_code == 200
        seen.append(answer.context["total"])
    assert taken_over(version)
    assert seen == sorted(seen)
    assert set(seen) == {before, before + 1}
    assert longest < LONGEST_SECONDS


def test_a_question_that_is_being_answered_ends_on_the_openings_it_began_with(own_site: Client) -> None:
    own_site.get(LIST)
    stock = markets.market()
    found = stock.near(Answers(pc4=1811))
    deliver(1)
    making.make(timezone.localdate())
    markets.market()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not taken_over(stock.version):
        time.sleep(0.05)
    assert len(markets.market().near(Answers(pc4=1811))) == len(found) + 1
    assert len(stock.near(Answers(pc4=1811))) == len(found)
    assert "new-1" in markets.market().index
    assert "new-1" not in stock.index


def test_when_the_newest_cannot_be_made_ready_the_old_ones_stay(
    own_site: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = own_site.get(LIST).context["total"]
    tried = threading.Event()

    def fail(*_: object) -> None:
        tried.set()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(markets, "_load", fail)
    deliver(1)
    assert own_site.get(LIST).context["total"] == before
    assert tried.wait(30)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and markets._lock.locked():
        time.sleep(0.01)
    assert own_site.get(LIST).context["total"] == before
    assert "No space left" in caplog.text
    monkeypatch.setattr(markets, "_try_again_at", 0.0)
