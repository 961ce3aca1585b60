"""A national employer is approached once and a region picks its site up; then a survey, looked at before it is sent."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
pytestmark = pytest.mark.skipif("SITE_URL" in os.environ, reason="adds to the demonstration's register")
NAME = "Bouwmarkt Nieuw Verzonnen"


def signed_in(visit: Visit, name: str, path: str, width: int, *, javascript: bool = True) -> Page:
    """Somebody invented, on a page of the network."""
    page = visit(f"/nl/inloggen/?next=/nl/landelijk/{path}", width=width, javascript=javascript)
    page.get_by_role("button", name=f"Inloggen als {name} (demo)").click()
    return page


@pytest.mark.long
def test_one_approach_that_a_region_reads_and_a_survey_that_goes_once(visit: Visit, assert_axe_clean: Check) -> None:
    team = signed_in(visit, "Nadia Verzonnen", "werkgevers/", 1280)
    team.get_by_role("link", name="Voeg een werkgever toe").click()
    team.get_by_label("Naam van de werkgever").fill("Supermarkt Altijt Verzonnen")
    team.get_by_label("Regio van een vestiging").first.select_option("AM05")
    team.get_by_role("button", name="Voeg deze werkgever toe").click()
    expect(team.get_by_text("Is het een van deze?")).to_be_visible()
    team.get_by_label("Naam van de werkgever").fill(NAME)
    team.get_by_label("Dit is een andere werkgever").check()
    team.get_by_label("Plaats").first.fill("Hengelo")
    team.get_by_role("button", name="Voeg deze werkgever toe").click()
    team.get_by_label("Wie benadert deze werkgever?").first.select_option(label="SBB")
    team.get_by_role("button", name="Leg vast wie benadert").click()
    expect(team.get_by_text("Vanaf nu kan niemand anders")).to_be_visible()
    assert_axe_clean(team)

    region = signed_in(visit, "Tom Verzonnen", "werkgevers/", 390, javascript=False)
    region.get_by_role("link", name=NAME).click()
    expect(region.get_by_text("SBB, sinds").first).to_be_visible()
    region.get_by_label("Wat doet jouw regio?").select_option(label="Wij hebben al contact")
    region.get_by_label("Wie, en sinds wanneer?").fill("Tom kent de filiaalmanager")
    region.get_by_role("button", name="Leg dit vast").click()
    expect(region.get_by_text("Het landelijk team leest het ook")).to_be_visible()
    team.reload()
    expect(team.get_by_text("Tom kent de filiaalmanager").first).to_be_visible()

    team.get_by_role("link", name="Contactpersonen").click()
    assert_axe_clean(team)
    team.get_by_role("link", name="Contact met regio").click()
    team.locator(".national-rows summary").first.click()
    expect(team.get_by_role("button", name="Ik heb ze gesproken").first).to_be_visible()
    assert_axe_clean(team)
    team.get_by_role("link", name="Mail aan regio").click()
    team.get_by_role("link", name="Schrijf een nieuwe").click()
    team.get_by_label("Algemeen").check()
    team.get_by_label("Communicatie").check()
    team.get_by_label("Onderwerp").fill("Vragenlijst")
    team.get_by_label("Tekst").fill("Vul hem in voor 1 december.")
    team.get_by_role("button", name="Bekijk aan wie het gaat").click()
    expect(team.get_by_text("1 daarvan staat op beide lijsten")).to_be_visible()
    team.get_by_role("button", name="Verstuur aan").click()
    expect(team.get_by_role("cell", name="verstuurd").first).to_be_visible()
    assert_axe_clean(team)
