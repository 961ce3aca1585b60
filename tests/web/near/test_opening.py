"""One opening's page, for the people of the story: what each of them is there for must be seen on their bridge."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dichterbij.data import DEMO, read_yaml
from dichterbij.domains.openings import queries as openings
from dichterbij.web.near import words
from dichterbij.web.near.answers import Answers

Told = Callable[..., Client]
STORY = {person["id"]: person for person in read_yaml(DEMO / "story" / "story.yaml")["people"]}
LINES = (DEMO / "story" / "people.jsonl").read_text(encoding="utf-8").splitlines()
ROWS = {row["person_id"]: row for row in map(json.loads, LINES)}
CLEANER = "http://data.europa.eu/esco/occupation/303a1e34-cb16-4054-b323-81e5eec17397"
PREFIX = "/nl/dichtbij/vacature/story-"


def answers_of(person: str) -> dict[str, Any]:
    """What this person would tell on the pages."""
    row = next(row for identity, row in ROWS.items() if identity.endswith(person))
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in STORY[person]["columns"].items()
        if name not in ("max_distance_km",)
    }
    if row.get("skills") is not None:
        told |= {"own_skills": tuple(row["skills"]), "no_work": not row["skills"]}
    return told


def text_of(page: str) -> str:
    """The words of a page, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("person", [name for name, one in STORY.items() if "opening" in one["expects"]])
def test_everybody_of_the_story_sees_their_own_bridge(told: Told, person: str) -> None:
    expected = STORY[person]["expects"]
    answer = told(**answers_of(person)).get(f"{PREFIX}{expected['opening']}/")
    assert answer.status_code == 200
    bridge = answer.context["bridge"]
    assert [step.code for step in bridge["steps"] if not step.is_wait] == expected.get("steps", [])
    page = text_of(answer.content.decode())
    assert f"Route: {words.ROUTES[expected['route']]}" in page
    for step in bridge["steps"]:
        assert step.name in page
    if expected.get("steps") == [] and expected.get("weeks") == 0 and not expected.get("undescribed"):
        assert bridge["is_straight"]
        assert "Je kunt zo beginnen" in page
    if "skills" in expected.get("to_ask", []) or expected.get("undescribed"):
        assert "Je kunt zo beginnen" not in page


@pytest.mark.parametrize(
    ("person", "opening"), [(name, never) for name, one in STORY.items() for never in one["expects"].get("never", [])]
)
def test_what_cannot_be_bridged_says_why_and_names_the_desk(told: Told, person: str, opening: str) -> None:
    answer = told(**answers_of(person)).get(f"{PREFIX}{opening}/")
    assert answer.status_code == 200
    assert "bridge" not in answer.context
    page = text_of(answer.content.decode())
    assert "Nog geen brug vanuit je antwoorden" in page
    assert len(answer.context["no_bridge"]["reasons"]) == 4
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in page


def test_a_bridge_without_known_skills_never_says_that_you_can_start(told: Told) -> None:
    page = text_of(told(pc4=1811).get(f"{PREFIX}keuken-alkmaar/").content.decode())
    assert "Je kunt zo beginnen" not in page
    assert "Nog te vragen: wat kun je?" in page


def test_the_picture_says_what_the_list_says(told: Told) -> None:
    answer = told(**answers_of("kim")).get(f"{PREFIX}heftruck-zwaagdijk/")
    page = answer.content.decode()
    assert page.count('<svg class="near-bridge ') == 2
    titles = re.findall(r"<title id=[^>]+>([^<]+)</title>", page)
    assert len(set(titles)) == 1
    for step in answer.context["bridge"]["steps"]:
        assert step.name in html.unescape(titles[0])
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_an_opening_can_be_looked_at_before_anything_is_told(visitor: Client) -> None:
    page = text_of(visitor.get(f"{PREFIX}keuken-alkmaar/").content.decode())
    assert "Keukenhulp" in page
    assert "Waar woon je?" in page


@pytest.mark.parametrize("opening_id", ["no-such-one", "x" * 3000, "%00", "../../etc", "' OR 1=1 --"])
def test_an_opening_that_is_not_there_is_a_page_with_a_way_on(told: Told, opening_id: str) -> None:
    answer = told(pc4=1811).get(f"/nl/dichtbij/vacature/{opening_id}/")
    assert answer.status_code == 404
    assert "Vind je loket" in answer.content.decode()


@pytest.mark.parametrize("page", ["vacature/o9999999/", "mail/o9999999/"])
def test_an_opening_that_is_gone_leads_back_to_the_own_list_and_desk(told: Told, page: str) -> None:
    answer = told(pc4=1811).get(f"/nl/dichtbij/{page}")
    said = text_of(answer.content.decode())
    assert answer.status_code == 404
    assert "Deze plek is er niet meer" in said
    assert "Terug naar je lijst" in said
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in said


def test_an_opening_that_is_gone_leads_a_new_visitor_to_what_is_near(visitor: Client) -> None:
    answer = visitor.get("/nl/dichtbij/vacature/o9999999/")
    assert answer.status_code == 404
    assert "Toon wat dichtbij is" in text_of(answer.content.decode())


def test_invented_openings_say_so(told: Told) -> None:
    page = text_of(told(pc4=1811).get(f"{PREFIX}keuken-alkmaar/").content.decode())
    assert "Verzonnen voorbeeld: deze plek bestaat niet" in page


