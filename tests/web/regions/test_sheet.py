"""The sheet of a region: four routes, whom to call, and links that all work; on screen and as PDF."""

import io
import re

import pikepdf
import pytest
from django.test import Client
from django.urls import resolve

ROUTES = ("Leren en werken", "Werk op maat (jobcarving)", "Open hiring", "Ontmoeten")


def links(html: str) -> list[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    found = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', main)]
    return list(dict.fromkeys(link.replace("http://localhost", "") for link in found))


def test_every_sheet_has_four_routes_each_with_two_desks_and_links_that_lead_somewhere(
    visitor: Client, code: str
) -> None:
    answer = visitor.get(f"/nl/regio/{code}/praatplaat/")
    assert answer.status_code == 200
    shown = answer.content.decode()
    planks = shown.split('class="planks__plank"')[1:]
    assert len(planks) == 4
    for plank, route in zip(planks, ROUTES, strict=True):
        assert route in plank
        assert len(re.findall(r"\(0XX\) 000", plank.partition("</li>")[0])) == 2
    addresses = links(shown)
    assert {f"/nl/regio/{code}/", f"/nl/regio/{code}/praatplaat.pdf"} <= set(addresses)
    assert all(resolve(link.partition("?")[0]) for link in addresses)
    routes = [link for link in addresses if link.startswith("/nl/routes/")]
    assert len(routes) == 4
    for link in (f"/nl/regio/{code}/", routes[int(code[2:]) % 4]):
        assert visitor.get(link).status_code == 200, link


def test_every_link_of_a_region_page_has_a_page(visitor: Client, code: str) -> None:
    shown = visitor.get(f"/nl/regio/{code}/").content.decode()
    ids = set(re.findall(r' id="([^"]+)"', shown))
    for link in links(shown):
        if link.startswith("#"):
            assert link[1:] in ids, link
        elif link.startswith("/"):
            assert resolve(link.partition("?")[0].partition("#")[0])


def test_links_of_one_region_page_all_answer(visitor: Client) -> None:
    for link in links(visitor.get("/nl/regio/AM05/").content.decode()):
        if link.startswith("/"):
            assert visitor.get(link).status_code == 200, link


def test_the_code_to_point_a_phone_at_stands_beside_the_address_in_letters(visitor: Client) -> None:
    shown = visitor.get("/en/regio/AM05/praatplaat/").content.decode()
    assert 'aria-label="QR code: the page of this region"' in shown
    assert "http://localhost/en/regio/AM05/" in shown


@pytest.mark.parametrize(("code", "language"), [("AM37", "nl"), ("AM18", "nl"), ("AM22", "en")])
def test_the_pdf_is_one_tagged_page_with_language_title_and_links(visitor: Client, code: str, language: str) -> None:
    answer = visitor.get(f"/{language}/regio/{code}/praatplaat.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == language
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert re.match(
                r"(Praatplaat van|Sheet of) .+: (vier routes naar werk|four routes to work)", told["dc:title"]
            )
        found = [str(note.A.URI) for note in pdf.pages[0].Annots if "/A" in note]
    assert f"http://testserver/{language}/regio/{code}/".replace("testserver", "localhost") in found


def test_an_unknown_region_has_no_sheet(visitor: Client) -> None:
    assert visitor.get("/nl/regio/AM04/praatplaat/").status_code == 404
    assert visitor.get("/nl/regio/AM04/praatplaat.pdf").status_code == 404
