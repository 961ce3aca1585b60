"""From the map to a region, its desks and its sheet: by keyboard, on a phone, without JavaScript, and on paper."""

import io
import re
from collections.abc import Callable

import pikepdf
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_somebody_finds_a_region_by_postcode_and_prints_its_sheet(visit: Visit) -> None:
    page = visit("/nl/regio/", javascript=False)
    page.get_by_label("Postcode, plaats, gemeente of regio").fill("Bergen")
    page.get_by_role("button", name="Toon de regio").click()
    expect(page.get_by_role("heading", name="Kies je plaats")).to_be_visible()
    page.get_by_label("Postcode, plaats, gemeente of regio").fill("7511")
    page.get_by_role("button", name="Toon de regio").click()
    expect(page).to_have_url(re.compile(r"/nl/regio/AM05/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Twente")
    expect(page.get_by_text("Je zoekt werk", exact=True)).to_be_visible()
    page.get_by_role("navigation", name="Op deze pagina").get_by_role("link", name="Praatplaat").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(6)


def test_from_home_it_is_two_clicks_to_the_desks_of_any_region(visit: Visit) -> None:
    page = visit("/nl/")
    page.get_by_role("contentinfo").get_by_role("link", name="Alle regio's").click()
    page.get_by_role("table").get_by_role("link", name="Drenthe", exact=True).click()
    for name in ("Regionaal Mobiliteitsteam (RMT) Drenthe", "Werkgeversservicepunt (WSP) Drenthe"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_the_map_is_walked_by_keyboard_and_says_where_one_is(visit: Visit) -> None:
    page = visit("/nl/regio/", width=1280)
    links = page.locator(".country__link")
    expect(links).to_have_count(35)
    links.first.focus()
    expect(page.get_by_role("link", name="Achterhoek").first).to_be_focused()
    expect(links.first.locator("text")).to_be_visible()
    page.keyboard.press("Tab")
    expect(links.nth(1)).to_be_focused()
    expect(links.first.locator("text")).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Amersfoort")


def test_the_sheet_fits_on_one_page_of_paper(visit: Visit) -> None:
    for code in ("AM05", "AM37"):
        page = visit(f"/nl/regio/{code}/praatplaat/", width=1280)
        with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as printed:
            assert len(printed.pages) == 1


def test_bars_are_read_as_a_table(visit: Visit) -> None:
    page = visit("/en/regio/AM05/")
    table = page.get_by_role("table", name="The one thing in between")
    first = table.get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_text("a trade that still has to be learned")
    expect(first.get_by_role("cell").first).to_have_text(re.compile(r"^\d+$"))
