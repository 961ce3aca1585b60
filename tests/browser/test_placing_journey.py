"""An employer on a phone, without JavaScript: from a job title to a reference, and what dropping a demand brings."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
NARROWEST = 320
WORDS = {
    "nl": {
        "title": "keukenhulp",
        "go_on": "Ga verder",
        "proposal": "Toon het voorstel",
        "check": "Kijk het bericht na",
        "send": re.compile("Stuur naar Werkgeversservicepunt"),
        "change": re.compile("Aanpassen.*Hoeveel"),
        "sent": re.compile("Je bericht ligt bij WSP"),
        "until": "Antwoord uiterlijk",
        "withdraw": "Trek het bericht in",
        "sure": "Ja, trek het in",
        "gone": "Je bericht is ingetrokken",
        "count": "Tel de mensen",
        "instead": re.compile(r"\d+ in plaats van \d+"),
    },
    "en": {
        "title": "kitchen help",
        "go_on": "Continue",
        "proposal": "Show the proposal",
        "check": "Check the message",
        "send": re.compile("Send to Employers"),
        "change": re.compile("Change.*How many"),
        "sent": re.compile("Your message is with WSP"),
        "until": "Answer by",
        "withdraw": "Withdraw the message",
        "sure": "Yes, withdraw it",
        "gone": "Your message is withdrawn",
        "count": "Count the people",
        "instead": re.compile(r"\d+ instead of \d+"),
    },
}


def _look(page: Page, check: Check | None) -> None:
    """One h1, nothing wider than the narrowest phone and, with JavaScript, nothing for axe in light and dark."""
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, page.url
    page.set_viewport_size({"width": 390, "height": 800})
    if check:
        check(page)
        page.emulate_media(color_scheme="dark")
        check(page, rules=["color-contrast"])
        page.emulate_media(color_scheme="light")


@pytest.mark.long
@pytest.mark.parametrize(("language", "javascript"), [("nl", False), ("en", True)])
def test_an_employer_places_an_opening_and_takes_it_back(
    visit: Visit, assert_axe_clean: Check, language: str, javascript: bool
) -> None:
    words, check = WORDS[language], assert_axe_clean if javascript else None
    page = visit(f"/{language}/mensen/plaatsen/", javascript=javascript)
    page.set_default_timeout(60_000)  # the first title after a start waits for the list of occupations
    page.locator("#id_title").fill(words["title"])
    page.get_by_role("button", name=words["go_on"], exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value(words["title"])
    page.locator("#id_where").fill("Alkmaar")
    page.get_by_role("button", name=words["go_on"], exact=True).click()

    expect(page).to_have_url(re.compile("/beroep/$"))
    _look(page, check)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name=words["proposal"]).click()

    expect(page).to_have_url(re.compile("/werk/$"))
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    page.locator("input[name=tasks]").first.check()
    page.locator("input[name=needed]").nth(1).check()
    page.locator("input[name=demands][value=lifting]").check()
    page.locator("input[name=dutch][value='3']").check()
    _look(page, check)
    page.get_by_role("button", name=words["go_on"], exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("input[name=demands][value=lifting]")).to_be_checked()
    page.locator("input[name=dayparts][value=weekday]").check()
    page.get_by_role("button", name=words["go_on"], exact=True).click()

    expect(page).to_have_url(re.compile("/contact/$"))
    _look(page, check)
    page.locator("#id_firm").fill("Eetcafé De Verzonnen Lepel")
    page.locator("#id_person").fill("Ans Verzonnen")
    page.locator("#id_phone").fill("06 12345678")
    page.get_by_role("button", name=words["check"]).click()

    expect(page).to_have_url(re.compile("/controle/$"))
    page.get_by_role("link", name=words["change"]).click()
    page.locator("#id_people").fill("3")
    page.get_by_role("button", name=words["go_on"], exact=True).click()
    expect(page.get_by_text("Ans Verzonnen")).to_be_visible()
    _look(page, check)
    page.get_by_role("button", name=words["send"]).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(words["sent"])
    expect(page.locator(".placing-reference strong")).to_have_text(re.compile(r"^DB-[0-9A-Z]{4}-[0-9A-Z]{2}$"))
    expect(page.locator(".placing-state")).to_contain_text(words["until"])
    _look(page, check)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["sent"])
    page.locator("summary", has_text=words["withdraw"]).click()
    page.get_by_role("button", name=words["sure"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["gone"])
    expect(page.get_by_text("Ans Verzonnen")).to_have_count(0)


def test_dropping_a_demand_brings_people_within_reach(visit: Visit, assert_axe_clean: Check) -> None:
    page = visit("/nl/mensen/bereik/")
    page.locator("#id_title").fill("vrachtwagenchauffeur")
    page.locator("#id_where").fill("Enschede")
    page.locator("summary").filter(has_text="ertificaten").click()
    for code in ("CE", "code95"):
        page.locator(f"input[name=licences][value={code}]").check()
    page.get_by_role("button", name=WORDS["nl"]["count"]).click()
    page.wait_for_selector(".placing-table", timeout=90_000)  # the first counting after a start makes the people
    expect(page.locator(".placing-best").first).to_have_text(WORDS["nl"]["instead"])
    numbers = page.locator(".placing-number").all_text_contents()
    assert all(text.strip() == "minder dan 5" or int(text.replace(".", "")) % 5 == 0 for text in numbers)
    assert page.locator(".placing-bar rect.placing-bar__part").count() == len(numbers)
    _look(page, assert_axe_clean)
