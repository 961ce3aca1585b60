"""From home on a phone to the right route and the helper's poster, and what every page offers besides its text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

Visit = Callable[..., Page]
ROUTES = ("Leren en werken", "Werk op maat (jobcarving)", "Open hiring", "Ontmoeten")
MOST_CHOICES = 6
# A browser that reads aloud without sound: it says at once that a sentence has ended, unless told to wait.
VOICE = """
window.said = [];
window.waiting = false;
const voice = {lang: "nl-NL", name: "Test"};
Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), {
  getVoices: () => [voice],
  cancel: () => {},
  speak: (sentence) => { window.said.push(sentence.text); if (!window.waiting) setTimeout(() => sentence.onend(), 0); },
})});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


class Walk:
    """Counts what a visitor chooses: a link, a button, or an answer in a field."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.choices = 0

    def click(self, role: str, name: str, *, within: str = "body") -> None:
        self.page.locator(within).get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.choices += 1

    def choose_region(self, name: str) -> None:
        self.page.get_by_label("Je regio", exact=True).select_option(label=name)
        self.choices += 1


@pytest.mark.parametrize("route", ROUTES)
def test_from_home_to_who_to_call_about_a_route_without_javascript(visit: Visit, route: str) -> None:
    walk = Walk(visit("/nl/", javascript=False))
    walk.click("link", route, within="main")
    walk.choose_region("Twente")
    walk.click("button", "Toon wie je belt")
    numbers = walk.page.locator("#call .phone__number")
    expect(numbers).to_have_count(2)
    expect(numbers.first).to_contain_text("(0XX) 000 05")
    expect(walk.page.locator(".closing")).to_contain_text("Twente")
    assert walk.choices <= MOST_CHOICES


def test_the_same_by_the_menu_of_a_phone(visit: Visit) -> None:
    walk = Walk(visit("/nl/privacy/", javascript=False))
    walk.page.locator(".menu__summary").click()
    walk.click("link", "Vier routes naar werk", within=".menu")
    walk.click("link", "Open hiring", within="main")
    walk.click("link", "Kies je regio en zie wie je belt")
    walk.choose_region("Groningen")
    walk.click("button", "Toon wie je belt")
    expect(walk.page.locator("#call .phone__number").first).to_be_in_viewport()
    assert walk.choices + 1 <= MOST_CHOICES


def test_from_home_to_the_poster_of_a_region_without_javascript(
    visit: Visit, assert_axe_clean: Callable[[Page], None]
) -> None:
    walk = Walk(visit("/nl/", javascript=False))
    walk.click("link", "Ik help iemand", within="main")
    walk.click("link", "Maak een poster", within="main")
    walk.choose_region("Twente")
    walk.click("button", "Toon de poster")
    expect(walk.page.get_by_role("img", name="Code die de pagina van je regio opent")).to_be_visible()
    expect(walk.page.locator(".poster")).to_contain_text("(0XX) 000 05 01")
    assert walk.choices <= MOST_CHOICES
    walk.page.emulate_media(media="print")
    for hidden in (".header", ".closing", ".footer"):
        expect(walk.page.locator(hidden)).not_to_be_visible()


def test_a_poster_prints_on_one_sheet(visit: Visit) -> None:
    page = visit("/nl/helpen/poster/?regio=AM05", width=1280)
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1


def test_the_menu_of_a_phone_opens_by_keyboard_and_marks_where_one_is(visit: Visit) -> None:
    page = visit("/nl/helpen/")
    page.locator(".menu__summary").focus()
    page.keyboard.press("Enter")
    here = page.locator(".menu [aria-current=page]")
    expect(here).to_have_text("Ik help iemand")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ik zoek werk")


def test_reading_aloud_is_not_offered_without_a_voice(visit: Visit) -> None:
    expect(visit("/nl/helpen/").locator(".read")).not_to_be_visible()


def test_a_page_reads_itself_aloud_in_order_and_pauses(
    chromium: Browser, address: str, assert_axe_clean: Callable[[Page], None]
) -> None:
    context = chromium.new_context(base_url=address, viewport={"width": 390, "height": 800})
    context.add_init_script(VOICE)
    page = context.new_page()
    page.goto("/nl/helpen/")
    assert_axe_clean(page)
    page.evaluate("window.waiting = true")
    page.get_by_role("button", name="Lees voor", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Pauze")).to_be_focused()
    expect(page.locator(".read-now")).to_have_text("Ik help iemand")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lees verder")).to_be_focused()
    page.evaluate("window.waiting = false")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lees voor", exact=True)).to_be_visible()
    said = page.evaluate("window.said")
    assert said[:2] == ["Ik help iemand", "Ik help iemand"]
    assert said.index("Samen in vijf minuten") < said.index("Dit vraag je niet") < said.index("Wat je kunt verwachten")
    assert [text for text in said if text.startswith("Begin bij wat er dichtbij is. Vier cijfers zijn genoeg.")]
    assert not [text for text in said if "English" in text]
    context.close()
