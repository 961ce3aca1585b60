"""Every page of scheme officers, with something on it: clean for axe, wide and on a phone, light and dark."""

import os
from base64 import b64decode
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from dichterbij.domains.schemes.rules.procedure.payments import invented_account
from support import sweep

Visit = Callable[..., Page]
Check = Callable[..., None]
pytestmark = [
    pytest.mark.long,  # some twenty pages, each looked at four times
    pytest.mark.skipif("SITE_URL" in os.environ, reason="adds applications to the demonstration"),
]
WORK = "/nl/regelingen/werk/"
ASKED = "/api/v1/regelingen/employer_subsidy/aanvragen"
NAME = "Kwekerij Verzonnen"
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def officer(visit: Visit, name: str) -> Page:
    """Somebody invented, on the work list."""
    page = visit("/nl/inloggen/", width=1280)
    page.get_by_role("button", name=f"Inloggen als {name} Verzonnen (demo)").click()
    return page


def apply(page: Page, employer: str, number: str) -> None:
    """An application, as a program sends it."""
    facts = {
        "applicant": "employer", "employer": f"kvk:{number}", "category": "open_hiring",
        "person": {"naam": "Sami Verzonnen", "geboortedatum": "1985-03-14"},
        "met": ["interview", "unused_potential"], "start": "2022-05-01",
    }  # fmt: skip
    given = {"aanvrager": f"{number} {employer}", "feiten": facts}
    answer = page.request.post(ASKED, data=given, headers={"Idempotency-Key": str(uuid4())})
    assert answer.ok, answer.text()


def looked_at(page: Page, check: Check, path: str = "") -> None:
    """The page as it is, with everything open: wide, on a phone, and in the dark."""
    if path:
        page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    check(page)
    page.emulate_media(color_scheme="dark")
    check(page, rules=sweep.COLOUR_RULES)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(sweep.TOO_WIDE) == [], page.url
    check(page, rules=sweep.COLOUR_RULES)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    check(page, rules=sweep.COLOUR_RULES)


def gives_an_account(page: Page) -> None:
    """To the first case with something to pay, so that a file can be made."""
    page.goto(f"{WORK}?lijst=to_pay")
    page.locator("#list th a").first.click()
    page.get_by_text("Ander rekeningnummer", exact=True).click()
    page.get_by_label("Rekeningnummer (IBAN)").fill(invented_account("INVT", 7))
    page.get_by_label("Hoe weet je dit? Bijvoorbeeld: brief van 3 juni.").fill("Gebeld op een nummer dat we kenden.")
    page.get_by_role("button", name="Verander het rekeningnummer").click()


def reaches_the_list(page: Page) -> None:
    """With the keyboard alone: past the site, past the tools, at the first case."""
    page.goto(f"{WORK}?lijst=ended")
    for skip in ("#main", "#list"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == skip
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "/werk/zaak/" in page.evaluate("document.activeElement.href")


def test_every_page_of_officers_is_clean(visit: Visit, assert_axe_clean: Check) -> None:
    oscar, olga, otto = (officer(visit, name) for name in ("Oscar", "Olga", "Otto"))
    apply(oscar, NAME, "12345678")
    apply(oscar, f"{NAME} BV", "87654321")
    oscar.goto(WORK)
    oscar.get_by_role("button", name="Haal nieuwe aanvragen op").click()
    for tab in ("to_assess", "to_approve", "warned", "incomplete", "ended", "tasks"):
        looked_at(oscar, assert_axe_clean, f"{WORK}?lijst={tab}")

    oscar.goto(f"{WORK}controles/")
    oscar.get_by_role("button", name="Doe de controles nu").click()
    looked_at(oscar, assert_axe_clean)
    oscar.get_by_label("Getal of woorden om mee te loten").fill("22 november")
    oscar.get_by_role("button", name="Trek de steekproef").click()
    looked_at(oscar, assert_axe_clean)
    gives_an_account(otto)
    looked_at(oscar, assert_axe_clean, f"{WORK}betalen/")
    oscar.get_by_role("button", name="Maak het betaalbestand").first.click()
    looked_at(oscar, assert_axe_clean)
    expect(olga.get_by_role("heading", level=1)).to_be_visible()
    looked_at(olga, assert_axe_clean, oscar.url)
    expect(olga.get_by_role("button", name="Geef het bestand vrij")).to_be_visible()
    looked_at(oscar, assert_axe_clean, f"{WORK}punten/")
    reaches_the_list(oscar)

    oscar.goto(f"{WORK}?lijst=flagged")
    oscar.get_by_role("link", name=NAME, exact=True).first.click()
    case = oscar.url
    oscar.get_by_text("Voeg een document toe", exact=True).click()
    oscar.get_by_label("Het document").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": DOT})
    oscar.get_by_role("button", name="Voeg het document toe").click()
    expect(oscar.get_by_text("Het document is toegevoegd.")).to_be_visible()
    looked_at(oscar, assert_axe_clean)
    oscar.goto(case)
    oscar.get_by_text("Stel een besluit voor", exact=True).click()
    oscar.get_by_label("Wat stel je voor?").select_option(label="Afwijzen")
    oscar.get_by_label("Waarom? Het staat in de brief.").fill("Er is geen plek.")
    oscar.get_by_role("button", name="Stel voor", exact=True).click()
    looked_at(oscar, assert_axe_clean)
    looked_at(olga, assert_axe_clean, case)
    olga.get_by_role("button", name="Keur goed").click()

    otto.goto(f"{case}bezwaar/")
    otto.get_by_label("Wat schrijft de aanvrager?").fill("Er was nog wel plek.")
    otto.get_by_role("button", name="Neem dit bezwaar aan").click()
    looked_at(otto, assert_axe_clean)
    looked_at(olga, assert_axe_clean, f"{case}bezwaar/")
    looked_at(otto, assert_axe_clean, f"{case}steun/")
    otto.get_by_role("button", name="Schrijf deze steun op").click()
    looked_at(otto, assert_axe_clean)
    looked_at(otto, assert_axe_clean, f"{WORK}?lijst=objections")
