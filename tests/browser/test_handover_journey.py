"""Somebody is handed over on a phone without an account or JavaScript, and a desk accepts with the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
NARROWEST = 320


def _narrow(page: Page) -> None:
    """One h1, and nothing wider than the narrowest phone."""
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, page.url
    page.set_viewport_size({"width": 390, "height": 800})


def _signed_in(visit: Visit, who: str, path: str, language: str = "nl") -> Page:
    page = visit(f"/{language}/inloggen/", width=1280)
    page.locator(f"form[action$='/{who}/'] button").click()
    page.goto(f"/{language}{path}")
    return page


@pytest.fixture
def handed_over(visit: Visit) -> Page:
    """The page of somebody whom a helper just handed over to the RMT, without JavaScript."""
    page = visit("/nl/overdragen/", javascript=False)
    _narrow(page)
    page.get_by_label("Ik help iemand").check()
    page.get_by_label("In welke plaats?").fill("1811")
    page.get_by_role("button", name="Toon het goede loket").click()
    _narrow(page)
    page.get_by_role("button", name="Draag over").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Naam of roepnaam").fill("Sami Toets")
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_label("Wat wil deze persoon graag?").fill("Wil werken in een kas")
    page.get_by_label("zegt ja").check()
    page.get_by_role("button", name="Draag over").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("moet nu antwoorden")
    _narrow(page)
    return page


def test_from_a_helper_to_a_desk_that_accepts_with_the_keyboard(
    visit: Visit, assert_axe_clean: Check, handed_over: Page
) -> None:
    reference = handed_over.locator(".handover-code").inner_text()
    desk = _signed_in(visit, "anna", "/vandaag/aannemen/")
    expect(desk.get_by_text(reference)).to_be_visible()
    assert_axe_clean(desk)
    links = desk.locator("[data-keys] th a")
    for turn in range(links.count()):
        desk.keyboard.press("j")
        expect(links.nth(turn)).to_be_focused()
    desk.keyboard.press("k")
    row = desk.locator("tr", has_text=reference)
    _narrow(desk)
    row.locator("summary", has_text="Stuur door").press("Enter")
    expect(row.get_by_label("Naar welk loket?")).to_be_visible()
    row.get_by_role("button", name="Neem aan").press("Enter")
    expect(desk.get_by_text("Bel deze persoon nu")).to_be_visible()
    expect(desk.get_by_role("link", name="06 12345678")).to_be_visible()
    assert_axe_clean(desk)
    _narrow(desk)
    handed_over.reload()
    expect(handed_over.get_by_role("heading", level=1)).to_contain_text("helpt je")
    desk.goto("/nl/vandaag/verdelen/")
    desk.locator("summary", has_text="Geef alles aan anderen").first.click()
    desk.get_by_label("Carla Verzonnen").first.check()
    desk.get_by_role("button", name="Toon wat er gebeurt").first.click()
    expect(desk.get_by_role("button", name="Ja, verdeel het zo")).to_be_visible()


@pytest.mark.long
def test_a_coordinator_s_pages_in_english_have_nothing_for_axe(visit: Visit, assert_axe_clean: Check) -> None:
    page = _signed_in(visit, "carla", "/vandaag/casusoverleg/", "en")
    for part in ("casusoverleg", "cijfers", "afspraken", "klaar", "bij-ons", "verdelen"):
        page.goto(f"/en/vandaag/{part}/")
        assert_axe_clean(page)
        page.emulate_media(color_scheme="dark")
        assert_axe_clean(page, rules=["color-contrast"])
        page.emulate_media(color_scheme="light")
        _narrow(page)
        page.set_viewport_size({"width": 1280, "height": 800})
