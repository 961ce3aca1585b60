"""Keeping what was found without an account: the sheet, the code on it, and the page where a code is opened."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.web.near import carried
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.concepts import numbering
from dichterbij.web.near.cookie import COOKIE

KEEP = "/nl/dichtbij/bewaren/"
BROUGHT = "/nl/dichtbij/meegenomen/"
SHOWN = f"{BROUGHT}bekijken/"
Told = Callable[..., Client]
Kept = Callable[[], Answers]


def code_for(answers: Answers, *, ago: timedelta = timedelta()) -> str:
    """A code made so long ago."""
    now: datetime = timezone.now()
    return carried.code_of(answers, now=now - ago)


def test_the_sheet_tells_what_was_told_and_found_and_who_helps(told: Told) -> None:
    answer = told(pc4=1811, modes=("bike",), max_travel_minutes=30, dutch=2, background="welfare").get(KEEP)
    page = answer.content.decode()
    for words in ("1811 Alkmaar", "met de fiets", "30 minuten", "Een beetje", "Regionaal Mobiliteitsteam"):
        assert words in page
    assert "bijstand" not in page.lower()
    assert len(answer.context["rows"]) == 10
    assert 'class="near-code__picture"' in page


def test_the_code_on_the_sheet_opens_as_the_same_answers(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811, modes=("bike",), max_travel_minutes=30)
    sheet = browser.get(KEEP)
    address = f"http://localhost{BROUGHT}#{sheet.context['code']}"
    assert sheet.context["code_picture"] == carried.picture(address)
    other = Client(HTTP_HOST="localhost")
    assert other.post(BROUGHT, {"code": address})["Location"] == SHOWN
    assert "1811 Alkmaar" in other.get(SHOWN).content.decode()
    assert COOKIE.name not in other.cookies
    assert other.post(SHOWN)["Location"] == "/nl/dichtbij/lijst/"
    assert other.cookies["brought"].value == ""
    assert other.get("/nl/dichtbij/lijst/").context["total"] == browser.get("/nl/dichtbij/lijst/").context["total"]


def test_answers_that_are_there_are_never_replaced_unasked(told: Told, kept: Kept) -> None:
    browser = told(pc4=9991, dutch=4)
    code = code_for(Answers(pc4=1811))
    page = browser.post(BROUGHT, {"code": code}, follow=True).content.decode()
    assert "Er staan al andere antwoorden in deze browser" in page
    assert "9991" in page
    assert "1811" in page
    assert kept() == Answers(pc4=9991, dutch=4)
    browser.post(SHOWN)
    assert kept() == Answers(pc4=1811)


def test_the_same_answers_need_no_question(told: Told) -> None:
    browser = told(pc4=1811, seen=("work",))
    page = browser.post(BROUGHT, {"code": code_for(Answers(pc4=1811))}, follow=True).content.decode()
    assert "Dezelfde antwoorden staan al in deze browser" in page


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Plak hier eerst de code"),
        ("x", "geen hele code"),
        ("a.b.c#", "geen hele code"),
        ("abcde.gAAAAAxyz", "Een andere site"),
        ("x" * 100_000, "langer dan onze codes"),
    ],
)
def test_what_is_no_code_is_said_and_asked_again(visitor: Client, code: str, said: str) -> None:
    answer = visitor.post(BROUGHT, {"code": code})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_what_was_brought_can_be_left_and_come_back_to_and_the_next_code_takes_its_place(visitor: Client) -> None:
    assert visitor.get(SHOWN)["Location"] == BROUGHT
    for pc4 in (1811, 9991):
        visitor.post(BROUGHT, {"code": code_for(Answers(pc4=pc4))})
        for _ in range(2):
            assert str(pc4) in visitor.get(SHOWN).content.decode()
    assert "9991" not in visitor.get(BROUGHT).content.decode()


def test_an_old_code_is_said_to_be_old(visitor: Client) -> None:
    page = visitor.post(BROUGHT, {"code": code_for(Answers(pc4=1811), ago=timedelta(days=31))}).content.decode()
    assert "meer dan 30 dagen oud" in page


def test_the_page_explains_without_a_script_and_is_stored_by_nobody(visitor: Client) -> None:
    answer = visitor.get(BROUGHT)
    assert "plak het hier" in answer.content.decode()
    assert answer["Cache-Control"].count("no-store")


def test_answers_that_do_not_fit_leave_the_sheet_and_the_opening_whole(told: Told) -> None:
    skills = tuple(random.Random(7).sample(numbering("skill").uris, 700))
    browser = told(pc4=1811, own_skills=skills[:300], unticked=skills[300:])
    page = browser.get(KEEP).content.decode()
    assert "Je antwoorden passen niet in een code" in page
    assert "near-code__picture" not in page
    assert browser.get("/nl/dichtbij/vacature/story-keuken-alkmaar/").status_code == 200


def test_only_the_sheet_draws_the_code(told: Told) -> None:
    page = told(pc4=1811).get("/nl/dichtbij/vacature/story-keuken-alkmaar/").content.decode()
    assert "near-code__picture" not in page


def test_the_opening_one_came_from_stands_on_top_of_the_sheet(told: Told) -> None:
    browser = told(pc4=1813, modes=("bike",), max_travel_minutes=30, avoid=("lifting",))
    opening = browser.get("/nl/dichtbij/vacature/story-keuken-alkmaar/").content.decode()
    assert f'href="{KEEP}?opening=story-keuken-alkmaar"' in opening
    sheet = browser.get(f"{KEEP}?opening=story-keuken-alkmaar").content.decode()
    top = sheet.partition('id="chosen-title"')[2].partition("</section>")[0]
    assert "Keukenhulp" in top
    assert "Hulp bij het tillen" in top
    assert "story-keuken-alkmaar" in top


@pytest.mark.parametrize("opening", ["", "no-such-one", "\x00", "x" * 300])
def test_an_opening_that_is_not_there_leaves_the_sheet_as_it_is(told: Told, opening: str) -> None:
    answer = told(pc4=1811).get(KEEP, {"opening": opening})
    assert answer.status_code == 200
    assert answer.context["chosen"] is None


def test_the_sheet_on_paper_says_when_the_desk_is_open_and_where_it_comes_from(told: Told) -> None:
    page = told(pc4=1811).get(KEEP).content.decode()
    printed = page.partition("near-sheet-desk")[2].partition("</div>")[0]
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in printed
    assert "uur" in printed
    assert "http://localhost/nl/" in printed
    assert "Nu dicht" not in printed


def test_the_sheet_needs_a_postcode_first(visitor: Client) -> None:
    assert visitor.get(KEEP)["Location"] == "/nl/dichtbij/"


def test_every_kind_of_answer_can_be_read_aloud(told: Told) -> None:
    everything = {
        "modes": ("walk", "car"),
        "ebike_possible": True,
        "hours_max": 20,
        "dayparts": ("weekday",),
        "childcare_dayparts": ("evening",),
        "work": numbering("occupation").uris[:2],
        "own_skills": numbering("skill").uris[:9],
        "avoid": ("lifting",),
        "level": 4,
        "licences": ("B", "vog"),
        "agreements": ("job",),
        "learn_weeks_max": 13,
    }
    rows = dict(told(pc4=1811, **everything).get(KEEP).context["told_rows"])
    assert len(rows) == 13
    assert rows["Uren"] == "hoogstens 20 uur per week"
    assert rows["Rijbewijzen en certificaten"] == "Auto (B); VOG (verklaring omtrent het gedrag)"
    assert "vaardigheden, zoals:" in rows["Wat ik kan"]
