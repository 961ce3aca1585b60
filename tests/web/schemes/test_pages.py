"""The pages of schemes: what there is, what one would get and why, and the files behind it."""

import csv
import io
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from dichterbij.domains.schemes.rules import files

SUBSIDY = "/nl/regelingen/employer_subsidy/"
CALCULATOR = f"{SUBSIDY}berekenen/"
GOOD = {
    "category": "open_hiring",
    "quantity": "3",
    "start": "1-7-2022",
    "met_unused_potential": "yes",
    "met_interview": "yes",
    "met_praktijkleren": "no",
    "met_praktijkleren_mbo": "no",
    "met_own_employee": "no",
}


def text_of(response: HttpResponse) -> str:
    words = " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
    return words.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_every_scheme_is_in_the_list_with_its_state(client: Client) -> None:
    page = text_of(client.get("/nl/regelingen/"))
    assert "Werkgeverssubsidie" in page
    assert "Gaat niet door" in page


def test_the_list_can_be_narrowed_to_one_kind_of_applicant(client: Client) -> None:
    assert "Werkgeverssubsidie" in text_of(client.get("/nl/regelingen/?voor=employer"))
    assert "Werkgeverssubsidie" not in text_of(client.get("/nl/regelingen/?voor=school"))
    assert client.get("/nl/regelingen/?voor=nobody").status_code == 200


@pytest.mark.parametrize("slug", files.slugs())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_scheme_has_a_page_and_says_what_is_an_assumption(client: Client, slug: str, language: str) -> None:
    page = client.get(f"/{language}/regelingen/{slug}/")
    assert page.status_code == 200
    assert "{" not in text_of(page)


def test_what_is_only_asked_stands_under_nothing_that_refuses(client: Client) -> None:
    page = text_of(client.get("/nl/regelingen/jobs_agreement_impulse/"))
    assert "Een professional oordeelt" in page
    assert "Het is een uitzonderingsgeval" not in page.partition("Dan krijg je niets")[2]


def test_a_scheme_that_is_not_there_is_not_found(client: Client) -> None:
    for path in ("nothing/", "nothing/berekenen/", "nothing/2022-05-13.yaml", "employer_subsidy/2022-01-01.yaml"):
        assert client.get(f"/nl/regelingen/{path}").status_code == 404


def test_the_subsidy_of_three_placements_is_4500_euros_with_its_reasons(client: Client) -> None:
    page = text_of(client.post(CALCULATOR, GOOD))
    assert "Je zou krijgen: € 4.500" in page
    assert "De kandidaat stond aan de kant" in page
    assert "Niets, of" not in page


def test_a_sum_that_stops_at_five_says_so_with_the_reason_and_its_document(client: Client) -> None:
    told = text_of(client.post(CALCULATOR, GOOD | {"quantity": "7"}))
    assert "Je zou krijgen: € 7.500" in told
    stops = "Je vulde 7 in. Deze regeling betaalt voor hooguit 5 personen: 5 keer € 1.500. Brief van SZW"
    assert stops in told
    assert "dat zijn 5 aanvragen van € 1.500" in told
    told = text_of(client.post(CALCULATOR, GOOD | {"quantity": "5"}))
    assert "Deze regeling betaalt voor hooguit" not in told
    assert "dat zijn" not in text_of(client.post(CALCULATOR, GOOD | {"quantity": "1"}))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", ["Open hiring", "Werk op maat (jobcarving)", "Leren en werken", "Ontmoeten"]),
        ("en", ["Open hiring", "A job made to fit (job carving)", "Learning and working", "Meeting"]),
    ],
)
def test_the_routes_are_called_as_their_pages_are_and_lead_there(
    client: Client, language: str, names: list[str]
) -> None:
    page, form = (client.get(f"/{language}/regelingen/employer_subsidy/{part}") for part in ("", "berekenen/"))
    assert not [name for name in names if name not in text_of(page) or name not in text_of(form)]
    assert page.content.decode().count(f'href="/{language}/routes/') >= 4
    assert "Innovatieve manieren van matching" not in text_of(form)


