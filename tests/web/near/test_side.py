"""The routes side by side: exact counts, nearest first, and an empty route says what would open it."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.views.side import EMPTY, SHOWN, UNTOLD

SIDE, LIST = "/nl/dichtbij/routes/", "/nl/dichtbij/lijst/"
NO_WORK = {"pc4": 1811, "no_work": True, "agreements": ("job",)}
Told = Callable[..., Client]
Kept = Callable[[], Answers]


def columns(answer: Any) -> dict[str, dict[str, Any]]:
    """The columns by route, in their order."""
    return {column["code"]: column for column in answer.context["columns"]}


def test_every_route_has_a_column_with_the_count_of_the_list(told: Told) -> None:
    browser = told(**NO_WORK)
    shown = columns(browser.get(SIDE))
    listed = {route["code"]: route["count"] for route in browser.get(LIST).context["routes"] if route["code"]}
    assert {code: column["count_words"] for code, column in shown.items()} == listed
    assert sum(column["count"] > 0 for column in shown.values()) >= 3


def test_a_column_shows_the_nearest_of_its_route_with_their_steps(told: Told) -> None:
    for code, column in columns(told(**NO_WORK).get(SIDE)).items():
        assert len(column["rows"]) == min(SHOWN, column["count"])
        for row in column["rows"]:
            assert row["planks"]
        if code == "open_hiring":
            assert all(any(plank["name"] == "Op de lijst staan" for plank in row["planks"]) for row in column["rows"])


def test_routes_without_anything_stand_last(told: Told) -> None:
    shown = [column["count"] > 0 for column in columns(told(pc4=1811, max_travel_minutes=15).get(SIDE)).values()]
    assert shown == sorted(shown, reverse=True)


def test_the_button_of_a_route_shows_the_list_with_only_that_route(told: Told, kept: Kept) -> None:
    browser = told(**NO_WORK)
    column = columns(browser.get(SIDE))["open_hiring"]
    assert browser.post("/nl/dichtbij/lijst/filter/", {"route": "open_hiring"}).url == LIST
    assert kept().filters.route == "open_hiring"
    assert browser.get(LIST).context["total"] == column["count"]


def test_other_filters_count_too_and_are_said(told: Told) -> None:
    answer = told(pc4=1811, filters=Filters(minutes=20, route="open_hiring")).get(SIDE)
    fewer, all_of_them = columns(answer), columns(told(pc4=1811).get(SIDE))
    assert 0 < fewer["direct"]["count"] < all_of_them["direct"]["count"]
    assert "1 filter staat aan" in answer.content.decode()


def test_an_empty_route_says_what_would_open_it_and_the_button_does(told: Told) -> None:
    browser = told(pc4=1811, no_work=True, max_travel_minutes=15, modes=("walk",))
    empty = {code: column for code, column in columns(browser.get(SIDE)).items() if not column["count"]}
    opening = {code: column["opens"] for code, column in empty.items() if column["opens"]}
    assert opening
    route, lifts = next(iter(opening.items()))
    browser.post("/nl/dichtbij/lijst/proberen/", {"code": lifts[0]["code"]})
    assert columns(browser.get(SIDE))[route]["count"] > 0


def test_who_did_not_tell_what_they_can_do_hears_that_first(told: Told) -> None:
    answer = told(pc4=1811).get(SIDE)
    assert columns(answer)["carving"]["untold"] == UNTOLD
    assert "Vertel welk werk je deed" in answer.content.decode()
    assert set(EMPTY) == set(columns(answer))


def test_without_a_postcode_it_asks_one_and_nothing_is_kept_by_others(told: Told, visitor: Client) -> None:
    assert visitor.get(SIDE).url == "/nl/dichtbij/"
    assert told(pc4=1811).get(SIDE)["Cache-Control"] == "no-store"


def test_the_list_leads_to_the_routes_side_by_side(told: Told) -> None:
    assert f'href="{SIDE}"' in told(pc4=1811).get(LIST).content.decode()


def test_the_order_inside_a_route_is_said(told: Told) -> None:
    page = told(pc4=1811).get(SIDE).content.decode()
    assert "waar je het snelst kunt beginnen, dan de minste stappen, dan de kortste reis" in page
    assert "Kortste brug eerst" in page
