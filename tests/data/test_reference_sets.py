"""The packaged sets are whole and agree with each other."""

import json

import pytest

from dichterbij.data import REFERENCE, reference_table


def column(set_name: str, table: str, name: str) -> list[object]:
    values: list[object] = reference_table(set_name, table)[name].to_pylist()
    return values


REGIONS = set(column("regions", "regions.csv", "region_code"))
MUNICIPALITIES = dict(
    zip(
        column("regions", "municipalities.csv", "gm_code"),
        column("regions", "municipalities.csv", "region_code"),
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("set_name", "table", "rows"),
    [
        ("regions", "regions.csv", 35),
        ("regions", "municipalities.csv", 342),
        ("postcodes", "postcodes.csv", 4_067),
        ("esco", "occupations.parquet", 3_007),
        ("esco", "skills.parquet", 13_896),
        ("esco", "occupation_skills.parquet", 123_855),
        ("esco", "groups.parquet", 619),
        ("esco", "skill_groups.parquet", 640),
        ("sbi", "sbi.csv", 1_455),
    ],
)
def test_a_table_has_all_its_rows(set_name: str, table: str, rows: int) -> None:
    assert reference_table(set_name, table).num_rows == rows


@pytest.mark.parametrize(
    ("set_name", "table", "key"),
    [
        ("regions", "regions.csv", ["region_code"]),
        ("regions", "municipalities.csv", ["gm_code"]),
        ("postcodes", "postcodes.csv", ["pc4"]),
        ("sbi", "sbi.csv", ["code"]),
        ("commuting", "municipality_flows.csv", ["home_gm", "work_gm"]),
        ("esco", "occupations.parquet", ["uri"]),
        ("esco", "skills.parquet", ["uri"]),
        ("esco", "occupation_skills.parquet", ["occupation_uri", "skill_uri"]),
    ],
)
def test_no_row_is_there_twice(set_name: str, table: str, key: list[str]) -> None:
    rows = reference_table(set_name, table)
    assert rows.group_by(key).aggregate([]).num_rows == rows.num_rows


def test_every_municipality_is_in_a_region_and_every_region_has_its_number_of_them() -> None:
    counts = zip(
        column("regions", "regions.csv", "region_code"), column("regions", "regions.csv", "municipalities"), strict=True
    )
    for code, count in counts:
        assert list(MUNICIPALITIES.values()).count(code) == count
    assert set(MUNICIPALITIES.values()) == REGIONS


def test_every_postcode_is_in_a_municipality_and_in_the_region_of_that() -> None:
    for row in reference_table("postcodes", "postcodes.csv").to_pylist():
        assert MUNICIPALITIES[row["gm_code"]] == row["region_code"]
        assert row["place"]


def test_every_municipality_has_a_postcode() -> None:
    assert set(column("postcodes", "postcodes.csv", "gm_code")) == set(MUNICIPALITIES)


def test_the_centre_of_a_region_lies_in_that_region() -> None:
    for row in reference_table("regions", "regions.csv").to_pylist():
        assert MUNICIPALITIES[row["centre_gm_code"]] == row["region_code"]


@pytest.mark.parametrize(
    ("file", "key", "codes"), [("regions", "region_code", REGIONS), ("municipalities", "gm_code", set(MUNICIPALITIES))]
)
def test_borders_have_the_codes_of_the_tables(file: str, key: str, codes: set[object]) -> None:
    features = json.loads((REFERENCE / "regions" / f"{file}.geojson").read_text(encoding="utf-8"))["features"]
    assert [feature["properties"][key] for feature in features] == sorted(codes)
    assert all({feature["properties"]["region_code"]} <= REGIONS for feature in features)


def test_exactly_eight_postcodes_have_no_population() -> None:
    rows = reference_table("postcodes", "postcodes.csv").to_pylist()
    without = [row["pc4"] for row in rows if row["inhabitants"] is None]
    assert without == [1044, 1322, 1329, 3165, 3196, 3197, 3895, 5656]
    assert without == [row["pc4"] for row in rows if row["population_15_74"] is None]


def test_commuting_names_only_areas_that_exist() -> None:
    for end in ("home", "work"):
        assert set(column("commuting", "municipality_flows.csv", f"{end}_gm")) <= set(MUNICIPALITIES)
        assert set(column("commuting", "region_flows.csv", f"{end}_region")) == REGIONS
    assert set(column("commuting", "municipality_jobs.csv", "gm_code")) == set(MUNICIPALITIES)


def test_relations_name_known_skills_and_but_one_known_occupation() -> None:
    relations = reference_table("esco", "occupation_skills.parquet")
    unknown = set(relations["occupation_uri"].to_pylist()) - set(column("esco", "occupations.parquet", "uri"))
    assert unknown == {"http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"}
    assert set(relations["skill_uri"].to_pylist()) <= set(column("esco", "skills.parquet", "uri"))


def test_every_skill_has_an_english_label_and_a_dutch_one_has_a_source() -> None:
    for row in reference_table("esco", "skills.parquet").to_pylist():
        assert row["label_en"]
        assert (row["label_nl"] is None) == (row["label_nl_source"] is None)
        assert row["label_nl_source"] in ("esco", "ours", None)


def test_our_own_translations_are_all_in_the_table_of_skills_and_never_replace_escos() -> None:
    path = REFERENCE / "esco_translations" / "skills_nl.csv"
    if not path.exists():
        pytest.skip("there are no translations of our own yet")
    ours = {row["uri"]: row["label_nl"] for row in reference_table("esco_translations", "skills_nl.csv").to_pylist()}
    rows = reference_table("esco", "skills.parquet").to_pylist()
    joined = {row["uri"]: row["label_nl"] for row in rows if row["label_nl_source"] == "ours"}
    escos = {row["uri"] for row in rows if row["label_nl_source"] == "esco"}
    missing = {uri: label for uri, label in ours.items() if uri not in escos and joined.get(uri) != label}
    assert missing == {}, "run `python -m dichterbij.data.build_reference --translations`"
    assert joined.keys() <= ours.keys()
