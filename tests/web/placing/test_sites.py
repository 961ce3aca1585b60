"""An employer who says to have sites in more regions: the national team calls once, and the own page says who."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from web.placing.conftest import Fill

SITES = {"firm": "Keten Verzonnen Placing", "sites": ["AM05", "AM13"], "kvk": "9000 0007"}


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace("&#x27;", "'")


def test_the_own_page_says_who_calls_and_a_second_message_is_joined(sent: Fill) -> None:
    first = text_of(sent(contact=SITES))
    assert "Landelijk team SZW belt je, één keer voor alle regio's" in first
    assert "Deze regio's lezen mee Noord-Holland Noord, Twente, Midden-Utrecht" in first
    assert "KvK-nummer 90000007" in first
    assert "was daar al bekend" not in first
    assert "was daar al bekend" in text_of(sent(contact=SITES | {"firm": "Keten Verzonnen Anders"}))
    assert "andere regio's" not in text_of(sent()).partition("Neem het terug")[0].partition("Wat je stuurde")[0]


def test_who_takes_it_back_is_called_by_nobody(sent: Fill, employer: Client) -> None:
    page = sent(contact=SITES | {"firm": "Keten Verzonnen Terug", "kvk": ""})
    path = page.redirect_chain[-1][0]  # type: ignore[attr-defined]
    back = employer.post(f"{path}intrekken/", follow=True)
    assert "belt je" not in text_of(back)


@pytest.mark.parametrize(("wrong", "words"), [({"kvk": "12"}, "acht cijfers"), ({"sites": ["AM15"]}, "in de lijst")])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    filled: Fill, employer: Client, wrong: dict[str, str], words: str
) -> None:
    filled()
    answer = employer.post("/nl/mensen/plaatsen/contact/", SITES | {"person": "Ans", "phone": "06 12345678"} | wrong)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Keten Verzonnen Placing" in answer.content.decode()
    assert re.search(r'<details class="placing-sites" open', answer.content.decode())
