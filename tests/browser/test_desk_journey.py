"""From home to a desk with a name: on a phone, in both languages, with and without JavaScript, and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
WORDS = {
    "nl": {"menu": "Vind je loket", "go": "Ga verder", "who": "Ik zoek werk", "topic": "Werk vinden",
           "show": "Toon mijn loket", "desk": "Regionaal Mobiliteitsteam (RMT) Groningen",
           "where": "Waar woon je, of waar is je bedrijf?", "work": "Werk je ergens anders"},
    "en": {"menu": "Find your desk", "go": "Continue", "who": "I am looking for work", "topic": "Finding work",
           "show": "Show my desk", "desk": "Regional mobility team (RMT) Groningen",
           "where": "Where do you live, or where is your business?", "work": "Do you work, or want to work"},
}  # fmt: skip


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_three_answers_lead_from_home_to_a_named_desk(visit: Visit, language: str, javascript: bool) -> None:
    words = WORDS[language]
    page = visit(f"/{language}/", javascript=javascript)
    page.get_by_role("navigation").get_by_role("link", name=words["menu"]).click()
    page.get_by_label(words["where"]).fill("9711 AB")
    page.get_by_role("button", name=words["go"]).click()
    page.get_by_label(words["who"], exact=True).check()
    page.get_by_role("button", name=words["go"]).click()
    page.get_by_label(words["topic"], exact=True).check()
    page.get_by_role("button", name=words["show"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["desk"])
    expect(page.locator("main")).to_contain_text("(0XX) 000 01 01")
    assert page.url.endswith(f"/{language}/loket/AM01/job_seeker/work/")
    assert "9711" not in page.url


def test_the_answer_can_be_kept_and_opened_by_somebody_else(visit: Visit) -> None:
    page = visit("/nl/loket/AM22/employer/open_hiring/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rijnmond")


def test_an_invented_number_cannot_be_dialled(visit: Visit) -> None:
    page = visit("/nl/loket/AM01/job_seeker/work/")
    assert page.locator("a[href^='tel:'], a[href^='mailto:']").count() == 0
    expect(page.get_by_text("nummer verzonnen").first).to_be_visible()


def test_living_and_working_in_different_regions_shows_both_desks(visit: Visit) -> None:
    page = visit("/nl/loket/")
    page.get_by_label(WORDS["nl"]["where"]).fill("Assen")
    page.get_by_label(WORDS["nl"]["work"]).fill("3011")
    page.get_by_role("button", name="Ga verder").click()
    assert "?werk=AM22" in page.url
    page.get_by_label("Ik zoek werk", exact=True).check()
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Werk vinden", exact=True).check()
    page.get_by_role("button", name="Toon mijn loket").click()
    expect(page.get_by_role("heading", name="Waar je werkt: regio Rijnmond")).to_be_visible()


def test_a_name_of_several_places_is_asked_back_and_one_click_chooses(visit: Visit) -> None:
    page = visit("/nl/loket/", javascript=False)
    page.get_by_label(WORDS["nl"]["where"]).fill("Beek")
    page.get_by_label(WORDS["nl"]["work"]).fill("Groningen")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("button", name="regio Achterhoek").click()
    assert page.url.endswith("/?werk=AM01")
    expect(page.get_by_text("Regio Achterhoek, en werk in regio Groningen")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1234 ZZ", "We vinden postcode 1234 ZZ niet. Klopt hij? Je kunt ook je woonplaats invullen."),
        ("", "Vul je postcode of woonplaats in."),
        ("   ", "Vul je postcode of woonplaats in."),
        ("12345", "“12345” is geen postcode."),
        ("🚲🏠", "We vinden “🚲🏠” niet."),
        ("<script>alert(1)</script>", "is geen postcode"),
        ("qwrtpsdfg", "We vinden “qwrtpsdfg” niet."),
        ("x" * 100_000, "Dat is te lang."),
    ],
)
def test_what_cannot_be_used_is_answered_with_what_to_do(visit: Visit, typed: str, says: str) -> None:
    page = visit("/nl/loket/")
    page.get_by_label(WORDS["nl"]["where"]).fill(typed)
    page.get_by_role("button", name="Ga verder").click()
    field = page.get_by_label(WORDS["nl"]["where"])
    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.locator("#id_where-error")).to_contain_text(says)
    assert field.get_attribute("aria-invalid") == "true"
    assert "id_where-error" in (field.get_attribute("aria-describedby") or "")


def test_a_misspelt_place_brings_suggestions(visit: Visit, assert_axe_clean: Callable[[Page], None]) -> None:
    page = visit("/nl/loket/")
    page.get_by_label(WORDS["nl"]["where"]).fill("Amersfort")
    page.get_by_role("button", name="Ga verder").click()
    assert_axe_clean(page)
    page.get_by_role("button", name="Amersfoort regio Amersfoort").click()
    assert page.url.endswith("/nl/loket/AM14/")


def test_a_question_left_open_says_what_to_choose(visit: Visit, assert_axe_clean: Callable[[Page], None]) -> None:
    page = visit("/nl/loket/AM01/")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een van de antwoorden.")
    assert_axe_clean(page)


def test_the_whole_way_goes_by_keyboard(visit: Visit) -> None:
    page = visit("/nl/loket/", width=1280)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ga naar de inhoud")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "where")
    page.keyboard.type("9711")
    page.keyboard.press("Enter")
    _tab_to(page, "input[name=who]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    _tab_to(page, "input[name=topic]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leerwerkloket")


def test_the_closing_form_of_every_page_starts_the_journey(visit: Visit) -> None:
    page = visit("/nl/privacy/")
    page.get_by_label("Je postcode of woonplaats").fill("Utrecht")
    page.get_by_role("button", name="Toon mijn loket").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie ben je?")


def test_the_list_of_regions_finds_a_region_by_a_place_in_it(visit: Visit) -> None:
    page = visit("/nl/loket/regios/")
    expect(page.get_by_role("row")).to_have_count(36)
    page.get_by_label("Naam van een regio, plaats of gemeente").fill("Stadskanaal")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("link", name="Groningen", exact=True)).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_who_came_in_by_the_door_for_employers_is_not_asked_who_they_are(visit: Visit) -> None:
    page = visit("/nl/", javascript=False)
    page.get_by_role("link", name="Vind het loket voor werkgevers").click()
    page.get_by_label(WORDS["nl"]["where"]).fill("Goes")
    page.get_by_role("button", name="Ga verder").click()
    assert "/nl/loket/AM24/employer/" in page.url
    expect(page.get_by_label("Mensen vinden", exact=True)).to_be_visible()


def test_a_place_that_is_there_twice_is_asked_about(visit: Visit) -> None:
    page = visit("/nl/loket/", javascript=False)
    page.get_by_label(WORDS["nl"]["where"]).fill("Bergen")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("button", name="regio Noord-Holland Noord")).to_be_visible()
    page.get_by_role("button", name="regio Noord-Limburg").click()
    assert page.url.endswith("/nl/loket/AM29/")


def test_the_desk_where_somebody_works_is_one_click_away(visit: Visit) -> None:
    page = visit("/nl/loket/AM08/worker/work/?werk=AM07", javascript=False)
    page.get_by_role("link", name="Waar je werkt: regio Midden-Gelderland").click()
    expect(page.locator("#group-2")).to_be_in_viewport()


def test_a_desk_in_english_holds_no_dutch_marks(visit: Visit) -> None:
    page = visit("/en/loket/AM05/alle/")
    expect(page.locator("main")).not_to_contain_text("verzonnen")
    expect(page.locator("main")).not_to_contain_text("2022")