def test_benefit_background_changes_only_who_may_pay(told: Told, kept: Callable[[], Answers]) -> None:
    browser, address = told(**answers_of("linda")), f"{PREFIX}keuken-alkmaar/"
    before = browser.get(address)
    assert browser.post(f"{address}wie-betaalt/", {"background": "welfare"})["Location"] == address
    assert kept().background == "welfare"
    after = browser.get(address)
    assert [step.code for step in after.context["bridge"]["steps"]] == ["adaptation:lifting"]
    assert before.context["bridge"]["steps"][0].depends_on_background
    assert not after.context["bridge"]["steps"][0].depends_on_background
    assert before.context["ways"] == after.context["ways"]
    assert browser.post(f"{address}wie-betaalt/", {"background": ""})["Location"] == address
    assert kept().background is None


def test_the_explanation_has_every_rule_of_every_route(told: Told) -> None:
    answer = told(**answers_of("amal")).get(f"{PREFIX}kok-hoorn/")
    assert [str(name) for name, _route in answer.context["rules"]] == [str(name) for name in words.ROUTES.values()]
    assert "Waarom? Elke regel, met wat jij hebt en wat nodig is" in answer.content.decode()


@pytest.mark.parametrize("background", list(words.BACKGROUNDS))
def test_help_is_always_a_possibility_and_never_a_promise(told: Told, background: str) -> None:
    browser = told(**answers_of("kim"), background=background)
    for step in browser.get(f"{PREFIX}heftruck-zwaagdijk/").context["bridge"]["steps"]:
        assert not re.search(r"recht op|krijg je|gegarandeerd", " ".join(help_.what for help_ in step.helps))


def test_one_page_asks_the_database_a_fixed_number_of_times(
    told: Told, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser = told(**answers_of("kim"))
    browser.get(f"{PREFIX}heftruck-zwaagdijk/")
    with django_assert_max_num_queries(12):
        browser.get(f"{PREFIX}heftruck-zwaagdijk/")


def test_the_story_is_in_the_database(visitor: Client) -> None:
    assert openings.opening("story-keuken-alkmaar").invented


def test_what_is_not_known_never_stands_beside_that_you_can_start(told: Told) -> None:
    for answers in ({"no_work": True}, {"work": (CLEANER,)}):
        browser = told(pc4=6411, **answers)
        for block in browser.get("/nl/dichtbij/lijst/").context["blocks"]:
            for row in block["rows"]:
                names = [plank["name"] for plank in row["planks"]]
                if "Je kunt zo beginnen" in names:
                    assert names == ["Je kunt zo beginnen"]
                    assert block["title"] == "Je kunt zo beginnen"


def test_who_decides_is_about_the_help_and_not_about_the_step(told: Told) -> None:
    page = text_of(told(**answers_of("kim")).get(f"{PREFIX}heftruck-zwaagdijk/").content.decode())
    assert "Wie beslist over de hulp" in page
    assert not re.search(r"Wie beslist(?! over de hulp)", page)


def test_waiting_on_a_list_is_in_the_steps_as_it_is_in_the_picture(told: Told) -> None:
    browser = told(pc4=6411)
    listed = browser.get("/nl/dichtbij/lijst/een-stap/").context["blocks"][0]["rows"]
    row = next(row for row in listed if "Op de lijst staan" in [plank["name"] for plank in row["planks"]])
    bridge = browser.get(f"/nl/dichtbij/vacature/{row['opening_id']}/").context["bridge"]
    assert [step.name for step in bridge["steps"]] == ["Op de lijst staan"]
    assert bridge["steps"][0].is_wait
    shown = [line.text for plank in bridge["pictures"][0].planks for line in plank.lines]
    assert "Op de lijst staan" in shown


@pytest.mark.parametrize(
    ("language", "pattern"),
    [("nl", r"[a-z]+dag \d+ [a-z]+ 20\d\d"), ("en", r"[MTWFS][a-z]+day \d+ [A-Z][a-z]+ 20\d\d")],
)
def test_a_day_is_written_with_its_weekday(told: Told, language: str, pattern: str) -> None:
    name = {"nl": "Uiterlijk beginnen", "en": "Start at the latest"}[language]
    browser = told(pc4=1811)
    rows = [row for block in browser.get("/nl/dichtbij/lijst/").context["blocks"] for row in block["rows"]]
    pages = (browser.get(f"/{language}/dichtbij/vacature/{row['opening_id']}/").context["facts"] for row in rows)
    said = next(fact["words"] for facts in pages for fact in facts if fact["name"] == name)
    assert re.fullmatch(pattern, said)


def test_what_follows_from_nothing_told_is_a_question_and_no_no(told: Told) -> None:
    browser = told(pc4=3511)
    rows = [row for block in browser.get("/nl/dichtbij/lijst/").context["blocks"] for row in block["rows"]]
    for row in rows:
        page = text_of(browser.get(f"/nl/dichtbij/vacature/{row['opening_id']}/").content.decode())
        assert "Je mist geen vaardigheden" not in page
        assert "Alle taken passen bij je" not in page


def test_of_somebody_who_told_what_they_can_do_a_no_is_a_no(told: Told) -> None:
    answer = told(pc4=1811, work=(CLEANER,)).get(f"{PREFIX}keuken-alkmaar/")
    starts = {way["name"]: way["start"] for way in answer.context["ways"]}
    assert starts["Open hiring"] == "deze weg kan nu niet"
