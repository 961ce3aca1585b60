"""A new delivery is taken over while visitors go on: all are answered, first of the old openings, then of the new."""

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings import queries as openings
from dichterbij.domains.openings.actions import load_openings
from dichterbij.engine.snapshot import alone
from dichterbij.web.near import making
from dichterbij.web.near import market as markets
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE, seal
from support.database import connected_to_own_database

LIST = "/nl/dichtbij/lijst/"
FAILS = [sys.executable, "-c", "raise SystemExit('No space left on device')"]
HANGS = [sys.executable, "-c", "import time; time.sleep(600)"]
PATIENCE_SECONDS = 120  # only how long a test waits for what must come; nothing is measured with it
number = itertools.count(1)


@pytest.fixture(scope="module")
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A database of these tests, in which openings may really be delivered."""
    before = markets._kept
    with django_db_blocker.unblock(), connected_to_own_database("takeover", loaded=True):  # type: ignore[attr-defined]
        yield
    markets._kept = before


@pytest.fixture
def visitor(own_database: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody from Alkmaar, on a site that has the latest openings."""
    monkeypatch.setattr(markets, "_try_again_at", 0.0)
    browser = Client(HTTP_HOST="localhost")
    browser.cookies[COOKIE.name] = seal(Answers(pc4=1811))
    settle(browser)
    return browser


@pytest.fixture
def new_process(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """`new_process()`: from now on this process is one that has no openings yet."""
    return lambda: monkeypatch.setattr(markets, "_kept", None)


def deliver() -> None:
    """One more opening, from an origin of its own."""
    new = next(number)
    row = {"opening_id": f"new-{new}", "pc4": 1811, "hours_min": 8, "hours_max": 32, "title_nl": "Nieuw werk"}
    load_openings(actor="tests", openings=pa.Table.from_pylist([row]), origin=f"tests {new}", now=timezone.now())


def total(visitor: Client) -> int:
    """How many openings the list says there are."""
    answer = visitor.get(LIST)
    assert answer.status_code == 200
    return int(answer.context["total"])


def settle(visitor: Client) -> int:
    """The same, once the latest openings are taken over. Asks nothing meanwhile: the maker lets visitors go first."""
    total(visitor)
    wait_until(lambda: not markets._lock.locked())
    assert markets.market().version == openings.latest_delivery()
    return total(visitor)


def made() -> Path:
    """The folder of the latest delivery, made by this process."""
    making.make(timezone.localdate())
    return making.folder_of(str(openings.latest_delivery()), load_parameters(on=timezone.localdate()))


def wait_until(is_so: Callable[[], bool]) -> None:
    """For what happens in the background; fails when it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nobody_waits_while_deliveries_are_taken_over(visitor: Client) -> None:
    before = total(visitor)
    with alone(making.home()):  # so that the maker cannot begin
        deliver()
        assert [total(visitor) for _ in range(3)] == [before] * 3
        deliver()
        assert [total(visitor) for _ in range(3)] == [before] * 3
        assert markets._lock.locked()
    wait_until(lambda: not markets._lock.locked())
    assert total(visitor) == before + 2, "the second delivery came while the first was waiting to be made"
    assert markets.market().held is not None


@pytest.mark.long
@pytest.mark.parametrize("harm", ["a file is cut", "the manifest is missing"])
def test_a_damaged_folder_is_made_again_and_visitors_notice_nothing(
    visitor: Client, new_process: Callable[[], None], monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    before = total(visitor)
    deliver()
    folder = made()
    if harm == "a file is cut":
        os.truncate(folder / "index.records.npy", 100)
    else:
        (folder / "manifest.json").unlink()
    assert made() == folder
    new_process()
    monkeypatch.setattr(making, "COMMAND", FAILS)
    assert total(visitor) == before + 1
    assert markets.market().held is not None


@pytest.mark.parametrize(
    ("maker", "said"),
    [(FAILS, "No space left on device"), pytest.param(HANGS, "not ready after 0.2 seconds", marks=pytest.mark.long)],
)
def test_when_the_newest_cannot_be_made_ready_the_old_ones_stay(
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    maker: list[str],
    said: str,
) -> None:
    before, old = total(visitor), markets.market()
    monkeypatch.setattr(making, "COMMAND", maker)
    monkeypatch.setattr(making, "LONGEST_SECONDS", 0.2 if maker is HANGS else PATIENCE_SECONDS)
    deliver()
    assert total(visitor) == before
    wait_until(lambda: not markets._lock.locked())
    assert total(visitor) == before
    assert markets.market() is old
    assert not markets._lock.locked(), "it rests before it tries again"
    assert said in caplog.text
    made()
    monkeypatch.setattr(markets, "_try_again_at", 0.0)
    assert settle(visitor) == before + 1


@pytest.mark.long
def test_when_no_thread_can_be_started_the_old_ones_stay(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = total(visitor)
    deliver()

    def full(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", full)
        assert total(visitor) == before
    assert not markets._lock.locked()
    made()


def test_a_process_that_has_none_reads_them_itself_when_no_folder_can_be_made(
    visitor: Client, new_process: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = total(visitor)
    deliver()
    new_process()
    monkeypatch.setattr(making, "COMMAND", FAILS)
    assert total(visitor) == before + 1
    assert markets.market().held is None


@pytest.mark.long
def test_a_question_that_is_being_answered_ends_on_the_openings_it_began_with(visitor: Client) -> None:
    total(visitor)
    stock = markets.market()
    found = len(stock.near(Answers(pc4=1811)))
    deliver()
    made()
    settle(visitor)
    assert len(markets.market().near(Answers(pc4=1811))) == found + 1
    assert len(stock.near(Answers(pc4=1811))) == found
