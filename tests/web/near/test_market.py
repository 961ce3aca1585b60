"""The openings of a process: made once, kept while they are the same, and never a visitor's business."""

import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from dichterbij.web.near import market as markets
from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.market import MarketLoadingError, market


@pytest.fixture
def held_lock() -> Iterator[None]:
    """Somebody else is making the market."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with markets._lock:
            holding.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(10)
    yield
    done.set()
    thread.join()


def test_the_market_is_made_once(visitor: Client) -> None:
    assert market() is market()


def test_the_first_visitors_are_asked_to_wait(
    visitor: Client, held_lock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markets, "_kept", None)
    monkeypatch.setattr(markets, "PATIENCE_SECONDS", 0.05)
    with pytest.raises(MarketLoadingError):
        market()
    visitor.post("/nl/dichtbij/", {"postcode": "1811"})
    answer = visitor.get("/nl/dichtbij/lijst/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "we zetten de plekken klaar" in answer.content.decode()


def test_others_go_on_with_the_old_market_while_a_new_one_is_made(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = market()
    monkeypatch.setattr(markets.openings, "latest_delivery", lambda: "another")
    with markets._lock:
        assert market() is before


def test_filters_never_change_a_bridge(visitor: Client) -> None:
    found = market().near(Answers(pc4=1811, no_work=True))
    ways = {near.opening_id: set(near.ways) for near in found.kept(Filters()).nearest(1_000)}
    for route in ("direct", "open_hiring", "learn_work", "carving"):
        for near in found.kept(Filters(route=route)).nearest(100):
            assert near.way.route == route
            assert ways.get(near.opening_id, set(near.ways)) == set(near.ways)
