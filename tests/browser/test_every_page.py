"""What holds for every page of the site: clean for axe, readable when enlarged, light to load."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Response, expect

PATHS = (
    "/",
    "/privacy/",
    "/bronnen/",
    "/rekenregels/",
    "/toegankelijkheid/",
    "/loket/",
    "/loket/regios/",
    "/loket/regios/?zoek=xyzzy",
    "/loket/AM01/",
    "/loket/AM01/alle/",
    "/loket/AM01/job_seeker/",
    "/loket/AM01/job_seeker/work/?werk=AM22",
    "/loket/NL/unknown/unknown/",
)
LANGUAGES = ("nl", "en")
NARROWEST = 320  # 400% zoom of a screen 1280 wide
MOST_BYTES = 100_000
Visit = Callable[..., Page]
Check = Callable[..., None]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_clean_in_light_and_dark_and_when_enlarged(
    visit: Visit, assert_axe_clean: Check, language: str, path: str
) -> None:
    page = visit(f"/{language}{path}", width=1280)
    assert_axe_clean(page)
    page.emulate_media(color_scheme="dark")
    assert_axe_clean(page, rules=["color-contrast"])
    assert page.locator("h1").count() == 1
    assert page.locator("[style], style, script:not([src])").count() == 0
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_page_that_does_not_exist(visit: Visit, assert_axe_clean: Check, language: str) -> None:
    page = visit(f"/{language}/bestaat-niet/", status=404)
    assert_axe_clean(page)
    assert page.get_by_role("link", name=re.compile("startpagina|home page")).is_visible()


@pytest.mark.parametrize("path", ["/", "/loket/regios/?zoek=Ede", "/loket/AM01/job_seeker/work/?werk=AM22"])
def test_the_language_switch_leads_to_the_same_page(visit: Visit, path: str) -> None:
    page = visit(f"/nl{path}")
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url.endswith(f"/en{path}")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ["/nl/", "/nl/loket/AM01/job_seeker/work/"])
def test_a_first_view_is_under_a_hundred_kilobytes(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, base_url=address)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    parts = ("responseBodySize", "responseHeadersSize")
    sizes = {answer.url: sum(answer.request.sizes()[part] for part in parts) for answer in answers}  # type: ignore[literal-required]
    context.close()
    kinds = {url.rpartition(".")[2] for url in sizes}
    assert {"css", "woff2"} < kinds, sizes
    assert sum(sizes.values()) < MOST_BYTES, sizes


def test_without_a_language_in_the_address_the_browser_decides(visit: Visit) -> None:
    assert visit("/").url.endswith("/en/")  # Chromium asks for English unless told otherwise


def test_links_of_home_all_lead_somewhere(visit: Visit) -> None:
    page = visit("/nl/")
    addresses = {link.get_attribute("href") for link in page.get_by_role("link").all()}
    for path in sorted(address for address in addresses if address and address.startswith("/")):
        assert page.request.get(path).status == 200, path


def test_the_page_prints_without_navigation(visit: Visit) -> None:
    page = visit("/nl/loket/AM01/job_seeker/work/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Hoofdmenu").is_visible()
    assert page.get_by_text("(0XX) 000 01 01").first.is_visible()


def test_answers_can_be_wiped_from_every_page_once_there_are_any(visit: Visit, address: str) -> None:
    page = visit("/nl/privacy/")
    wipe = page.get_by_role("banner").get_by_text("Wis mijn antwoorden")
    sure = page.get_by_role("banner").get_by_role("button", name="Ja, wis alles")
    assert not wipe.is_visible()
    page.context.add_cookies([{"name": "answers", "value": "x", "url": f"{address}/"}])
    page.reload()
    expect(sure).not_to_be_visible()
    wipe.click()
    sure.click()
    expect(wipe).not_to_be_visible()
    assert "answers" not in {cookie.get("name") for cookie in page.context.cookies()}
