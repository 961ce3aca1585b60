"""The list: blocks by what lies in between, routes, filters, pages, and what would bring more near."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.listed import PAGE_SIZE
from dichterbij.web.near.paging import Pages

LIST = "/nl/dichtbij/lijst/"
Told = Callable[..., Client]
Kept = Callable[[], Answers]


def blocks_of(answer: Any) -> dict[str, int]:
    """How many openings each block has."""
    return {block["code"]: block["count"] for block in answer.context["blocks"]}


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """The rows on one page."""
    return [row for block in answer.context["blocks"] for row in block["rows"]]


def test_without_known_skills_the_list_says_so_first(told: Told) -> None:
    answer = told(pc4=1811).get(LIST)
    page = answer.content.decode()
    assert page.index("We weten nog niet wat je kunt") < page.index('id="block-')
    assert blocks_of(answer)["ask"] > 0
    for block in answer.context["blocks"]:
        for row in block["rows"] if block["code"] in ("now", "maybe", "one", "more") else []:
            assert "Open hiring" in row["routes"]


def test_a_page_shows_at_most_25_and_every_block(told: Told) -> None:
    answer = told(pc4=1811).get(LIST)
    assert 0 < len(rows_of(answer)) <= PAGE_SIZE
    assert sum(blocks_of(answer).values()) == answer.context["total"]
    assert all(block["rows"] for block in answer.context["blocks"])


def test_what_lies_in_between_gives_the_order_once_something_is_known(told: Told) -> None:
    """Of whoever told nothing no step is known: then what is nearest by comes first."""
    knowing = told(pc4=1811, no_work=True).get(LIST)
    order = ("now", "maybe", "one", "more", "ask", "undescribed")
    assert list(blocks_of(knowing)) == [code for code in order if code in blocks_of(knowing)]
    assert next(iter(blocks_of(told(pc4=1811).get(LIST)))) == "ask"


def test_a_first_page_is_short_and_each_part_can_be_seen_whole(told: Told) -> None:
    answer = told(pc4=1811).get(LIST)
    assert len(rows_of(answer)) <= 4 + 3 * 4
    for block in answer.context["blocks"]:
        assert block["has_more"] == (len(block["rows"]) < block["count"])
        assert block["count"] - len(block["rows"]) != 1


def test_a_block_can_be_seen_whole_25_at_a_time(told: Told) -> None:
    browser = told(pc4=1811)
    first = browser.get(f"{LIST}te-vragen/")
    second = browser.get(f"{LIST}te-vragen/?page=2")
    assert len(rows_of(first)) == PAGE_SIZE
    shown = [row["opening_id"] for answer in (first, second) for row in rows_of(answer)]
    assert len(set(shown)) == len(shown)
    assert browser.get(f"{LIST}zomaar/").status_code == 404


def test_the_pages_of_a_long_list_are_named_and_numbered(told: Told) -> None:
    browser = told(pc4=1811)
    last = browser.get(f"{LIST}te-vragen/").context["paging"].of
    page = browser.get(f"{LIST}te-vragen/?page=2").content.decode()
    assert f"Pagina 2 van {last}" in page.partition("</title>")[0]
    pages = page.partition('class="near-pages"')[2].partition("</nav>")[0]
    assert 'rel="prev"><span class="nl-button__label">Vorige<' in pages
    assert 'rel="next"><span class="nl-button__label">Volgende<' in pages
    assert f'href="?page={last}"' in pages
    assert "Toon meer" not in page


@pytest.mark.parametrize(
    ("number", "of", "shown"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 137, (1, 2, None, 137)),
        (4, 137, (1, 2, 3, 4, 5, None, 137)),
        (60, 137, (1, None, 59, 60, 61, None, 137)),
        (137, 137, (1, None, 136, 137)),
    ],
)
def test_the_first_and_last_page_and_those_beside_this_one_are_offered(
    number: int, of: int, shown: tuple[int | None, ...]
) -> None:
    assert Pages(number, of).shown == shown


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", "9" * 5000, "\u0663"])
def test_a_page_that_is_not_there_is_the_nearest_one(told: Told, number: str) -> None:
    assert told(pc4=1811).get(f"{LIST}te-vragen/", {"page": number}).status_code == 200


def test_openings_stand_by_distance_inside_a_block(told: Told) -> None:
    rows = rows_of(told(pc4=1811).get(f"{LIST}te-vragen/"))
    minutes = [int(row["minutes"].split()[0]) for row in rows if not row["weeks"]]
    assert minutes == sorted(minutes)


def test_a_route_button_leaves_only_that_route(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811, filters=Filters(minutes=45))
    assert browser.post(f"{LIST}filter/", {"route": "open_hiring"})["Location"] == LIST
    assert kept().filters == Filters(minutes=45, route="open_hiring")
    answer = browser.get(LIST)
    assert all("Route: Open hiring" in row["routes"] for row in rows_of(answer))
    counts = {route["code"]: route["count"] for route in answer.context["routes"]}
    assert str(answer.context["total"]) == counts["open_hiring"]
    browser.post(f"{LIST}filter/", {"route": ""})
    assert kept().filters == Filters(minutes=45)


def test_filters_leave_out_what_does_not_fit(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811)
    everything = browser.get(LIST).context["total"]
    browser.post(f"{LIST}filter/", {"minutes": "30", "hours_max": "16", "sector": "Q", "group": "5", "route": ""})
    assert kept().filters == Filters(minutes=30, hours_max=16, sector="Q", group="5")
    answer = browser.get(LIST)
    assert 0 < answer.context["total"] < everything
    assert all(int(row["minutes"].split()[0]) <= 30 for row in rows_of(answer))
    assert "4 filters staan aan" in answer.content.decode()
    browser.post(f"{LIST}filter/", {"clear": "1"})
    assert browser.get(LIST).context["total"] == everything


@pytest.mark.parametrize(
    "posted",
    [{"minutes": "soon"}, {"hours_min": "x" * 100_000}, {"hours_min": "30", "hours_max": "2"}, {"sector": "ZZ"}],
)
def test_a_filter_that_makes_no_sense_is_asked_again(told: Told, kept: Kept, posted: dict[str, str]) -> None:
    answer = told(pc4=1811).post(f"{LIST}filter/", {"route": "", "minutes": "", **posted})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert kept().filters == Filters()


def test_an_empty_list_says_why_and_gives_a_button(told: Told) -> None:
    page = told(pc4=1795, modes=(), max_travel_minutes=15, agreements=("learning_place",), ebike_possible=False).get(
        LIST
    )
    assert page.context["total"] == 0
    assert "Nog niets binnen bereik" in page.content.decode()
    assert "Verander je antwoorden" in page.content.decode()


def test_filters_that_leave_nothing_can_be_taken_off(told: Told) -> None:
    page = told(pc4=1811, filters=Filters(sector="U", minutes=15)).get(LIST).content.decode()
    assert "Niets met deze filters" in page
    assert "Haal alle filters weg" in page


def test_the_answer_that_brings_most_can_be_tried_and_taken_back(told: Told, kept: Kept) -> None:
    told(pc4=1811, modes=("bike",), max_travel_minutes=30)
    browser = told(pc4=1811, modes=("bike",), max_travel_minutes=30)
    before = browser.get(LIST)
    tip = before.context["tips"][0]
    assert tip.title in before.content.decode()
    browser.post(f"{LIST}proberen/", {"code": tip.code})
    during = browser.get(LIST)
    assert during.context["total"] > before.context["total"]
    assert "Je probeert nu" in during.content.decode()
    assert "Maak dit ongedaan" in during.content.decode()
    browser.post(f"{LIST}terug/")
    assert kept() == Answers(pc4=1811, modes=("bike",), max_travel_minutes=30)


def test_what_is_named_is_what_comes(told: Told) -> None:
    browser = told(pc4=1811, modes=("bike",), max_travel_minutes=30, dayparts=("weekday",), dutch=2, licences=())
    before = browser.get(LIST)
    for tip in before.context["tips"]:
        browser.post(f"{LIST}proberen/", {"code": tip.code})
        more = browser.get(LIST).context["total"] - before.context["total"]
        assert str(more) in tip.title.replace(".", "")
        browser.post(f"{LIST}terug/")


@pytest.mark.parametrize("code", ["", "teleport", "x" * 100_000])
def test_an_answer_we_do_not_know_changes_nothing(told: Told, kept: Kept, code: str) -> None:
    told(pc4=1811).post(f"{LIST}proberen/", {"code": code})
    assert kept() == Answers(pc4=1811)


def test_the_list_asks_the_database_as_often_for_one_opening_as_for_many(
    told: Told, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser = told(pc4=1811)
    browser.get(LIST)
    with django_assert_max_num_queries(9):
        browser.get(LIST)


def test_every_page_ends_with_a_named_desk(told: Told) -> None:
    page = told(pc4=1811).get(LIST).content.decode()
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in page


def test_a_longer_journey_is_only_offered_as_far_as_it_can_be_answered(told: Told) -> None:
    for minutes, is_offered in ((30, True), (90, False)):
        tips = told(pc4=1811, modes=("bike",), max_travel_minutes=minutes).get(LIST).context["tips"]
        assert ("travel_15_minutes" in [tip.code for tip in tips]) <= is_offered


def test_without_known_skills_no_answer_is_said_to_let_you_start(told: Told) -> None:
    page = told(pc4=6411, dutch=2, licences=()).get(LIST).content.decode()
    assert "kun je dan" not in page


def test_the_summary_names_every_answer_that_shapes_the_list(told: Told) -> None:
    page = told(pc4=6411, no_work=True, dutch=2, level=3, licences=(), agreements=("job",), hours_max=24)
    words = page.get(LIST).context["told_words"]
    assert words == (
        "Vanuit 6411, hoogstens 24 uur per week, nog niet gewerkt, je Nederlands, je opleiding, "
        "je rijbewijzen en papieren, wat je zoekt"
    )


@pytest.mark.parametrize(("language", "mark"), [("nl", "(verzonnen)"), ("en", "(invented)")])
def test_invented_employers_say_so_once_in_the_language_of_the_page(told: Told, language: str, mark: str) -> None:
    answer = told(pc4=1811).get(f"/{language}/dichtbij/lijst/")
    for row in rows_of(answer):
        assert row["employer"].endswith(mark)
    table = answer.content.decode().partition("<tbody>")[2]
    assert "near-mark--small" not in table.partition("</table>")[0]
    if language == "en":
        assert "verzonnen" not in answer.content.decode().partition("<main")[2]


def test_the_list_is_there_in_english(told: Told) -> None:
    page = told(pc4=1811).get("/en/dichtbij/lijst/").content.decode()
    assert "We do not know yet what you can do" in page
    assert "places to work near Alkmaar" in page
