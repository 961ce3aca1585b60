"""An employer on a phone: works out what there is, applies, begins the next placement, and takes one back."""

import os
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
pytestmark = [
    pytest.mark.long,  # from the calculator to the list of applications, with axe on each page
    pytest.mark.skipif("SITE_URL" in os.environ, reason="adds applications to the demonstration"),
]
SCHEME = "/nl/regelingen/employer_subsidy/"
ANSWERS = {
    "unused_potential": "yes", "interview": "yes", "praktijkleren": "no", "praktijkleren_mbo": "no",
    "own_employee": "no",
}  # fmt: skip


def test_an_employer_calculates_applies_and_finds_it_back(visit: Visit, assert_axe_clean: Check) -> None:
    page = visit("/nl/inloggen/")
    page.get_by_role("button", name="Inloggen als Hotel De Verzonnen Haven (demo)").click()
    page.goto(f"{SCHEME}berekenen/")
    page.get_by_label("Open hiring").check()
    page.get_by_label("Hoeveel personen?").fill("7")
    page.get_by_label("Op welke dag begint het?").fill("1-7-2022")
    for name, answer in ANSWERS.items():
        page.locator(f"[name=met_{name}][value={answer}]").check()
    page.get_by_role("button", name="Reken het uit").click()
    expect(page.get_by_text("Deze regeling betaalt voor hooguit 5 personen")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="Begin met de eerste van 5 aanvragen").click()

    expect(page.get_by_text("Je bent ingelogd als deze organisatie")).to_be_visible()
    expect(page.get_by_label("Open hiring")).to_be_checked()
    expect(page.get_by_label("KVK-nummer", exact=True)).to_have_count(0)
    page.get_by_label("Voor wie vraag je het aan?").fill(f"Sami {uuid4().hex}")
    page.get_by_label("Geboortedag van deze persoon").fill("14-3-1985")
    page.get_by_label("Rekeningnummer (IBAN)").fill("NL91 ABNA 0417 1643 01")
    assert_axe_clean(page)
    page.get_by_role("button", name="Verstuur mijn aanvraag").click()
    expect(page.get_by_role("link", name="Dit is geen rekeningnummer")).to_be_visible()
    page.get_by_label("Rekeningnummer (IBAN)").fill("NL91 ABNA 0417 1643 00")
    page.get_by_role("button", name="Verstuur mijn aanvraag").click()

    expect(page.get_by_text("We hebben je aanvraag").first).to_be_visible()
    assert_axe_clean(page)
    number = page.locator("h1 .sch-number").inner_text()
    page.get_by_role("link", name="Mijn aanvragen").first.click()
    expect(page.get_by_role("link", name=number).first).to_be_visible()
    assert_axe_clean(page)

    page.get_by_role("link", name=number).first.click()
    own = page.url
    page.get_by_role("button", name="Nog een plaatsing voor hetzelfde bedrijf").click()
    expect(page.get_by_text("uit je vorige aanvraag")).to_be_visible()
    page.goto(own)
    page.get_by_role("link", name="Verbeter e-mailadres of rekeningnummer").click()
    assert_axe_clean(page)
    page.get_by_role("link", name="Terug naar mijn aanvraag").click()
    page.get_by_role("link", name="Trek deze aanvraag in").click()
    expect(page.get_by_text("Dit kun je niet terugdraaien")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="Ja, trek").click()
    expect(page.get_by_text("Je hebt deze aanvraag ingetrokken")).to_be_visible()
    assert_axe_clean(page)
