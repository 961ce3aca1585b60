"""Finding places through the pages: from a poster to a hand-over, counted without following anybody."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from dichterbij.domains.referral import queries
from support.handing import REGION, Desks

PLACES = "/nl/vandaag/vindplaatsen/"


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def add(desks: Desks, name: str) -> str:
    """The code of a place that the WSP adds."""
    browser = desks.browser(desks.world.wsp)
    assert browser.post(PLACES, {"doen": "add", "name": name, "kind": "library", "where": "Markt 1"}).status_code == 302
    page = browser.get(PLACES)
    return next(str(one["row"].code) for one in page.context["places"] if one["row"].name == name)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_a_poster_to_a_hand_over_that_is_counted(nobody: Client, desks: Desks, language: str) -> None:
    code = add(desks, f"Bibliotheek {language}")
    poster = desks.browser(desks.world.wsp).get(f"{PLACES}{code}/poster/")
    assert f"/v/{code}" in text_of(poster)
    opened = nobody.get(f"/v/{code}/", HTTP_USER_AGENT="Mozilla/5.0", HTTP_ACCEPT_LANGUAGE=language)
    assert opened["Location"] == f"/{language}/overdragen/zelf/{REGION}/work/"
    assert opened["Cache-Control"] == "no-store"
    sent = desks.give(nobody, language=language, sender="self")
    row, _steps = queries.handover_of(token=sent["Location"].split("/")[3])
    assert row.from_organisation is None
    (place,) = [one for one in desks.browser(desks.world.wsp).get(PLACES).context["places"] if one["row"].code == code]
    assert (place["row"].brought.opened, place["row"].brought.registered) == (1, 1)
    assert place["steps"][0][1] == "minder dan 5", "no single visit can be told from it"


def test_a_program_that_looks_at_the_link_is_not_counted(nobody: Client, desks: Desks) -> None:
    code = add(desks, "Markt")
    nobody.get(f"/v/{code}/", HTTP_USER_AGENT="WhatsApp/2")
    nobody.get(f"/v/{code}/", HTTP_USER_AGENT="Mozilla/5.0", HTTP_DNT="1")
    (place,) = [one for one in desks.browser(desks.world.wsp).get(PLACES).context["places"] if one["row"].code == code]
    assert place["row"].brought.opened == 0


def test_a_code_that_is_gone_still_leads_to_a_desk(nobody: Client) -> None:
    assert nobody.get("/v/bestaat-niet/")["Location"] == "/nl/overdragen/"


def test_two_at_one_place_show_as_shared(desks: Desks) -> None:
    code = add(desks, "Sportclub")
    wsp, uwv = desks.browser(desks.world.wsp), desks.browser(desks.world.uwv)
    for browser in (wsp, uwv):
        place = next(one["row"] for one in browser.get(PLACES).context["places"] if one["row"].code == code)
        assert browser.post(PLACES, {"doen": "go", "place": str(place.id), "when": "dinsdag"}).status_code == 302
    assert "Hier gaan twee organisaties heen" in text_of(wsp.get(PLACES))
    uwv.post(PLACES, {"doen": "stop", "place": str(place.id)})
    assert "tot en met" in text_of(uwv.get(PLACES))


def test_the_same_place_twice_is_said_and_nothing_typed_is_lost(desks: Desks) -> None:
    add(desks, "Buurthuis De Brug")
    back = desks.browser(desks.world.uwv).post(
        PLACES, {"doen": "add", "name": "buurthuis de brug", "kind": "neighbourhood", "contact": "Balie <b>1</b>"}
    )
    assert back.status_code == 422
    assert "staat al in de lijst" in text_of(back)
    assert "Balie &lt;b&gt;1&lt;/b&gt;" in back.content.decode()


def test_goals_stand_beside_what_was_found(desks: Desks) -> None:
    coordinator = desks.browser(desks.world.coordinator)
    coordinator.post("/nl/vandaag/afspraken/", {"owner": "", "days": "", "goal_places": "20", "goal_people": "500"})
    told = text_of(coordinator.get(PLACES))
    assert "van 20" in told
    assert "van 500" in told


def test_another_region_has_no_such_poster(desks: Desks) -> None:
    code = add(desks, "Weekmarkt")
    assert desks.browser(desks.world.national).get(f"{PLACES}{code}/poster/").status_code == 404
