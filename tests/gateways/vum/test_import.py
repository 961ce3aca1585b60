"""Profiles of the national exchange, through the command their users run. The people in them are invented."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from dichterbij.cli import group
from dichterbij.gateways.vum import schema
from dichterbij.gateways.vum.mapping import bridge_row
from dichterbij.gateways.vum.schema import Kind

ACCREDITATION = Path(__file__).parents[4] / "shared" / "data" / "vum" / "accreditatie" / "werkzoekenden_profielen.json"
ESCO = "http://data.europa.eu/esco/skill/1f857013-3fbc-4205-b904-fe6506744687"


def seeker(**fields: object) -> dict[str, object]:
    return {"idWerkzoekende": "verzonnen-1", "mobiliteit": {"bemiddelingspostcode": "1012AB"}, **fields}


def vacancy(**fields: object) -> dict[str, object]:
    return {"idVacature": "verzonnen-v1", "adres": {"postcode": "1012AB"}, **fields}


def run_import(tmp_path: Path, records: list[object], kind: str = "job-seekers") -> dict[str, object]:
    source = tmp_path / "in.json"
    source.write_text(json.dumps(records), encoding="utf-8")
    arguments = ["vum", "import", str(source), "--kind", kind, "--out", str(tmp_path / "out"), "--json"]
    done = CliRunner().invoke(group, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def lines(tmp_path: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (tmp_path / "out" / name).read_text(encoding="utf-8").splitlines()]


def person(**fields: object) -> dict[str, object]:
    return bridge_row(seeker(**fields), Kind.JOB_SEEKER)


def test_a_minimal_profile_comes_in_with_everything_else_unknown(tmp_path: Path) -> None:
    report = run_import(tmp_path, [seeker()])
    assert (report["read"], report["imported"], report["refused"]) == (1, 1, [])
    row = lines(tmp_path, "people.jsonl")[0]
    assert row["person_id"] == "verzonnen-1"
    assert row["pc4"] == 1012
    assert {value for key, value in row.items() if key not in {"person_id", "pc4", "occupation_uris"}} == {None}


def test_each_invalid_record_is_refused_with_path_and_reason_and_the_rest_comes_in(tmp_path: Path) -> None:
    records: list[object] = [
        seeker(),
        seeker(),
        seeker(idWerkzoekende="2", bsn="000000000"),
        seeker(idWerkzoekende="3", werktijden={"aantalWerkurenPerWeekMaximaal": 100}),
        seeker(idWerkzoekende="4", mobiliteit={"bemiddelingspostcode": "0000ZZ"}),
        seeker(idWerkzoekende="5", flexibiliteit={"datumAanvangBeschikbaarVoorWerk": "2026-02-30"}),
        {"idWerkzoekende": "6"},
        "not a record",
    ]
    report = run_import(tmp_path, records)
    assert report["imported"] == 1
    assert [(r["record"], r["path"], r["expected"]) for r in report["refused"]] == [
        (2, "$.idWerkzoekende", "an id that was not used before in this file"),
        (3, "$", "only fields of the standard"),
        (4, "$.werktijden.aantalWerkurenPerWeekMaximaal", "a number up to 99"),
        (5, "$.mobiliteit.bemiddelingspostcode", "a postcode in the postcode table"),
        (6, "$.flexibiliteit.datumAanvangBeschikbaarVoorWerk", "a date such as 2026-12-01"),
        (7, "$", "the field mobiliteit"),
        (8, "$", "a value of type object"),
    ]
    assert lines(tmp_path, "refused.jsonl") == report["refused"]


@pytest.mark.parametrize("text", ["", "[{", "[1,]", '{"idWerkzoekende": \n', b"\xff\xfe\x00"])
def test_a_broken_file_imports_nothing_and_says_so(tmp_path: Path, text: str | bytes) -> None:
    source = tmp_path / "broken.json"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    arguments = ["vum", "import", str(source), "--kind", "job-seekers", "--out", str(tmp_path / "out"), "--json"]
    done = CliRunner().invoke(group, arguments)
    assert done.exit_code != 0
    assert not (tmp_path / "out").exists()


def test_the_doelgroep_flag_is_kept_apart_where_only_the_owner_reads_it(tmp_path: Path) -> None:
    run_import(tmp_path, [seeker(indicatieLdrRegistratie=1)])
    assert lines(tmp_path, "doelgroep.jsonl") == [{"id": "verzonnen-1", "indicatieLdrRegistratie": 1}]
    for name in ("people.jsonl", "records.jsonl", "refused.jsonl"):
        assert "Ldr" not in (tmp_path / "out" / name).read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "out" / "doelgroep.jsonl").stat().st_mode) == 0o600


def test_every_value_is_kept_under_its_path_with_who_may_see_it(tmp_path: Path) -> None:
    language = {"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 3, "codeNiveauTaalbeheersingLezen": 2}
    record = seeker(
        emailadres=["iemand@voorbeeld.example"],
        sector=[{"codeSbi": 4711}],
        arbeidsmarktkwalificatie={"taalbeheersing": [language]},
        persoonlijkePresentatie="",
    )
    run_import(tmp_path, [record])
    kept = lines(tmp_path, "records.jsonl")[0]
    assert kept["detail"] == {"emailadres[0]": "iemand@voorbeeld.example"}
    assert kept["searchable"]["mobiliteit.bemiddelingspostcode"] == "1012AB"
    assert kept["searchable"]["arbeidsmarktkwalificatie.taalbeheersing[0].codeNiveauTaalbeheersingMondeling"] == 3
    assert kept["match"] == {
        "idWerkzoekende": "verzonnen-1",
        "sector[0].codeSbi": 4711,
        "arbeidsmarktkwalificatie.taalbeheersing[0].codeNiveauTaalbeheersingLezen": 2,
    }


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, (None, None)),
        (0, 0, (None, None)),
        (1, 0, (1, None)),
        (0, 60, (None, 60)),
        (0, 61, (None, 60)),
        (60, 61, (60, 60)),
        (61, 99, (60, 60)),
        (40, None, (40, None)),
        (41, None, (41, 41)),
        (20, 19, (None, None)),
        (20, 20, (20, 20)),
    ],
)
def test_hours_zero_and_absent_are_unknown_and_above_sixty_is_sixty(low, high, expected) -> None:
    given = {"aantalWerkurenPerWeekMinimaal": low, "aantalWerkurenPerWeekMaximaal": high}
    row = person(werktijden={key: value for key, value in given.items() if value is not None})
    assert (row["hours_min"], row["hours_max"]) == expected


@pytest.mark.parametrize(("given", "expected"), [(0, 0), (600, 600), (601, 600), (999, 600)])
def test_travel_time_above_six_hundred_minutes_is_six_hundred(given: int, expected: int) -> None:
    row = person(mobiliteit={"bemiddelingspostcode": "1012AB", "maximaleReistijd": given})
    assert row["max_travel_minutes"] == expected


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ([], None),
        ([("nld", 0)], None),
        ([("nld", 8)], None),
        ([("eng", 4)], None),
        ([(None, 4)], None),
        ([("nld", 1)], 1),
        ([("nld", 2), ("nld", 4), ("nld", 8)], 4),
    ],
)
def test_only_spoken_dutch_counts_and_zero_and_eight_are_unknown(languages, expected) -> None:
    given = [{"codeTaal": code, "codeNiveauTaalbeheersingMondeling": level} for code, level in languages]
    given = [{key: value for key, value in item.items() if value is not None} for item in given]
    assert person(arbeidsmarktkwalificatie={"taalbeheersing": given})["dutch"] == expected


def means(code: int | None, commuting: int | None = None) -> dict[str, int]:
    given = {"codeVervoermiddel": code, "indicatieBeschikbaarVoorWoonWerkverkeer": commuting}
    return {key: value for key, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([means(9)], None),
        ([means(None, 1)], None),
        ([means(4)], ["car"]),
        ([means(3), means(5, 1), means(1, 0)], ["bike", "car", "public_transport"]),
        ([means(3, 2)], ["public_transport"]),
        ([means(3, 2), means(5, 2)], []),
        ([means(1, 2)], None),
    ],
)
def test_a_motorcycle_counts_as_a_car_and_other_means_say_nothing(given, expected) -> None:
    assert person(vervoermiddel=given)["modes"] == expected


def test_agreements_absent_means_all_and_codes_are_translated() -> None:
    assert person()["agreements"] is None
    assert person(contractvorm=[{"codeTypeArbeidscontract": "B"}])["agreements"] is None
    given = [{"codeTypeOvereenkomst": code} for code in ("04", "01", "04")]
    assert person(contractvorm=given)["agreements"] == ["job", "work_experience"]


def test_skills_without_a_translation_count_as_unknown_and_esco_ones_as_known() -> None:
    dutch = {"codeCompetentie": "https://linkeddata.competentnl.nl/uwv/id/skill/000A"}
    esco = {"codeCompetentie": ESCO}
    assert person(arbeidsmarktkwalificatie={"competentiebeheersing": [dutch, esco]})["skills"] is None
    assert person(arbeidsmarktkwalificatie={"competentiebeheersing": [esco]})["skills"] == [ESCO]


def test_a_vacancy_without_hours_never_counts_against_anybody() -> None:
    row = bridge_row(vacancy(codeWerkEnDenkniveauMinimaal="7"), Kind.VACANCY)
    assert (row["hours_min"], row["hours_max"], row["level_min"], row["dutch"], row["agreement"]) == (
        1,
        40,
        None,
        1,
        "job",
    )


def test_what_an_employer_needs_is_never_less_than_asked_and_what_a_person_holds_never_more() -> None:
    licence = [{"codeSoortRijbewijs": "C1"}]
    assert bridge_row(vacancy(rijbewijs=licence), Kind.VACANCY)["licences"] == ["C"]
    assert person(arbeidsmarktkwalificatie={"rijbewijs": licence})["licences"] == ["B"]


def test_the_visibility_of_every_field_is_one_of_three() -> None:
    for kind in Kind:
        groups = schema.tagged(seeker() if kind is Kind.JOB_SEEKER else vacancy(), kind)
        assert set(groups) == {"searchable", "match", "detail"}


@pytest.mark.skipif(not ACCREDITATION.exists(), reason="the official accreditation set (no licence) is not here")
def test_all_thousand_accreditation_profiles_come_in(tmp_path: Path) -> None:
    arguments = ["vum", "import", str(ACCREDITATION), "--kind", "job-seekers", "--out", str(tmp_path / "out"), "--json"]
    report = json.loads(CliRunner().invoke(group, arguments, catch_exceptions=False).output)
    assert (report["read"], report["imported"], report["refused"]) == (1000, 1000, [])
    rows = lines(tmp_path, "people.jsonl")
    assert sum(1 for row in rows if row["max_travel_minutes"] in {1, 2, 3, 4}) == 491


@pytest.mark.parametrize(
    ("office", "irregular", "dayparts"),
    [(1, 2, ["weekday"]), (1, None, None), (1, 0, None), (1, 1, None), (2, 2, None), (None, 2, None)],
)
def test_only_office_hours_wanted_and_irregular_work_refused_means_weekdays(
    office: int | None, irregular: int | None, dayparts: list[str] | None
) -> None:
    fields: dict[str, object] = {}
    if office is not None:
        fields["werktijden"] = {"indicatieKantoortijden": office}
    if irregular is not None:
        fields["flexibiliteit"] = {"indicatieOnregelmatigWerkOfPloegendienst": irregular}
    assert person(**fields)["dayparts"] == dayparts


def test_who_may_see_a_field_is_as_the_standard_says_where_the_two_records_differ() -> None:
    contract, hours = [{"codeTypeArbeidscontract": "O", "codeTypeOvereenkomst": "01"}], {"indicatieKantoortijden": 1}
    given = seeker(contractvorm=contract, werktijden=hours)
    tagged = schema.tagged(given, Kind.JOB_SEEKER)
    assert tagged["searchable"].keys() >= {
        "contractvorm[0].codeTypeArbeidscontract",
        "werktijden.indicatieKantoortijden",
    }
    assert "contractvorm[0].codeTypeOvereenkomst" in tagged["match"]
    offered = schema.tagged(vacancy(contractvorm=contract, werktijden=hours), Kind.VACANCY)
    assert {"contractvorm[0].codeTypeOvereenkomst", "werktijden.indicatieKantoortijden"} <= offered["match"].keys()
