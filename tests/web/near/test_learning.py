"""A learning place goes over learning and working, never over an ordinary application."""

from collections.abc import Callable

import pytest
from django.test import Client

from dichterbij.domains.matching.queries import Bridge
from dichterbij.web.near import learning
from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.market import Market, market

Told = Callable[..., Client]
UTRECHT = Answers(pc4=3511)


def bridge(route: str, weeks: int) -> Bridge:
    return Bridge("o", route, False, weeks, 0, 0, 20, "bike", (), 240, (), (), ())


@pytest.mark.parametrize(
    ("routes", "shown"),
    [
        ([("direct", 1), ("learn_work", 2)], [("learn_work", 1)]),
        ([("learn_work", 1), ("direct", 2)], [("learn_work", 1)]),
        ([("carving", 0), ("direct", 3)], [("carving", 0), ("learn_work", 3)]),
        ([("open_hiring", 0)], [("open_hiring", 0)]),
        ([], []),
    ],
)
def test_the_shorter_of_the_plain_and_the_learning_way_is_the_way_to_learn(
    routes: list[tuple[str, int]], shown: list[tuple[str, int]]
) -> None:
    found = learning.ways(tuple(bridge(route, weeks) for route, weeks in routes))
    assert [(way.route, way.weeks_to_start) for way in found] == shown


def learning_places(stock: Market) -> list[str]:
    nears = stock.near(UTRECHT).kept(Filters()).nearest(10_000)
    return [near.opening_id for near in nears if stock.is_learning_place(near.opening_id)]


def test_every_learning_place_is_counted_under_learning_and_working(told: Told) -> None:
    browser, stock = told(pc4=3511), market()
    places = learning_places(stock)
    assert places
    counted = {route["code"]: route["count"] for route in browser.get("/nl/dichtbij/lijst/").context["routes"]}
    assert int(counted["learn_work"].replace(".", "")) >= len(places)
    for near in stock.near(UTRECHT).kept(Filters()).nearest(10_000):
        if near.opening_id in places:
            assert all(way.route != "direct" for way in near.ways)


def test_the_page_of_a_learning_place_says_learning_and_working_and_why(told: Told) -> None:
    browser = told(pc4=3511)
    place = learning_places(market())[0]
    answer = browser.get(f"/nl/dichtbij/vacature/{place}/")
    page = answer.content.decode()
    assert "Route: Leren en werken." in page
    assert "Gewoon solliciteren" not in page
    names = [name for name, _ in answer.context["rules"]]
    assert sorted(names) == ["Leren en werken", "Open hiring", "Werk op maat (jobcarving)"]
    assert [way["name"] for way in answer.context["ways"]].count("Leren en werken") == 1
