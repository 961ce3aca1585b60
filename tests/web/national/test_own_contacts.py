"""A partner keeps whom others call there, on a page of its own, and finds whom it calls in a region."""

import pytest
from django.test import Client

from dichterbij.domains.accounts.rules import Role
from support.people import make_desk
from support.roles import browser_of, make_somebody
from web.national.conftest import Pages
from web.national.test_contacts import add
from web.national.test_employers import rows_of, text_of

OWN = "/nl/landelijk/onze-contactpersonen/"
ELS = {"move": "add", "person": "Els <b>Partner</b>", "email": "els@partner.example", "role": "=Adviseur"}


@pytest.fixture
def partner(pages: Pages) -> Client:
    return browser_of(make_somebody(Role.ADVISER, "AM20", make_desk("partner", "AM20").organisation))


def test_a_partner_keeps_its_own_and_others_do_not_see_it(pages: Pages, partner: Client) -> None:
    wrong = partner.post(OWN, ELS | {"email": "geen adres"})
    assert wrong.status_code == 422
    assert "Els &lt;b&gt;Partner&lt;/b&gt;" in wrong.content.decode(), "nothing typed is lost"
    assert partner.post(OWN, ELS).status_code == 302
    assert "staat hiervoor al op de lijst" in text_of(partner.post(OWN, ELS))
    (line,) = rows_of(partner.get(f"{OWN}bestand.csv"))
    assert (line["Functie"], line["E-mail"]) == ("'=Adviseur", "els@partner.example")
    assert "els@partner.example" in text_of(pages.national.get(OWN))
    assert "els@partner.example" not in text_of(pages.adviser.get(OWN))
    number = str(partner.get(OWN).context["rows"][0][0].id)
    assert pages.adviser.post(OWN, {"move": "end", "contact": number}).status_code == 404
    assert pages.national.post(OWN, ELS).status_code == 404
    for move, there in (("end", 0), ("restore", 1)):
        assert partner.post(OWN, {"move": move, "contact": number}).status_code == 302
        assert len(partner.get(OWN).context["rows"]) == there
    assert partner.post(OWN, {"move": "end", "contact": "x"}).status_code == 404


def test_a_partner_finds_the_right_person_for_a_route_in_a_region(pages: Pages, partner: Client) -> None:
    add(pages.national, "AM32", "bel@regio.example", routes=["learn_work"])
    add(pages.national, "AM32", "pers@regio.example", "communication")
    found = text_of(partner.get(f"{OWN}?route=learn_work"))
    assert "bel@regio.example" in found
    assert "pers@regio.example" not in found
    assert "bel@regio.example" not in text_of(partner.get(f"{OWN}?route=carving"))
    assert "bel@regio.example" not in text_of(pages.adviser.get(OWN))
