"""An employer on a phone: from a few questions to a route and a desk, a text checked, and a page for the boss."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
ANSWERS = (
    "Vakwerk, met ook eenvoudige taken erbij",
    "Iets wat maanden kost om te leren",
    "Nee, ik wil iemand eerst ontmoeten",
)


@pytest.mark.parametrize("javascript", [True, pytest.param(False, marks=pytest.mark.long)])
def test_six_pages_of_questions_lead_to_a_route_and_a_phone_number(
    visit: Visit, assert_axe_clean: Check, javascript: bool
) -> None:
    page = visit("/nl/mensen/route/", javascript=javascript)
    for answer in (*ANSWERS, "Iemand kan er elke dag tijd voor maken", "Ja"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("group", name="Hoeveel mensen zoek je?").get_by_label("Eén", exact=True).check()
    page.get_by_role("button", name="Toon mijn advies").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin met: Leren en werken")
    page.get_by_label("Postcode of plaats van je bedrijf").fill("7511 AB")
    page.get_by_role("button", name="Toon wie ik bel").click()
    expect(page.get_by_role("complementary")).to_contain_text("(0XX) 000 05 02")
    assert "regio=AM05" in page.url
    assert "7511" not in page.url
    if javascript:
        assert_axe_clean(page)


def test_an_answer_can_be_changed_and_the_advice_follows(visit: Visit) -> None:
    page = visit("/nl/mensen/route/advies/?work=practical&interview=yes&first_day=nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin met: Open hiring")
    page.get_by_role("link", name="Wijzig Zonder gesprek aannemen").click()
    assert page.get_by_label("Ja, wie wil werken is welkom").is_checked()
    page.get_by_label("Nee, ik wil iemand eerst ontmoeten").check()
    page.get_by_role("button", name="Toon het advies nu al").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin met: Ontmoeten")
    page.emulate_media(media="print")
    expect(page.get_by_text("Afgesproken met de adviseur")).to_be_visible()


def test_a_text_is_checked_copied_and_checked_again(visit: Visit, assert_axe_clean: Check) -> None:
    page = visit("/nl/mensen/tekst/")
    page.get_by_role("link", name="Probeer het met een voorbeeld").click()
    page.get_by_role("button", name="Controleer mijn tekst").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("kunnen mensen weghouden")
    assert_axe_clean(page)
    page.emulate_media(color_scheme="dark")
    assert_axe_clean(page, rules=["color-contrast"])
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer de tekst").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    assert "Zet je naam op de lijst" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_label("Je vacaturetekst").fill("Je vult de vakken. We leren je alles.")
    page.get_by_role("button", name="Controleer mijn tekst").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We vonden geen onnodige eisen")


def test_without_javascript_the_version_can_be_downloaded(visit: Visit) -> None:
    page = visit("/nl/mensen/tekst/?voorbeeld=1", javascript=False)
    page.get_by_role("button", name="Controleer mijn tekst").click()
    assert not page.get_by_role("button", name="Kopieer de tekst").is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download de tekst").click()
    assert download.value.suggested_filename == "open-hiring.txt"
