"""The map beside the list: its answer, its circles as links, and the same as a table."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dichterbij.web.near import places
from dichterbij.web.near.answers import Filters

LIST, TABLE = "/nl/dichtbij/lijst/", "/nl/dichtbij/plaatsen/"
Told = Callable[..., Client]


def numbers(text: str) -> list[int]:
    """The numbers in circles, as they stand on the page."""
    return [int(found.replace(".", "")) for found in re.findall(r'text-anchor="middle">([\d.]+)</text>', text)]


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes (left, top, right, bottom) have a part in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_title_is_the_answer_and_the_first_row_of_the_table(told: Told) -> None:
    answer = told(pc4=1811).get(LIST)
    first = answer.context["map"].towns[0]
    assert answer.context["map"].title == f"De meeste plekken dichtbij zijn in {first['name']} ({first['count']})"
    assert answer.context["map"].title in answer.content.decode()


def test_circles_and_what_lies_outside_are_together_the_whole_list(told: Told) -> None:
    answer = told(pc4=1811).get(LIST)
    drawn = answer.context["map"]
    assert sum(numbers(answer.content.decode())) - 5 + drawn.further == answer.context["total"]  # 5: in the legend
    assert sum(int(town["count"].replace(".", "")) for town in drawn.towns) == answer.context["total"]


def test_thousands_outside_the_map_are_written_with_a_mark(told: Told) -> None:
    answer = told(pc4=3511).get(LIST, {"kaart": "2"})
    further = answer.context["map"].further
    assert further >= 1000
    assert f"{further // 1000}.{further % 1000:03} plekken liggen buiten deze kaart" in answer.content.decode()


def test_a_circle_leads_to_exactly_its_openings(told: Told) -> None:
    browser = told(pc4=1811)
    for mark in browser.get(LIST).context["map"].marks[:3]:
        answer = browser.get(mark.address)
        assert answer.context["total"] == mark.circle.count
        page = answer.content.decode()
        assert "Naar de hele lijst" in page
        assert 'aria-current="true"' in page


def test_a_place_in_the_table_leads_to_all_its_postcode_areas(told: Told) -> None:
    browser = told(pc4=1811)
    town = browser.get(LIST).context["map"].towns[0]
    answer = browser.get(town["address"])
    assert answer.context["total"] == int(town["count"])
    assert f"{town['count']} plekken om te werken in {town['name']}" in answer.content.decode()


def test_filters_count_on_the_map_as_in_the_list(told: Told) -> None:
    answer = told(pc4=1811, filters=Filters(minutes=15)).get(LIST)
    drawn = answer.context["map"]
    assert sum(mark.circle.count for mark in drawn.marks) + drawn.further == answer.context["total"]
    assert drawn.km < told(pc4=1811).get(LIST).context["map"].km


def test_closer_by_big_circles_fall_apart_into_postcode_areas(told: Told) -> None:
    browser = told(pc4=1811)
    close = browser.get(LIST, {"kaart": "2"}).context["map"]
    assert close.km == 2
    assert close.closer is None
    assert sum(len(mark.circle.spots) == 1 for mark in close.marks) >= 3
    far = browser.get(LIST, {"kaart": "64"}).context["map"]
    assert far.wider is None
    assert far.further == 0


@pytest.mark.parametrize("zoom", ["3", "x", "-1", "9" * 5000, "\u0664"])
def test_a_zoom_that_does_not_exist_is_the_usual_one(told: Told, zoom: str) -> None:
    browser = told(pc4=1811)
    assert browser.get(LIST, {"kaart": zoom}).context["map"].km == browser.get(LIST).context["map"].km


@pytest.mark.parametrize("pc4s", ["x", "1811-", "1" * 3000, "0000"])
def test_an_address_that_names_no_areas_leads_on(told: Told, pc4s: str) -> None:
    assert told(pc4=1811).get(f"{LIST}in/{pc4s}/").status_code == 404


def test_an_area_that_filters_leave_empty_says_so(told: Told) -> None:
    browser = told(pc4=1811)
    address = browser.get(LIST).context["map"].marks[0].address
    answer = told(pc4=1811, filters=Filters(sector="U", minutes=15)).get(address)
    assert answer.status_code == 200
    assert "Niets met deze filters" in answer.content.decode()


@pytest.mark.parametrize("filters", [Filters(), Filters(minutes=45)])
def test_an_area_without_openings_says_so_and_leads_to_the_whole_list(told: Told, filters: Filters) -> None:
    page = told(pc4=1811, filters=filters).get(f"{LIST}in/9999/").content.decode()
    assert "Hier is nu niets" in page.partition("</h1>")[0]
    assert "Niets met deze filters" not in page
    assert "Haal alle filters weg" not in page.partition('class="near-empty"')[2]
    assert "Naar de hele lijst" in page.partition('class="near-empty"')[2]


def test_an_area_needs_a_postcode_first(visitor: Client) -> None:
    assert visitor.get(f"{LIST}in/1811/")["Location"] == "/nl/dichtbij/"
    assert visitor.get("/nl/dichtbij/plaatsen/")["Location"] == "/nl/dichtbij/"


def test_the_pages_of_one_part_have_no_map(told: Told) -> None:
    assert told(pc4=1811).get(f"{LIST}te-vragen/").context["map"] is None


def towns_of(browser: Client, **asked: str) -> list[dict[str, Any]]:
    """The rows of every page of the table."""
    last = browser.get(TABLE, asked).context["paging"].of
    pages = [browser.get(TABLE, {**asked, "page": str(number)}) for number in range(1, last + 1)]
    return [town for page in pages for town in page.context["towns"]]


def test_the_pages_of_the_table_have_every_place_once(told: Told) -> None:
    browser = told(pc4=1811)
    names = [town["name"] for town in towns_of(browser)]
    assert names == [town["name"] for town in browser.get(LIST).context["map"].towns]


def test_the_table_can_have_the_nearest_first_on_all_its_pages(told: Told) -> None:
    browser = told(pc4=1811)
    minutes = [int(town["minutes"].split()[0]) for town in towns_of(browser, volgorde="dichtbij")]
    assert minutes == sorted(minutes)
    page = browser.get(TABLE, {"volgorde": "dichtbij"})
    assert page.context["paging"].of > 1
    assert "?page=2&amp;volgorde=dichtbij" in page.content.decode()
    assert "Aantal plekken" in page.content.decode()


def test_a_long_table_says_which_page_it_is(told: Told) -> None:
    browser = told(pc4=1811)
    last = browser.get(TABLE).context["paging"].of
    page = browser.get(f"{TABLE}?page=99").content.decode()
    assert f"Pagina {last} van {last}" in page.partition("</title>")[0]
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


def test_many_postcodes_of_one_place_are_folded_away(told: Told) -> None:
    page = told(pc4=1811).get(TABLE).content.decode()
    for row in page.partition("<tbody>")[2].split("</tr>"):
        assert row.count('near-places__area"') <= 5 or "<details" in row


@pytest.mark.parametrize("zoom", ["", "8", "16", "32", "64"])
@pytest.mark.parametrize("pc4", [1811, 3511])
def test_the_largest_circle_has_a_name_and_no_name_hides_a_number_or_the_scale(told: Told, pc4: int, zoom: str) -> None:
    drawn = told(pc4=pc4).get(LIST, {"kaart": zoom}).context["map"]
    first = drawn.marks[0].circle
    town = places.towns_of(first.spots)[0].name
    (name,) = [name for name in drawn.names if name.text == town]
    assert abs(name.x - first.x) <= first.radius + (name.box[2] - name.box[0]) / 2 + 4
    assert abs(name.y - first.y) <= first.radius + 14
    for box in (drawn.scale.box, *(other.box for other in drawn.names if other != name)):
        assert not meet(name.box, box)
    for mark in drawn.marks:
        assert not any(
            meet(other.box, (mark.circle.x - 3, mark.circle.y - 6, mark.circle.x + 3, mark.circle.y + 6))
            for other in drawn.names
        )


@pytest.mark.parametrize("pc4", [1012, 1795, 6211, 8899, 9991])
def test_everywhere_home_is_on_the_map_and_no_circle_hides_its_sign(told: Told, pc4: int) -> None:
    drawn = told(pc4=pc4).get(LIST).context["map"]
    if drawn is None:
        return
    assert (drawn.home.x, drawn.home.y) == (drawn.size / 2, drawn.size / 2)
    for mark in drawn.marks:
        apart = ((mark.circle.x - drawn.home.sign_x) ** 2 + (mark.circle.y - drawn.home.sign_y) ** 2) ** 0.5
        assert apart > mark.circle.radius