def test_a_condition_that_is_not_plain_is_explained_on_the_page_and_beside_the_question(client: Client) -> None:
    for path in (SUBSIDY, CALCULATOR):
        assert "Dat is geld van het Rijk voor bedrijven die een leerling begeleiden" in text_of(client.get(path))


@pytest.mark.parametrize("slug", files.slugs())
def test_the_legal_ground_is_in_the_language_of_the_page(client: Client, slug: str) -> None:
    told = {language: text_of(client.get(f"/{language}/regelingen/{slug}/")) for language in ("nl", "en")}
    assert not [word for word in ("names no", "is named", "None:", "not published", " and ") if word in told["nl"]]
    assert "Legal ground" in told["en"]


def test_in_an_exercise_the_days_of_then_are_told_as_such(client: Client) -> None:
    told = text_of(client.get(SUBSIDY))
    assert (
        "Wat begint van 1 april 2022 tot en met 31 december 2022, telt. In de oefening doe je alsof het 2022 is."
        in told
    )
    later = text_of(client.post(CALCULATOR, GOOD | {"start": "1-12-2026"}))
    assert "Het begint later dan de laatste dag die telt. Wat begint van 1 april 2022" in later


def test_the_list_folds_what_one_cannot_ask_and_finds_words_without_a_script(client: Client) -> None:
    page = client.get("/nl/regelingen/").content.decode()
    assert "/aanvragen/" not in page, "nothing is open here, so nothing can be asked"
    assert page.count('<details class="sch-group">') == page.count("sch-group") > 1
    for asked, count in (("scholing ww", "1"), ("WERKGEVERSSUBSIDIE", "2"), ("bestaat niet", "0")):
        found = client.get("/nl/regelingen/", {"zoek": asked})
        assert f"{count} regeling" in text_of(found)
        assert found.content.decode().count('sch-group" open') == found.content.decode().count("sch-group")
    assert "We vonden er geen" in text_of(client.get("/nl/regelingen/?zoek=bestaat+niet"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"met_interview": "no"}, "Je wilt geen interview geven"),
        ({"met_praktijkleren": "yes"}, "krijg je al subsidie praktijkleren"),
        ({"start": "31-12-2021"}, "Het begint eerder dan de eerste dag die telt. Wat begint van 1 april 2022"),
        ({"quantity": "0"}, "Je vraagt niets aan"),
    ],
)
def test_a_no_says_which_rule_it_was(client: Client, change: dict[str, str], reason: str) -> None:
    page = text_of(client.post(CALCULATOR, GOOD | change))
    assert "Je zou niets krijgen" in page
    assert reason in page


def test_what_was_typed_stays_when_something_is_wrong(client: Client) -> None:
    page = client.post(CALCULATOR, GOOD | {"start": "30-2-2022", "quantity": "drie"})
    assert page.status_code == 422
    assert 'value="30-2-2022"' in page.content.decode()
    assert "Vul een heel getal in" in text_of(page)


def test_an_answer_is_kept_by_nobody(client: Client) -> None:
    assert client.post(CALCULATOR, GOOD)["Cache-Control"] == "no-store"


def test_the_list_opens_in_a_spreadsheet_and_in_a_program(client: Client) -> None:
    rows = list(
        csv.reader(io.StringIO(client.get("/nl/regelingen/regelingen.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    found = {row["scheme"]: row for row in client.get("/nl/regelingen/regelingen.json").json()["schemes"]}
    assert {row[0] for row in rows[1:]} == set(found) == set(files.slugs())
    assert found["employer_subsidy"]["ceiling_cents"] == 1_700_000_000


def test_the_file_of_a_version_is_the_one_that_was_published(client: Client) -> None:
    for slug in files.slugs():
        for day in files.versions(slug):
            got = client.get(f"/nl/regelingen/{slug}/{day.isoformat()}.yaml").content
            assert got == (files.ROOT / slug / f"{day.isoformat()}.yaml").read_bytes()
