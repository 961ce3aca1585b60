"""What holds for every page of the site: clean for axe, readable when enlarged, light to load."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

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
Check = Callable[[Page], None]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_light_and_dark(visit: Visit, assert_axe_clean: Check, language: str, path: str) -> None:
    page = visit(f"/{language}{path}", width=1280)
    assert_axe_clean(page)
    page.emulate_media(color_scheme="dark")
    assert_axe_clean(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_page_that_does_not_exist(visit: Visit, assert_axe_clean: Check, language: str) -> None:
    page = visit(f"/{language}/bestaat-niet/", status=404)
    assert_axe_clean(page)
    assert page.get_by_role("link", name=re.compile("startpagina|home page")).is_visible()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways_at_four_hundred_percent(visit: Visit, path: str) -> None:
    page = visit(f"/nl{path}", width=NARROWEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


@pytest.mark.parametrize("path", PATHS)
def test_one_heading_of_the_first_level_and_no_inline_style(visit: Visit, path: str) -> None:
    page = visit(f"/nl{path}")
    assert page.locator("h1").count() == 1
    assert page.locator("[style]").count() == 0
    assert page.locator("script:not([src]), style").count() == 0


@pytest.mark.parametrize("path", PATHS)
def test_the_language_switch_leads_to_the_same_page(visit: Visit, path: str) -> None:
    page = visit(f"/nl{path}")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(f"/en{path}")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ["/", "/loket/AM01/job_seeker/work/"])
def test_a_first_view_is_under_a_hundred_kilobytes(visit: Visit, path: str) -> None:
    page = visit("/nl/privacy/")
    fresh = page.context.browser.new_context(viewport={"width": 390, "height": 800})  # type: ignore[union-attr]
    answers: list[Response] = []
    view = fresh.new_page()
    view.on("response", answers.append)
    view.goto(page.url.replace("/nl/privacy/", f"/nl{path}"), wait_until="networkidle")
    sizes = {answer.url: sum(answer.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
             for answer in answers}  # fmt: skip
    fresh.close()
    assert len(sizes) >= 4
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
