"""Schemes, their versions and what one would get, for programs."""

from dataclasses import replace
from datetime import date

import pytest

from dichterbij.api import calculations
from dichterbij.api.schemes import read_scheme
from dichterbij.cli.schemes_simulation import run
from dichterbij.domains.schemes.rules.files import digests, slugs
from support.programs import Program
from support.schemes import GRANT, code, opened, sent

pytestmark = pytest.mark.usefixtures("site")

SUBSIDY = "/regelingen/employer_subsidy"


def test_every_scheme_is_in_the_list_page_after_page(program: Program) -> None:
    found, path = [], "/regelingen?paginagrootte=7"
    while path:
        told = program.get(path)
        found += [one["naam"] for one in told["resultaten"]]
        path = told["_links"].get("volgende", {}).get("href")
    assert found == list(slugs())
    assert told["totaal"] == len(found)
    assert "vorige" in told["_links"]


def test_a_page_after_the_last_is_empty_and_leads_back(program: Program) -> None:
    told = program.get("/regelingen?pagina=90")
    assert told["resultaten"] == []
    assert program.get(told["_links"]["vorige"]["href"])["resultaten"]


def test_the_list_can_be_asked_for_one_applicant_or_one_state(program: Program) -> None:
    for_schools = program.get("/regelingen?aanvrager=school")["resultaten"]
    assert for_schools
    assert all("school" in one["aanvragers"] for one in for_schools)
    withdrawn = program.get("/regelingen?toestand=ingetrokken")["resultaten"]
    assert [one["naam"] for one in withdrawn] == ["employer_subsidy"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/regelingen?aanvrager=bakker", "employer"),
        ("/regelingen?toestand=weg", "ingetrokken"),
        ("/regelingen?pagina=nul", "pagina"),
        ("/regelingen?pagina=0&paginagrootte=1000", "paginagrootte"),
        ("/regelingen?kleur=rood", "kleur"),
        ("/regelingen/employer_subsidy?pagina=1", "pagina"),
        ("/regelingen/employer_subsidy/versies/gisteren", "dag"),
    ],
)
def test_a_question_that_does_not_exist_is_refused_with_what_does(program: Program, path: str, says: str) -> None:
    assert says in program.get(path, 400)["detail"]


def test_all_mistakes_are_told_together(program: Program) -> None:
    told = program.get("/regelingen?pagina=0&paginagrootte=1000", 400)
    assert {one["veld"] for one in told["fouten"]} == {"pagina", "paginagrootte"}


@pytest.mark.parametrize("path", ["/regelingen/bestaat_niet", "/regelingen/bestaat_niet/versies", "/nergens", "/"])
def test_what_is_not_there_is_said_with_where_to_look(program: Program, path: str) -> None:
    assert "/api/v1/" in program.get(path, 404)["detail"]


def test_each_version_has_the_digest_that_was_published(program: Program) -> None:
    days = {}
    for one in program.get("/regelingen/development_advice/versies")["resultaten"]:
        days[one["versie"]] = one["digest"]
        assert program.get(f"/regelingen/development_advice/versies/{one['versie']}") == one
    assert days == {
        day: digests()[f"development_advice/{day}.yaml"] for day in ("2020-12-01", "2020-08-01")
    }  # fmt: skip


def test_a_version_that_never_was_names_those_that_are(program: Program) -> None:
    assert "2022-05-13" in program.get(f"{SUBSIDY}/versies/2021-01-01", 404)["detail"]


def test_a_calculation_gives_the_amount_with_every_rule(program: Program) -> None:
    told = program.post(f"{SUBSIDY}/berekeningen", {"feiten": sent("Bol", "Sami")})
    assert (told["bedragCenten"], told["isToegekend"], told["isOefening"]) == (GRANT, True, True)
    assert told["reden"]["code"] == "granted"
    assert "amount.per_unit" in [one["regel"] for one in told["stappen"]]


def test_a_calculation_needs_no_employer_and_no_person(program: Program) -> None:
    told = sent("Bol", "Sami")
    del told["employer"], told["person"]
    assert program.post(f"{SUBSIDY}/berekeningen", {"feiten": told})["bedragCenten"] == GRANT


