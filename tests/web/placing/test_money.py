"""Money beside an opening that was placed: what it told is filled in on the form of the scheme."""

import re

import pytest
from django.test import Client

from web.placing.conftest import Fill, text_of
from web.schemes.test_reaching import employer as signed_in

pytestmark = pytest.mark.usefixtures("nobody_here")
APPLY = "/nl/regelingen/employer_subsidy/aanvragen/"


@pytest.mark.long  # places an opening page by page; the quick one below goes through the same door
def test_who_placed_an_opening_applies_with_what_it_told(employer: Client, sent: Fill) -> None:
    page = sent(work={"willing": ["open_hiring"]}, contact={"email": "ans@verzonnen.example", "kvk": "12345678"})
    assert "Geld als je iemand aanneemt" in text_of(page)
    token = re.search(r'name="token" value="([^"]+)"', text_of(page))
    assert token
    form = text_of(employer.post(f"{APPLY}uit-bericht/", {"token": token[1]}, follow=True))
    for value in ("Eetcafé Verzonnen", "ans@verzonnen.example", "12345678"):
        assert f'value="{value}"' in form
    assert re.search(r'value="open_hiring"[^>]*checked', form)
    assert "uit de vacature die je plaatste" in form
    other = signed_in("00000012")
    theirs = text_of(other.post(f"{APPLY}uit-bericht/", {"token": token[1]}, follow=True))
    assert not [value for value in ("Eetcafé Verzonnen", "ans@verzonnen.example", "12345678") if value in theirs]
    assert re.search(r'value="open_hiring"[^>]*checked', theirs)


def test_another_link_fills_in_nothing(employer: Client) -> None:
    assert employer.post(f"{APPLY}uit-bericht/", {"token": "made up"}).status_code == 404
