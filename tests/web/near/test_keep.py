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
    shown = other.post(BROUGHT, {"code": address}).content.decode()
    assert "1811 Alkmaar" in shown
    assert COOKIE.name not in other.cookies
    assert other.post(BROUGHT, {"code": address, "use": "1"})["Location"] == "/nl/dichtbij/lijst/"
    assert other.get("/nl/dichtbij/lijst/").context["total"] == browser.get("/nl/dichtbij/lijst/").context["total"]


def test_answers_that_are_there_are_never_replaced_unasked(told: Told, kept: Kept) -> None:
    browser = told(pc4=9991, dutch=4)
    code = code_for(Answers(pc4=1811))
    page = browser.post(BROUGHT, {"code": code}).content.decode()
    assert "Er staan al andere antwoorden in deze browser" in page
    assert "9991" in page
    assert "1811" in page
    assert kept() == Answers(pc4=9991, dutch=4)
    browser.post(BROUGHT, {"code": code, "use": "1"})
    assert kept() == Answers(pc4=1811)


def test_the_same_answers_need_no_question(told: Told) -> None:
    page = told(pc4=1811, seen=("work",)).post(BROUGHT, {"code": code_for(Answers(pc4=1811))}).content.decode()
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
    for address in (KEEP, "/nl/dichtbij/vacature/story-keuken-alkmaar/"):
        page = browser.get(address).content.decode()
        assert "Je antwoorden passen niet in een code" in page
        assert "near-code__picture" not in page


def test_an_opening_prints_the_code_too(told: Told) -> None:
    assert "near-code__picture" in told(pc4=1811).get("/nl/dichtbij/vacature/story-keuken-alkmaar/").content.decode()


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