def test_a_refusal_has_its_reason_and_its_ground(program: Program) -> None:
    told = program.post(f"{SUBSIDY}/berekeningen", {"feiten": sent("Bol", "Sami", met=["unused_potential"])})
    assert (told["bedragCenten"], told["reden"]["code"]) == (0, "no_interview")
    assert told["reden"]["tekst"]["nl"]
    assert told["reden"]["grond"]


def test_a_calculation_at_a_moment_is_of_that_moment(program: Program) -> None:
    body = {"feiten": sent("Bol", "Sami"), "moment": "2030-01-01T00:00:00+01:00"}
    told = program.post(f"{SUBSIDY}/berekeningen", body)
    assert (told["reden"]["code"], told["moment"]) == ("too_late", "2029-12-31T23:00:00Z")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "feiten: dit ontbreekt"),
        ({"feiten": {}, "salaris": 1}, "salaris"),
        ({"feiten": {"applicant": "employer", "quantity": 1.5}}, "quantity"),
        ({"feiten": {"applicant": "employer", "met": ["blauw"]}}, "blauw"),
        ({"feiten": {"applicant": "employer", "person": "Sami"}}, "person"),
        ({"feiten": {"applicant": "employer", "person": code("Sami")}}, "twice"),
        ({"feiten": {"applicant": "employer"}, "moment": "2022-05-13"}, "tijdzone"),
        ({"feiten": {"applicant": "employer"}, "moment": "2022-05-13T09:00:00"}, "tijdzone"),
        ([], "object"),
    ],
)
def test_facts_that_cannot_be_read_are_named(program: Program, body: object, says: str) -> None:
    assert says in program.post(f"{SUBSIDY}/berekeningen", body, 400)["detail"]


def test_a_scheme_that_is_closed_and_no_exercise_says_that_nothing_can_be_worked_out(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = replace(read_scheme("employer_subsidy"), may_exercise=False)
    monkeypatch.setattr(calculations, "read_scheme", lambda slug: closed)
    program.post(f"{SUBSIDY}/berekeningen", {"feiten": {"applicant": "employer"}}, 409)


def test_a_scheme_that_is_open_links_to_applying(program: Program) -> None:
    path = "/regelingen/development_advice"
    assert "aanvragen" not in program.get(path)["_links"]
    opened(slug="development_advice")
    assert program.get(path)["_links"]["aanvragen"]["href"] == f"/api/v1{path}/aanvragen"


def test_a_scheme_tried_out_twice_is_the_same_and_as_the_command_says(program: Program) -> None:
    body = {"aanvragen": 3000, "werkgevers": 500, "zaad": "kop", "dag": "2022-05-13", "plafondCenten": 100 * GRANT}
    told = program.post(f"{SUBSIDY}/simulaties", body)
    assert told == program.post(f"{SUBSIDY}/simulaties", body)
    assert (told["aanvragen"], told["toegekend"], told["overCenten"]) == (3000, 100, 0)
    found = run("employer_subsidy", None, 3000, 500, 100 * GRANT, "kop", date(2022, 5, 13))
    assert {one["reden"]["code"]: one["aantal"] for one in told["redenen"]} == found["reasons"]
    assert told["redenen"] != program.post(f"{SUBSIDY}/simulaties", body | {"zaad": "munt"})["redenen"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"aanvragen": 100_001}, "aanvragen"),
        ({"aanvragen": 0}, "aanvragen"),
        ({"werkgevers": 0}, "werkgevers"),
        ({"plafondCenten": 0}, "plafondCenten"),
        ({"zaad": ""}, "zaad"),
        ({"dag": "2000-01-01"}, "2022"),
        ({"mensen": 5}, "mensen"),
    ],
)
def test_a_trial_that_cannot_be_is_told_what_can(program: Program, body: dict[str, object], says: str) -> None:
    assert says in program.post(f"{SUBSIDY}/simulaties", body, 400)["detail"]
