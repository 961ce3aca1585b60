"""What holds for every page of the site: clean for axe, readable when enlarged, for keyboard and rest, with a desk.

Pages are those of support/sweep.py and of pages/<app>.txt. `SCAN_TO=<file>` keeps what axe found."""

import re
from collections import defaultdict
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support import sweep
from support.sweep import LANGUAGES, Scan

PATHS = sweep.paths()
NARROWEST = 320  # 400% zoom of a screen 1280 wide
# One of each kind; `make test-long` walks over all.
BY_KEYBOARD = ("/", "/loket/", "/loket/AM01/", "/dichtbij/lijst/", "/dichtbij/vacature/story-kamers-alkmaar/")
# Pages on which no desk is named at the end, and why.
WITHOUT_A_DESK: dict[str, str] = {}
# Pages in English look as in Dutch but for their words: in `make test` only the first of each kind.
IN_ENGLISH = ("/", "/dichtbij/lijst/", "/dichtbij/routes/", "/routes/open-hiring/")
# A question mark gives another view of the same page: in English only a scan looks at those.
PAGES = [
    pytest.param(
        language, path,
        marks=[] if language == "nl" or path in IN_ENGLISH or sweep.wanted_scan() else pytest.mark.long,
    )
    for language in LANGUAGES for path in PATHS if language == "nl" or "?" not in path or sweep.wanted_scan()
]  # fmt: skip
Visit = Callable[..., Page]
Check = Callable[..., None]
Walk = Callable[[str], Page]


@pytest.mark.parametrize(("language", "path"), PAGES)
def test_a_page_is_clean_in_light_and_dark_when_enlarged_and_at_rest(
    walk: Walk, scan: Scan, language: str, path: str
) -> None:
    page = walk(f"/{language}{path}")
    assert not _looked_at(page, scan, language, path, rules=None)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    # Of each kind in the dark; a scan to keep, and `make test-long`, leave nothing out.
    if path in IN_ENGLISH or sweep.wanted_scan():
        assert not _looked_at(page, scan, language, path, rules=None if sweep.wanted_scan() else sweep.COLOUR_RULES)
    assert page.evaluate(sweep.MOVES) == []
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate(sweep.TOO_WIDE) == []


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_clean_in_the_dark(walk: Walk, scan: Scan, path: str) -> None:
    page = walk(f"/nl{path}")
    page.emulate_media(color_scheme="dark")
    assert not _looked_at(page, scan, "nl", path, rules=sweep.COLOUR_RULES)


def _looked_at(page: Page, scan: Scan, language: str, path: str, *, rules: list[str] | None) -> str:
    """What axe finds, in words; the scan remembers it."""
    result = sweep.run_axe(page, rules=rules)
    scan.add(path, language, result)
    return sweep.told(result["violations"])


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.long)])
def test_every_page_has_one_heading_its_language_a_title_of_its_own_and_nothing_inline(
    walkers: dict[str, Page], language: str
) -> None:
    titles = defaultdict(list)
    faults = []
    for path in sweep.each(language):
        answer = walkers[language].request.get(path)
        page = sweep.source(path, answer.text())
        faults += page.faults
        titles[page.title].append(path.partition("?")[0])
        if not page.ends_with_a_desk and path[3:] not in WITHOUT_A_DESK:
            faults.append(f"{path}: no desk with a phone number at the end")
    faults += [f"{title!r} is the title of {paths}" for title, paths in titles.items() if len(set(paths)) > 1]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("path", BY_KEYBOARD)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(walk: Walk, path: str) -> None:
    assert sweep.faults_of_focus(walk(f"/nl{path}")) == []


@pytest.mark.parametrize("path", ["/", "/werk/", "/dichtbij/", "/ondersteuning/", "/mensen/plaatsen/", "/regio/AM05/"])
def test_without_javascript_a_page_says_what_it_is_and_its_menu_and_forms_work(visit: Visit, path: str) -> None:
    page = visit(f"/nl{path}", javascript=False)
    assert page.locator("h1").is_visible()
    assert page.locator(".closing").get_by_text(sweep.PHONE).first.is_visible()
    page.get_by_text("Menu", exact=True).first.click()
    assert page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Ik zoek werk").is_visible()
    without_button = "form:not(:has(button:not([type=button]), input[type=submit]))"
    assert page.locator(without_button).count() == 0


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_holds_in_dark_and_the_keyboard_reaches_everything(walk: Walk, language: str, path: str) -> None:
    page = walk(f"/{language}{path}")
    assert sweep.faults_of_focus(page) == []
    page.emulate_media(color_scheme="dark")
    found = sweep.run_axe(page)["violations"]
    assert not found, sweep.told(found)
    page.set_viewport_size({"width": 390, "height": 800})
    found = sweep.run_axe(page)["violations"]
    assert not found, sweep.told(found)


def test_the_accessibility_statement_rests_on_a_scan_of_every_page() -> None:
    scanned = set(sweep.kept_scan()["pages"])
    assert set(PATHS) - scanned == set(), "new pages: scan again, see docs/guides/accessibility.md"


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.long)])
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
