"""The four routes: the same page in every language, who to call in every region, and nothing promised."""

import re
import urllib.error
import urllib.request
from datetime import date

import pytest

from dichterbij.data import read_yaml
from dichterbij.domains.support.queries import menukaart
from dichterbij.web.content.pages import CONTENT, page, slugs
from dichterbij.web.routes import present
from dichterbij.web.routes.kinds import AREA, KINDS

SLUGS = tuple(KINDS)
ON = date(2026, 12, 1)


def ask(address: str) -> tuple[int, str]:
    try:
        answer = urllib.request.urlopen(address, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read().decode()


def test_every_route_has_a_text_and_every_text_a_route() -> None:
    assert set(slugs(AREA)) == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_route_answers_the_same_questions_in_every_language(slug: str) -> None:
    dutch, english = page(AREA, slug, "nl"), page(AREA, slug, "en")
    assert [section.id for section in dutch.sections] == [section.id for section in english.sections]
    assert {"seeker", "employer", "document", "story", "helpers", "known"} <= set(dutch.section)
    assert len(present.parts(dutch, "step")) == 4
    assert len(present.parts(dutch, "fact")) == 4


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(("language", "says"), [("nl", "bestaan niet"), ("en", "do not exist")])
def test_a_story_says_that_it_is_invented(slug: str, language: str, says: str) -> None:
    assert says in page(AREA, slug, language).section["story"].body


@pytest.mark.parametrize("slug", SLUGS)
def test_the_picture_has_a_plank_for_every_step_in_words(slug: str) -> None:
    text = page(AREA, slug, "nl")
    for picture in present.bridge(text):
        assert len(picture.planks) == len(present.parts(text, "step"))


def test_the_story_of_the_carved_job_adds_up() -> None:
    """28 hours in the story set, without a desk of 8: what the page tells is what the bridge computes."""
    story = read_yaml(CONTENT.parent / "demo" / "story" / "story.yaml")
    joyce = next(person for person in story["people"] if person["id"] == "joyce")
    body = page(AREA, "werk-op-maat", "nl").section["story"].body
    assert f"een baan van {joyce['expects']['hours']} uur" in body


@pytest.mark.parametrize("slug", SLUGS)
def test_the_menukaart_of_a_route_names_who_decides_and_holds_nothing_that_ended(slug: str) -> None:
    items = present.menukaart(KINDS[slug], "", ON)
    closed = {item.name.nl for item in menukaart() if not item.is_open(ON)}
    assert items
    assert all(item.decided_by or item.is_decider_open for item in items)
    assert not {item.name for item in items} & closed


@pytest.mark.parametrize("slug", SLUGS)
def test_examples_of_regions_have_a_source_and_those_of_the_chosen_region_come_first(slug: str) -> None:
    names = {"AM01": "Groningen", "AM05": "Twente", "AM14": "Amersfoort"}
    for region in names:
        found = present.examples(KINDS[slug], names, region)
        own = [example.region == names[region] for example in found]
        assert 0 < len(found) <= present.MOST_EXAMPLES
        assert own == sorted(own, reverse=True)
        assert all(example.source for example in found)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_region_shows_a_desk_with_a_number_for_both_sides(address: str, slug: str) -> None:
    status, html = ask(f"{address}/nl/routes/{slug}/?regio=AM05")
    assert status == 200
    assert "Wie je belt in Twente" in html
    assert html.count('class="phone__number"') == 2


def test_learning_leads_to_the_desk_for_learning(address: str) -> None:
    html = ask(f"{address}/nl/routes/leren-en-werken/?regio=AM05")[1]
    assert "Leerwerkloket Twente" in html


@pytest.mark.parametrize("region", ["AM99", "AM01'--", "%00", "x" * 3000, ""])
def test_a_region_that_is_none_is_answered_with_what_to_do(address: str, region: str) -> None:
    status, html = ask(f"{address}/nl/routes/open-hiring/?regio={region}")
    assert status == 422
    assert "Kies er een uit de lijst" in html or "Kies je regio." in html
    assert "(0XX) 000 00 10" in html


def test_a_route_nobody_knows_is_not_found(address: str) -> None:
    assert ask(f"{address}/nl/routes/teleporteren/")[0] == 404


def test_open_hiring_keeps_its_method() -> None:
    text = " ".join(section.body for section in page(AREA, "open-hiring", "nl").sections)
    for says in ("Dat doe je zelf", "Niemand kiest", "Er is geen profiel", "zet zelf je naam op de lijst"):
        assert says in text


def test_the_pilot_shows_numbers_with_n_source_and_what_is_unknown(address: str) -> None:
    status, html = ask(f"{address}/nl/routes/open-hiring/proef/")
    assert status == 200
    rows = [re.findall(r">([^<>]+)</", row) for row in html.split("<tr>")[2:]]
    shown = {row[0]: row[1:4] for row in rows}
    assert shown["Werkgevers die meededen"] == ["17", "17"]
    assert shown["Mensen op een lijst"] == ["512", "bij 17 werkgevers", "meer dan 500"]
    assert shown["Mensen die werk vonden"] == ["95", "van 512 mensen", "95"]
    assert all("van" in row[2] or "bij" in row[2] for row in rows[2:]), "each number says over how many"
    for words in ("De gegevens zijn verzonnen", "Wat we niet weten", "Kamerbrief aanvullend sociaal pakket"):
        assert words in html
    assert "/nl/routes/open-hiring/proef/" in ask(f"{address}/nl/routes/open-hiring/")[1]
    status, lines = ask(f"{address}/nl/routes/open-hiring/proef/gegevens.csv")
    assert len(lines.splitlines()) == 513
