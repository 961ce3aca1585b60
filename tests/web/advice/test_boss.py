"""One page for a boss: as a page, and as one A4 that a screen reader can read."""

import io

import pikepdf
import pytest
from django.test import Client

from dichterbij.web.content.pages import page

BOSS, PDF = "/{}/mensen/voor-mijn-baas/", "/{}/mensen/voor-mijn-baas/pdf/"
ANSWERS = {
    "work": "mixed", "first_day": "months", "interview": "no", "guide": "daily", "company": "yes",
    "people": "few", "soon": "later", "size": "small",
}  # fmt: skip


def made(visitor: Client, language: str, **query: str) -> pikepdf.Pdf:
    answer = visitor.get(PDF.format(language), query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("query", [{}, {"regio": "AM05"}, {**ANSWERS, "regio": "AM05"}], ids=["bare", "region", "own"])
def test_the_pdf_is_one_tagged_a4_with_language_and_title(
    visitor: Client, language: str, query: dict[str, str]
) -> None:
    pdf = made(visitor, language, **query)
    assert len(pdf.pages) == 1
    assert [round(float(side)) for side in pdf.pages[0].MediaBox] == [0, 0, 595, 842]
    assert str(pdf.Root.Lang) == language
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == page("advice", "boss", language).title


def structure(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every element of the structure tree."""
    found, todo = [], [pdf.Root.StructTreeRoot]
    while todo:
        element = todo.pop()
        found.append(element)
        children = element.get("/K", [])
        children = list(children) if isinstance(children, pikepdf.Array) else [children]
        todo += [child for child in children if isinstance(child, pikepdf.Dictionary)]
    return found


def test_the_pdf_has_headings_lists_and_an_alternative_for_its_picture(visitor: Client) -> None:
    pdf = made(visitor, "nl", **ANSWERS, regio="AM05")
    elements = structure(pdf)
    roles = [str(element.get("/S", "")) for element in elements]
    assert roles.count("/H1") == 1
    assert roles.count("/H2") >= 7
    assert {"/L", "/LI", "/Figure"} <= set(roles)
    figures = [element for element in elements if str(element.get("/S", "")) == "/Figure"]
    assert all("QR-code" in str(figure.Alt) for figure in figures)


def test_the_pdf_uses_our_own_type(visitor: Client) -> None:
    pdf = made(visitor, "nl")
    fonts = pdf.pages[0].Resources.Font
    assert {str(font.BaseFont).split("+")[1] for font in fonts.values()} <= {"FiraSans-Regular", "FiraSans-SemiBold"}


def test_the_page_says_what_the_pdf_says(visitor: Client) -> None:
    told = visitor.get(BOSS.format("nl"), {**ANSWERS, "regio": "AM05"}).content.decode()
    for text in ("Voor onze vacature: Leren en werken", "(0XX) 000 05 02", "30 tot 77 uur", "Eerste stap", "CBS"):
        assert text in told
    assert "/nl/mensen/voor-mijn-baas/pdf/?work=mixed" in told


def test_without_answers_it_asks_for_them_and_names_the_national_team(visitor: Client) -> None:
    told = visitor.get(BOSS.format("nl")).content.decode()
    assert "Zet je eigen advies erop" in told
    assert "Voor onze vacature" not in told
    assert "(0XX) 000 00 10" in told


def test_what_is_given_cannot_get_into_the_pdf(visitor: Client) -> None:
    pdf = made(visitor, "nl", work='mixed"]#panic()', regio="#1")
    assert len(pdf.pages) == 1


def test_the_file_says_what_it_is_and_for_which_region(visitor: Client) -> None:
    name = visitor.get("/nl/mensen/voor-mijn-baas/pdf/?regio=AM05").headers["Content-Disposition"]
    assert name == 'inline; filename="een-pagina-voor-mijn-baas-regio-am05.pdf"'
