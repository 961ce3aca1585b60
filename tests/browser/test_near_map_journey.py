"""The map beside the list, and taking a result along in a code: as somebody meets them, with and without a script."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from support.near import to_list

Visit = Callable[..., Page]
AxeClean = Callable[..., None]


def number_in(text: str | None) -> int:
    """The first number of a heading."""
    found = re.search(r"\d[\d.]*", text or "")
    assert found, text
    return int(found[0].replace(".", ""))


def test_the_map_stands_beside_the_list_and_leads_to_what_it_shows(visit: Visit, assert_axe_clean: AxeClean) -> None:
    page = visit("/nl/dichtbij/", width=1280)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[name=postcode]").fill("1811")
    page.locator("[name=postcode]").press("Enter")
    page.wait_for_url("**/dichtbij/lijst/")
    beside, first = page.locator("#kaart").bounding_box(), page.locator(".near-block").first.bounding_box()
    assert beside
    assert first
    assert beside["x"] >= first["x"] + first["width"]
    page.get_by_text("Hetzelfde als tabel").click()
    expect(page.locator("#map-title")).to_contain_text(page.locator(".near-places th a").first.inner_text())
    assert_axe_clean(page)
    circle = page.locator("a.near-map__mark").nth(1)
    words = circle.get_attribute("aria-label") or ""
    circle.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lijst/in/**")
    assert number_in(page.locator("h1").inner_text()) == number_in(words.partition(":")[2])
    expect(page.locator(".near-map__mark[aria-current=true]")).to_have_count(1)
    assert_axe_clean(page)
    assert {url.split("/")[2] for url in asked} == {page.url.split("/")[2]}


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_first_openings_come_before_the_map(
    visit: Visit, assert_axe_clean: AxeClean, width: int
) -> None:
    page = to_list(visit, width=width, javascript=False)
    opening, drawn = page.locator(".near-title").first.bounding_box(), page.locator("#kaart").bounding_box()
    assert opening
    assert drawn
    assert opening["y"] < drawn["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") < 8500
    page.get_by_role("link", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"kaart=\d+#kaart$"))
    assert page.locator("a.near-map__mark").count() > 1
    sizes = [box["width"] for box in (mark.bounding_box() for mark in page.locator("a.near-map__mark").all()) if box]
    assert min(sizes) >= 24


def test_the_pages_of_a_long_list_are_walked_by_name_and_number_without_a_script(visit: Visit) -> None:
    page = to_list(visit, width=320, javascript=False)
    page.goto("/nl/dichtbij/lijst/te-vragen/")
    pages = page.get_by_role("navigation", name="Pagina's van de lijst")
    pages.get_by_role("link", name="Volgende pagina").click()
    expect(pages.get_by_text("Pagina 2 van")).to_be_visible()
    expect(pages.get_by_role("link", name="Vorige pagina")).to_be_visible()
    pages.get_by_role("listitem").last.get_by_role("link").click()
    expect(pages.get_by_role("link", name="Volgende pagina")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.long)])
def test_the_header_is_one_row_on_a_desk_also_when_answers_can_be_wiped(
    visit: Visit, assert_axe_clean: AxeClean, language: str
) -> None:
    page = to_list(visit, width=1280)
    page.goto(f"/{language}/dichtbij/plaatsen/?volgorde=dichtbij")
    assert_axe_clean(page)
    expect(page.locator(".wipe__summary")).to_be_visible()
    box = page.locator(".header__inner").bounding_box()
    assert box
    assert box["height"] < 80


@pytest.mark.long
def test_a_code_brings_the_same_list_to_another_browser(
    visit: Visit, chromium: Browser, address: str, assert_axe_clean: AxeClean
) -> None:
    page = to_list(visit)
    page.goto("/nl/dichtbij/vragen/reizen/")
    page.get_by_label("Met de fiets", exact=True).check()
    page.get_by_label("30 minuten", exact=True).check()
    page.get_by_role("button", name="Bewaar dit en toon wat dichtbij is").click()
    found = page.locator("h1").inner_text()
    page.get_by_role("link", name="Neem het mee naar een loket").click()
    expect(page.get_by_role("img", name="QR-code met je antwoorden")).to_be_visible()
    assert_axe_clean(page)
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as printed:
        assert len(printed.pages) == 1
    code = page.locator("#code-letters").text_content() or ""
    link = f"{page.locator('.near-code__url').text_content()}#{code}"
    assert link.startswith(address)

    there = visit("/nl/dichtbij/meegenomen/")
    asked: list[str] = []
    there.on("request", lambda request: asked.append(request.url))
    there.goto("about:blank")
    there.goto(link)
    expect(there.locator("h1")).to_have_text("Deze antwoorden zijn meegenomen")
    expect(there.locator("main")).to_contain_text("1811 Alkmaar")
    assert "#" not in there.url
    assert not [url for url in asked if code[:20] in url.partition("#")[0]]
    assert_axe_clean(there)
    there.get_by_role("button", name="Gebruik deze antwoorden en toon de lijst").click()
    expect(there.locator("h1")).to_have_text(found)

    without = visit("/nl/dichtbij/meegenomen/", javascript=False)
    without.get_by_label("De code").fill(link)
    without.get_by_role("button", name="Toon wat is meegenomen").click()
    expect(without.locator("main")).to_contain_text("met de fiets")


def test_whoever_waits_longer_than_a_second_is_told(visit: Visit) -> None:
    page = to_list(visit)
    words = page.get_by_text("Een moment: we kijken wat dichtbij is.")
    expect(words).to_be_hidden()
    held: list[Route] = []
    shown: list[bool] = []
    page.route("**/vacature/**", lambda route: held.append(route))
    page.expose_function("shown", lambda: shown.append(True))
    page.evaluate(
        """() => new MutationObserver(() => window.shown())
            .observe(document.querySelector("[data-waiting] > span"), {attributeFilter: ["hidden"]})"""
    )
    page.locator(".near-title").first.click(no_wait_after=True)
    page.wait_for_timeout(400)
    assert not shown
    page.wait_for_timeout(1200)
    assert shown
    held[0].abort()
