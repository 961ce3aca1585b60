"""What to say to an employer or a desk, and how each route works: on a page of its own and beside a bridge."""

from collections.abc import Callable

import pytest
from django.test import Client

from dichterbij.web.near import saying, words

SAY = "dichtbij/wat-zeg-ik/"
OPENING = "/nl/dichtbij/vacature/"
Told = Callable[..., Client]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_route_and_every_step_has_its_sentences(visitor: Client, language: str) -> None:
    text = saying.text(language)
    page = visitor.get(f"/{language}/{SAY}").content.decode()
    for route in saying.routes(text):
        assert f'id="{route.code}"' in page
        assert 3 <= route.how.body.count("\n") <= 4
        assert route.say.body.startswith(">")
    steps = {*words.STEPS, *(f"licence:{code}" for code in words.LICENCES), "adaptation:lifting"}
    assert all(saying.about_steps(text, [code]) for code in steps)


def test_both_languages_have_the_same_parts() -> None:
    assert list(saying.text("nl").section) == list(saying.text("en").section)


def test_a_step_is_looked_up_by_what_it_is_first() -> None:
    text = saying.text("nl")
    (vog,), (car,) = saying.about_steps(text, ["licence:vog"]), saying.about_steps(text, ["licence:B"])
    assert "VOG" in vog.body
    assert "VOG" not in car.body
    assert saying.about_steps(text, ["licence:B", "licence:C", "unheard-of"]) == [car]


def test_the_page_tells_what_need_not_be_said(visitor: Client) -> None:
    page = visitor.get(f"/nl/{SAY}").content.decode()
    assert "Dit hoef je niet te zeggen" in page
    assert "Waar dit vandaan komt" in page


def test_it_ends_with_the_desk_of_whoever_gave_a_postcode(told: Told) -> None:
    page = told(pc4=1811).get(f"/nl/{SAY}").content.decode()
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in page


def test_an_opening_tells_how_its_route_works_and_what_to_say_of_each_step(told: Told) -> None:
    browser = told(pc4=1813, modes=("bike",), max_travel_minutes=30, avoid=("lifting",))
    answer = browser.get(f"{OPENING}story-keuken-alkmaar/")
    page, text = answer.content.decode(), saying.text("nl")
    way = answer.context["route_text"]
    assert f"Zo werkt het: {way.name}" in page
    assert [step.id for step in answer.context["say_steps"]] == ["say-step-adaptation"]
    assert text.section["say-step-adaptation"].heading in page


def test_an_opening_leads_on_to_support_and_income(told: Told) -> None:
    page = told(pc4=1811).get(f"{OPENING}story-keuken-alkmaar/").content.decode()
    for address in ("/nl/ondersteuning/voor-mij/", "/nl/ondersteuning/inkomen/", "/nl/dichtbij/wat-zeg-ik/"):
        assert f'href="{address}"' in page


def test_without_a_bridge_there_is_no_route_to_explain(told: Told) -> None:
    answer = told(pc4=9991, modes=("walk",), max_travel_minutes=15).get(f"{OPENING}story-keuken-alkmaar/")
    assert "route_text" not in answer.context
    assert answer.status_code == 200


def test_a_route_without_a_page_has_no_link() -> None:
    assert saying.route_address("direct") == ""
    assert saying.route_address("carving").endswith("/routes/werk-op-maat/")
