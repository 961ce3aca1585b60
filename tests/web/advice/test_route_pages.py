"""From the first question to routes with reasons, costs, support and a desk with a number."""

import pytest
from django.test import Client

ROUTE, RESULT = "/nl/mensen/route/", "/nl/mensen/route/advies/"
WSP_TWENTE = "(0XX) 000 05 02"
ANSWERS = {"work": "mixed", "first_day": "months", "interview": "no", "guide": "daily", "company": "yes"}


def page(visitor: Client, address: str, **query: str) -> str:
    answer = visitor.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_questions_come_one_by_one_and_carry_the_answers_along(visitor: Client) -> None:
    first = page(visitor, ROUTE)
    assert "Wat voor werk is het?" in first
    assert "Stap 1 van 6" in first
    assert "checked" not in first  # before an answer nothing is chosen, not even that it is not known
    second = page(visitor, ROUTE, work="mixed", stap="2")
    assert "Wat moet iemand op de eerste dag" in second
    assert '<input type="hidden" name="work" value="mixed">' in second


def test_a_question_that_changes_nothing_is_not_asked(visitor: Client) -> None:
    told = page(visitor, ROUTE, guide="nobody", stap="5")
    assert "erkend leerbedrijf" not in told
    assert "Stap 5 van 5" in told


def test_after_the_last_question_comes_the_advice(visitor: Client) -> None:
    answer = visitor.get(ROUTE, {**ANSWERS, "stap": "7"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(RESULT + "?work=mixed")


@pytest.mark.parametrize("stap", ["", "x", "-1", "99999", "١"])
def test_an_odd_step_still_gives_a_page(visitor: Client, stap: str) -> None:
    assert visitor.get(ROUTE, {"stap": stap}, follow=True).status_code == 200


def test_the_advice_gives_routes_with_reasons_costs_support_and_the_desk_of_the_region(visitor: Client) -> None:
    told = page(visitor, RESULT, **ANSWERS, regio="AM05")
    assert "Begin met: Leren en werken" in told
    for reason in ("Je bent een erkend leerbedrijf", "Spreekt ervoor", "Nog niet bekend", "Praktijkleren in het mbo"):
        assert reason in told
    assert "30 tot 77 uur" in told
    assert "aanname" in told
    assert "Erkend leerbedrijf worden" in told  # of the menukaart
    assert WSP_TWENTE in told
    assert "Leerwerkloket Twente" in told
    assert "Afgesproken met de adviseur" in told
    assert "praktijkleren bij een door SBB erkend leerbedrijf" in told  # the source of a reason


def test_a_route_that_cannot_be_says_why_and_what_instead(visitor: Client) -> None:
    told = page(visitor, RESULT, **ANSWERS)
    later = told.split("Nu niet, met deze antwoorden")[1]
    assert "Open hiring" in later
    assert "Een ontmoeting past dan beter." in later


def test_without_answers_the_advice_is_to_call(visitor: Client) -> None:
    told = page(visitor, RESULT)
    assert "Geen route springt eruit. Bel het loket" in told
    assert "(0XX) 000 00 10" in told  # the national team


def test_answers_that_do_not_exist_are_as_if_not_given(visitor: Client) -> None:
    told = page(visitor, RESULT, work="<script>", interview="yes' or 1=1", regio="AM99")
    assert "Geen route springt eruit" in told
    assert "<script>alert" not in told


def test_a_place_that_is_not_known_is_said_and_kept_in_the_field(visitor: Client) -> None:
    answer = visitor.post(RESULT + "?work=mixed", {"where": "1234 ZZ 99"})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "is geen postcode" in told
    assert 'value="1234 ZZ 99"' in told
    assert "Werk op maat" in told
    assert '<a class="nl-link" href="#id_where">' in told  # also on top of the page
    assert 'work=mixed#bellen"' in told  # and the page opens where the question is


def test_a_region_chosen_from_a_list_stands_in_the_address_and_a_postcode_does_not(visitor: Client) -> None:
    answer = visitor.post(RESULT + "?work=mixed", {"where": "7511", "where_region": "AM05"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == RESULT + "?work=mixed&regio=AM05#bellen"


def test_the_whole_advice_is_there_in_english(visitor: Client) -> None:
    told = page(visitor, "/en/mensen/route/advies/", **ANSWERS, regio="AM05")
    for text in (
        "Start with: Learning and working",
        "Speaks for it",
        "30 to 77 hours",
        "You are a recognised learning",
    ):
        assert text in told


def test_the_advice_leads_on_to_the_boss_the_text_and_the_mail(visitor: Client) -> None:
    told = page(visitor, RESULT, **ANSWERS)
    assert "/nl/mensen/voor-mijn-baas/?work=mixed&amp;first_day=months" in told
    assert "/nl/mensen/tekst/" in told
    assert "mailto:?subject=Welke%20route" in told


def test_an_employer_is_spoken_to_and_sees_no_help_for_what_cannot_be(visitor: Client) -> None:
    told = page(visitor, RESULT, work="practical", first_day="months", company="no", guide="some")
    assert "Praktijkleren in het mbo" in told.split("Kan niet met jouw antwoorden:")[1]
    assert "Subsidieregeling praktijkleren" not in told
    assert "mbo-certificaat ontwikkelen" not in told
    assert "behoud van je uitkering" not in told
    assert "die van je nieuwe collega" in told


def test_for_and_against_that_weigh_the_same_are_called_so(visitor: Client) -> None:
    told = page(visitor, RESULT, work="practical", first_day="nothing", interview="maybe", company="no", size="small")
    assert "voor en tegen wegen even zwaar" in told
    assert "spreekt meer tegen" not in told


def test_without_a_place_there_is_a_number_already(visitor: Client) -> None:
    told = page(visitor, RESULT, **ANSWERS)
    assert "Tot dan helpt het landelijke team" in told
    assert told.index("(0XX) 000 00 10") < told.index("Je antwoorden")
