"""What happens to my income: the dates of easy return on the page, and nothing that is not known."""

import pytest
from django.test import Client

from dichterbij.web.support.calculators import calculators

PAGE = "/nl/ondersteuning/inkomen/"


def test_a_contract_from_1_march_shows_1_september_as_sentence_picture_and_list(visitor: Client) -> None:
    answer = visitor.post(PAGE, {"option": "contract", "start": "1-3-2027"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    page = answer.content.decode()
    assert "Je kunt mogelijk makkelijk terug tot 1 september 2027" in page
    assert "<title" in page
    assert "woensdag 1 september 2027" in page
    assert "Je gemeente beslist." in page
    assert answer["Cache-Control"] == "no-store"


def test_with_a_trial_placement_it_counts_from_its_end(visitor: Client) -> None:
    page = visitor.post(
        PAGE, {"option": "trial", "start": "1-3-2027", "trial_end": "30-4-2027"}, follow=True
    ).content.decode()
    assert "tot 30 oktober 2027" in page
    assert "telt vanaf het einde: 30 april 2027" in page


def test_a_month_that_is_too_short_is_said_to_be_our_assumption(visitor: Client) -> None:
    page = visitor.post(PAGE, {"option": "contract", "start": "31-8-2026"}, follow=True).content.decode()
    assert "28 februari 2027" in page
    assert "Dat is onze aanname." in page


@pytest.mark.parametrize("day", ["1 maart 2027", "maandag 1 maart 2027", "1 mrt. 2027", " 1  March 2027", "1-mrt-2027"])
def test_a_day_may_be_written_as_the_page_writes_it(visitor: Client, day: str) -> None:
    page = visitor.post(PAGE, {"option": "contract", "start": day}, follow=True).content.decode()
    assert "tot 1 september 2027" in page


def test_the_dates_are_still_there_when_somebody_comes_back(visitor: Client) -> None:
    visitor.post(PAGE, {"option": "contract", "start": "1-3-2027"})
    page = visitor.get(PAGE).content.decode()
    assert "tot 1 september 2027" in page
    assert 'value="1-3-2027"' in page
    assert "maart" not in visitor.cookies["support"].value


def test_a_half_year_that_is_over_is_said_to_be(visitor: Client) -> None:
    page = visitor.post(PAGE, {"option": "contract", "start": "1-3-2023"}, follow=True).content.decode()
    assert "Het halve jaar is voorbij: het liep tot 1 september 2023" in page
    assert "Je kunt mogelijk makkelijk terug tot" not in page


def test_with_a_contract_the_end_of_a_trial_placement_does_not_matter(visitor: Client) -> None:
    left_over = {"option": "contract", "start": "1-3-2027", "trial_end": "1-1-1900"}
    assert "tot 1 september 2027" in visitor.post(PAGE, left_over, follow=True).content.decode()


@pytest.mark.parametrize("path", ["inkomen/", "voor-mij/", ""])
def test_programs_that_only_look_are_answered(visitor: Client, path: str) -> None:
    assert visitor.head(f"/nl/ondersteuning/{path}").status_code == 200


def test_a_mistake_is_told_at_the_top_and_in_the_title(visitor: Client) -> None:
    page = visitor.post(PAGE, {"option": "contract", "start": "morgen"}).content.decode()
    assert "<title>Kijk hier nog eens naar" in page.replace("\n", "")
    assert page.index("Dat is geen datum") < page.index('id="first"')


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Kies hoe je begint"),
        ({"option": "contract"}, "Vul de dag in"),
        ({"option": "contract", "start": "31-2-2027"}, "Deze dag bestaat niet"),
        ({"option": "contract", "start": "morgen"}, "Dat is geen datum"),
        ({"option": "contract", "start": "1-3-2020"}, "Vul een dag in vanaf 15 juni 2022"),
        ({"option": "contract", "start": "1-3-9999"}, "Vul een dag in vanaf 15 juni 2022"),
        ({"option": "trial", "start": "1-3-2027"}, "Vul in wanneer de proefplaatsing eindigt"),
        ({"option": "trial", "start": "1-3-2027", "trial_end": "1-2-2027"}, "Deze dag ligt voor het begin"),
        ({"option": "trial", "start": "1-3-2027", "trial_end": "1-4-2030"}, "Dat is meer dan een jaar"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(visitor: Client, data: dict[str, str], says: str) -> None:
    answer = visitor.post(PAGE, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert all(value in page for name, value in data.items() if name != "option")


def test_the_desk_of_the_region_in_the_address_is_the_municipality(visitor: Client) -> None:
    assert visitor.get(f"{PAGE}?regio=AM05").context["desk"].name == "Loket werk en inkomen, gemeente Enschede"
    assert visitor.get(PAGE).context["desk"] is None


def test_the_calculator_of_the_menukaart_is_linked_and_says_that_we_did_not_open_it(visitor: Client) -> None:
    page = visitor.get(PAGE).content.decode()
    (only,) = calculators()
    assert f'href="{only.url}"' in page
    assert not only.opened_by_us
    assert "We hebben dit adres niet zelf geopend" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_benefit_has_its_words_and_no_amount(visitor: Client, language: str) -> None:
    page = visitor.get(f"/{language}/ondersteuning/inkomen/")
    assert len(page.context["benefits"]) == 7
    assert "€" not in page.content.decode()
