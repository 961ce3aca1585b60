"""From the start to a desk by name on a phone without JavaScript, and the menukaart as people use it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
NARROWEST = 320


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Ga verder").click()


def test_five_answers_without_javascript_lead_to_support_and_a_desk_by_name(
    visit: Visit, assert_axe_clean: Check
) -> None:
    page = visit("/nl/ondersteuning/voor-mij/", javascript=False)
    page.get_by_label("Voor mezelf").check()
    go_on(page)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Kruis aan wat zou helpen")
    page.get_by_label("Een cursus, opleiding of diploma").check()
    page.get_by_label("Iemand die begeleidt op het werk").check()
    go_on(page)
    page.get_by_label("Open hiring").check()
    go_on(page)
    page.get_by_label("Geen uitkering en geen werk").check()
    go_on(page)
    page.get_by_label("Waar woon je").fill("9711 AB")
    go_on(page)
    assert page.url.endswith("/nl/ondersteuning/voor-mij/antwoord/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat er voor jou kan zijn")
    start = page.get_by_role("region", name="Begin hier: bel één loket")
    expect(start).to_contain_text("Regionaal Mobiliteitsteam (RMT) Groningen")
    expect(start).to_contain_text("(0XX) 000 01 01")
    expect(page.get_by_role("article", name="Jobcoach")).to_contain_text("Je koos: iemand die begeleidt op het werk.")
    expect(page.get_by_role("article", name="Lifecoach")).to_contain_text("onbekend")
    expect(page.locator("#not-asked + ul")).to_contain_text("Naam, leeftijd")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.long
def test_the_answer_and_the_dates_are_clean_for_axe_in_light_and_dark(visit: Visit, assert_axe_clean: Check) -> None:
    page = visit("/en/ondersteuning/voor-mij/", width=1280)
    page.get_by_label("For my company").check()
    page.get_by_role("button", name="Continue").click()
    assert_axe_clean(page)
    page.get_by_label("I do not know yet").check()
    for _ in range(3):
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Skip this question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What there may be for your company")
    look_at(page, assert_axe_clean)
    page.goto("/en/ondersteuning/inkomen/")
    page.get_by_label("First a short trial placement").check()
    page.get_by_label("On which day do you start?").fill("1-3-2027")
    page.get_by_label("When does the trial placement end?").fill("15/4/2027")
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("heading", name="You may return easily until 15 October 2027")).to_be_visible()
    assert "2027" not in page.url
    look_at(page, assert_axe_clean)


def look_at(page: Page, assert_axe_clean: Check) -> None:
    """The page is clean in light and dark, and stays whole when it is enlarged."""
    assert_axe_clean(page)
    page.emulate_media(color_scheme="dark")
    assert_axe_clean(page, rules=["color-contrast"])
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menukaart_is_searched_filtered_cleared_and_shared(visit: Visit, javascript: bool) -> None:
    page = visit("/nl/ondersteuning/", javascript=javascript)
    page.get_by_label("Regio", exact=True).select_option(label="Twente")
    if not javascript:
        page.get_by_role("button", name="Zoek").click()
    page.wait_for_url("**regio=AM05**")
    page.get_by_label("Wat zoek je?").fill("schuldne")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("status")).to_contain_text("1 soort steun is mogelijk in Twente")
    item = page.get_by_role("article", name="Hulp bij schulden")
    expect(item).to_contain_text("Loket werk en inkomen, gemeente Enschede")
    expect(item).to_contain_text("(0XX) 000 05 05")
    page.get_by_role("link", name="Wis alle filters").click()
    assert page.url.endswith("/nl/ondersteuning/?regio=AM05")
    page.get_by_text("Filters", exact=True).first.click()
    page.get_by_role("link", name="Werkgevers").click()
    assert "wie=employer" in page.url
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url.endswith("/en/ondersteuning/?regio=AM05&wie=employer")


def test_the_printed_menukaart_holds_everything_and_no_filters(visit: Visit) -> None:
    page = visit("/nl/ondersteuning/?regio=AM05", width=800)
    page.emulate_media(media="print")
    expect(page.get_by_text("Menukaart, Twente, geprint op")).to_be_visible()
    expect(page.get_by_text("Wie mogelijk betaalt").first).to_be_visible()
    assert not page.get_by_label("Filters").first.is_visible()
    assert not page.get_by_role("button", name="Zoek").is_visible()
