"""The first question: where do you live?"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE
from dichterbij.web.site.sealed import NAMES

START, LIST, PLACE = "/nl/dichtbij/", "/nl/dichtbij/lijst/", "/nl/dichtbij/plaats/"
Kept = Callable[[], Answers]
Told = Callable[..., Client]


@pytest.mark.parametrize("postcode", ["1811", "1811 AB", " 1811ab "])
def test_a_postcode_alone_leads_straight_to_the_list(visitor: Client, kept: Kept, postcode: str) -> None:
    answer = visitor.post(START, {"postcode": postcode})
    assert answer.status_code == 302
    assert answer["Location"] == LIST
    assert kept() == Answers(pc4=1811)


@pytest.mark.parametrize(
    "postcode", ["", "12", "ab12", "18112", "1811 ABC", "9" * 100_000, "<script>", "\u0661\u0662\u0663\u0664"]
)
def test_what_is_no_postcode_is_asked_again_in_words(visitor: Client, postcode: str) -> None:
    answer = visitor.post(START, {"postcode": postcode})
    assert answer.status_code == 200
    assert "bijvoorbeeld 3511" in answer.content.decode()
    assert COOKIE.name not in visitor.cookies


def test_a_postcode_that_does_not_exist_asks_for_the_place_in_the_same_field(visitor: Client) -> None:
    page = visitor.post(START, {"postcode": "1234 zz"}).content.decode()
    assert "We vinden postcode 1234 ZZ niet. Klopt hij? Je kunt ook je woonplaats invullen." in page
    assert page.count('name="postcode"') == 1


@pytest.mark.parametrize("place", ["Den Haag", "lutjebroek", "'s-Hertogenbosch", "nieuwerkerk aan den ijssel"])
def test_the_only_place_of_a_name_leads_straight_to_the_list(visitor: Client, kept: Kept, place: str) -> None:
    assert visitor.post(START, {"postcode": place})["Location"] == LIST
    assert kept().pc4 is not None


@pytest.mark.parametrize(("given", "said"), [("Bergen", "Meer dan één plaats heet Bergen."), ("Alkmar", "Alkmar")])
def test_which_place_is_meant_is_asked_instead_of_the_postcode(
    visitor: Client, kept: Kept, given: str, said: str
) -> None:
    answer = visitor.post(START, {"postcode": given})
    page = answer.content.decode()
    assert "Welke plaats bedoel je?</h1>" in page
    assert said in page
    assert 'name="postcode"' not in page
    chosen = answer.context["places"][-1].pc4
    assert visitor.post(PLACE, {"pc4": str(chosen)})["Location"] == LIST
    assert kept().pc4 == chosen


def test_a_word_that_is_no_place_is_asked_again_at_its_field(visitor: Client) -> None:
    page = visitor.post(START, {"postcode": "qqqqxxxx"}).content.decode()
    assert "We vinden die plaats niet." in page
    (field,) = [tag for tag in page.split("<") if 'name="postcode"' in tag]
    assert 'value="qqqqxxxx"' in field
    assert "autofocus" in field
    assert 'aria-invalid="true"' in field


@pytest.mark.parametrize("pc4", ["99999999999", "", "x" * 100_000, "\u0661\u0662"])
def test_a_choice_that_was_not_offered_asks_the_place_again(visitor: Client, pc4: str) -> None:
    assert visitor.post(PLACE, {"pc4": pc4})["Location"] == START
    assert COOKIE.name not in visitor.cookies


def test_the_cookie_is_kept_from_scripts_and_ends_with_the_session(visitor: Client) -> None:
    morsel = visitor.post(START, {"postcode": "1811"}).cookies[COOKIE.name]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert not morsel["max-age"]
    assert not morsel["expires"]


def test_a_changed_cookie_is_dropped_with_a_kind_word(visitor: Client) -> None:
    visitor.cookies[COOKIE.name] = "gAAAAABchanged"
    answer = visitor.get(LIST)
    assert answer.status_code == 200
    assert "Je antwoorden zijn weg" in answer.content.decode()
    assert answer.cookies[COOKIE.name].value == ""


def test_answers_can_be_wiped_from_every_page(told: Told) -> None:
    browser = told(pc4=1811)
    assert "Wis mijn antwoorden" in browser.get(LIST).content.decode()
    answer = browser.post("/nl/dichtbij/wissen/", follow=True)
    assert "Je antwoorden zijn gewist" in answer.content.decode()
    assert browser.cookies[COOKIE.name].value == ""
    assert browser.get("/nl/dichtbij/wissen/").status_code == 405


@pytest.mark.parametrize(
    "page", ["lijst/", "lijst/meteen/", "vragen/", "vragen/werk/", "vragen/kunnen/", "vragen/reizen/", "mail/"]
)
def test_without_a_postcode_every_page_begins_at_the_postcode(visitor: Client, page: str) -> None:
    assert visitor.get(START + page)["Location"] == START


@pytest.mark.parametrize("page", ["", "lijst/", "vragen/", "vragen/werk/", "vragen/kunnen/", "vragen/reizen/", "mail/"])
def test_no_page_with_answers_may_be_stored(told: Told, page: str) -> None:
    answer = told(pc4=1811).get(START + page)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer.content.decode()


def test_wiping_takes_away_what_was_filled_in_anywhere_on_the_site(visitor: Client) -> None:
    for name in NAMES:
        visitor.cookies[name] = "x"
    gone = visitor.post(reverse("near:wipe")).cookies
    assert {name for name in gone if gone[name].value == ""} == set(NAMES)
