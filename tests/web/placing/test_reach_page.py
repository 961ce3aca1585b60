"""How many people are within reach: every demand has its line, and no number on a page is exact."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.rules import load_parameters, shown_count
from dichterbij.engine import openings_from_rows
from dichterbij.engine.parameters import DAYPARTS
from dichterbij.web.near import words as near_words
from dichterbij.web.near.concepts import numbering
from dichterbij.web.placing import crowd, words
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.forms_of import as_asked, with_a_route, without_a_demand
from dichterbij.web.placing.reach import MOST_LINES, shown
from dichterbij.web.placing.row import ID
from dichterbij.web.placing.templatetags.placing import count_words

PAGE = "/nl/mensen/bereik/"
ASKED = {
    "title": "vrachtwagenchauffeur", "where": "7511", "knows": "on", "hours_min": "32", "hours_max": "40",
    "dayparts": "weekday", "licences": ["CE", "code95"], "dutch": "2", "demands": ["lifting"],
}  # fmt: skip
ON = date(2026, 11, 22)
Fill = Callable[..., HttpResponse]


drafts = st.builds(
    Draft,
    title=st.just("werk"),
    pc4=st.just(1811),
    tasks=st.lists(st.sampled_from(numbering("skill").uris[::500]), unique=True, max_size=8).map(tuple),
    own_tasks=st.sampled_from(["", "Een\nTwee\nDrie"]),
    demands=st.lists(st.sampled_from(list(words.DEMANDS)), unique=True, max_size=4).map(tuple),
    licences=st.lists(st.sampled_from(list(near_words.LICENCES)), unique=True, max_size=3).map(tuple),
    dutch=st.integers(1, 4),
    level=st.none() | st.integers(2, 6),
    hours_min=st.integers(1, 20),
    hours_max=st.integers(20, 60),
    dayparts=st.lists(st.sampled_from(DAYPARTS), unique=True, min_size=1).map(tuple),
    latest_start=st.none() | st.dates(date(2026, 12, 1), date(2027, 12, 31)),
    willing=st.lists(st.sampled_from(list(words.WILLING)), unique=True).map(tuple),
    onboarding=st.none() | st.sampled_from([0, 2, 4, 8, 13, 26]),
).map(lambda draft: Draft(**{**vars(draft), "needed": draft.tasks[::2]}))


@settings(max_examples=25, deadline=None)
@given(drafts)
def test_every_form_of_every_opening_is_one_the_engine_takes(draft: Draft) -> None:
    parameters = load_parameters(on=ON)
    forms = [as_asked(draft), *without_a_demand(draft, parameters), *with_a_route(draft)]
    assert len({form.key for form in forms}) == len(forms)
    assert len(openings_from_rows([form.row for form in forms], parameters)) == len(forms)


def test_dropping_a_demand_never_makes_it_fewer(few_people: crowd.InventedPeople) -> None:
    draft = Draft(
        pc4=1811, licences=("B",), demands=("lifting", "standing"), dutch=3, level=3, hours_min=24, hours_max=32,
        dayparts=("weekday", "saturday"), latest_start=date(2027, 1, 15),
    )  # fmt: skip
    forms = [as_asked(draft), *without_a_demand(draft, few_people.parameters)]
    found = matching.reach(
        openings=[form.row for form in forms],
        crowd=few_people.people,
        parameters=few_people.parameters,
        on=few_people.on,
    )
    assert all(count >= found.within[ID] for count in found.within.values())
    page = shown(draft, few_people)
    assert page.base.count == shown_count(found.within[ID])
    assert page.near == shown_count(found.near) != found.near
    assert sorted(line.count or 0 for line in page.demands) == sorted(
        shown_count(found.within[form.key]) or 0 for form in forms[1:]
    )


def test_no_number_on_the_page_is_exact(employer: Client) -> None:
    answer = employer.get(PAGE, ASKED)
    page = answer.content.decode()
    cells = re.findall(r'<td class="placing-number">\s*([^<]+?)\s*</td>', page)
    assert len(cells) > 8
    for cell in cells:
        assert cell == "minder dan 5" or int(cell.replace(".", "")) % 5 == 0


def test_the_page_says_what_changes_most_and_on_what_it_was_counted(employer: Client) -> None:
    page = employer.get(PAGE, ASKED).content.decode()
    assert re.search(r"Zonder rijbewijs of certificaat: <strong>[\d.]+</strong> in plaats van [\d.]+", page)
    for said in ("Verzonnen mensen, geijkt op CBS", "6.000", "startgetal 2026", "n = ", "afgerond op 5"):
        assert said in page


def test_each_ticked_demand_has_a_line_on_the_check_page(filled: Fill) -> None:
    page = filled().content.decode()
    labels = (
        "Zonder rijbewijs of certificaat: Auto (B)",
        "Zonder diploma", "Zonder: Zaterdag", "Nederlands: Een beetje", "Jij leert het aan",
        "Zonder: Zwaar tillen", "Met open hiring", "Werk op maat", "Met een leerplek",
    )  # fmt: skip
    for label in labels:
        assert label in page, label


def test_a_small_place_shows_fewer_than_five(employer: Client) -> None:
    page = employer.get(PAGE, {**ASKED, "where": "8899", "licences": ["DE"]}).content.decode()
    assert "minder dan 5" in page


@pytest.mark.parametrize("wrong", [{"where": ""}, {"hours_min": "x"}, {"title": ""}, {"demands": "dragons"}])
def test_what_cannot_be_counted_says_what_to_do(employer: Client, wrong: dict[str, str]) -> None:
    answer = employer.get(PAGE, {**ASKED, **wrong})
    assert answer.status_code == 422
    assert "Kijk hier nog eens naar" in answer.content.decode() or 'role="alert"' in answer.content.decode()


def test_an_empty_page_asks_and_counts_nothing(employer: Client) -> None:
    answer = employer.get(PAGE)
    assert answer.status_code == 200
    assert "placing-table" not in answer.content.decode()


def test_the_opening_that_is_being_placed_is_counted(employer: Client, filled: Fill) -> None:
    filled()
    page = employer.get(PAGE).content.decode()
    assert "vacature die je aan het invullen bent" in page
    assert "placing-table" in page


@pytest.fixture
def nobody_made_yet() -> Iterator[None]:
    """As just after a start: a thread is making the people, and is not done."""
    before, wait = (crowd._kept, crowd._making), threading.Event()
    crowd._kept, crowd._making = None, threading.Thread(target=wait.wait, daemon=True)
    crowd._making.start()
    yield
    wait.set()
    crowd._kept, crowd._making = before


def test_while_the_people_are_made_the_page_asks_to_wait_and_the_message_does_not(
    employer: Client, filled: Fill, nobody_made_yet: None
) -> None:
    page = filled()
    assert page.status_code == 200
    assert "Stuur naar" in page.content.decode()
    waiting = employer.get(PAGE, ASKED)
    assert waiting.status_code == 503
    assert waiting["Retry-After"] == "5"
    assert "Kijk opnieuw" in waiting.content.decode() or "verzonnen mensen klaar" in waiting.content.decode()


def test_work_that_is_not_known_is_chosen_first(employer: Client) -> None:
    page = employer.get(PAGE, {**ASKED, "title": "xqzwv"}).content.decode()
    assert "kennen dit werk niet onder die naam" in page
    assert "placing-table" not in page
    chosen = employer.get(PAGE, {**ASKED, "title": "xqzwv", "occupation": "none"})
    assert chosen.context["draft"].occupation is None
    assert "placing-table" in chosen.content.decode()
    assert employer.get(PAGE, {**ASKED, "title": "xqzwv", "occupation": "1"}).context["draft"].needed


def test_work_that_the_law_guards_says_that_the_number_is_too_high(employer: Client) -> None:
    asked = {"title": "tandarts", "where": "7551", "hours_min": "16", "hours_max": "24", "dayparts": "weekday"}
    page = employer.get(PAGE, asked).content.decode()
    assert "De wet vraagt hier meer" in page
    assert "Je leert het werk zelf aan" in page
    assert "De wet vraagt hier meer" not in employer.get(PAGE, ASKED).content.decode()


def test_what_was_counted_is_taken_along_to_placing(employer: Client) -> None:
    answer = employer.post(f"{PAGE}plaatsen/", ASKED)
    assert answer.url == "/nl/mensen/plaatsen/beroep/"
    draft = employer.get(answer.url).context["draft"]
    assert (draft.title, draft.pc4, draft.licences) == ("vrachtwagenchauffeur", 7511, ("CE", "code95"))
    assert employer.post(f"{PAGE}plaatsen/", {"title": ""}).url == "/nl/mensen/plaatsen/"


def test_the_same_question_is_counted_once_and_a_long_one_is_cut_short(few_people: crowd.InventedPeople) -> None:
    every = Draft(pc4=1811, licences=tuple(near_words.LICENCES), demands=tuple(words.DEMANDS), hours_min=8, hours_max=9,
                  dayparts=DAYPARTS)  # fmt: skip
    page = shown(every, few_people)
    assert len(page.demands) == MOST_LINES
    assert page.left_out > 0
    before = len(few_people.counted)
    assert shown(every, few_people) == page
    assert len(few_people.counted) == before


def test_fewer_than_five_nearby_is_not_told_as_five() -> None:
    with override("en"):
        assert count_words(None) == "fewer than 5"
