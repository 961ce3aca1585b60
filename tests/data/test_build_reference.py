"""The build of the packaged sets, on sources of a few rows: trims, renames, and gives the same bytes each time."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dichterbij.data import read_table
from dichterbij.data.build_esco import join_translations, labels
from dichterbij.data.build_reference import build, distance_bin

SKILL = "http://data.europa.eu/esco/skill/"
OCCUPATION = "http://data.europa.eu/esco/occupation/1"


def text(folder: Path, name: str, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def parquet(folder: Path, name: str, *rows: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows)), folder / f"{name}.parquet")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    areas(folder / "regions")
    text(
        folder / "postcodes", "pc4.csv",
        "pc4,plaats,gm_code,gemeente,amr_code,lat,lon,km2,inwoners_2020,inwoners_2021,a15_24,a25_34,a35_44,a45_54,a55_64,a65_74",
        "9712,,GM0014,Groningen,AM01,53.21000,6.5,0.9,,,,,,,,",
        "9711,Groningen,GM0014,Groningen,AM01,53.20,6.5,1.0,70,80,1,2,3,4,5,6",
    )  # fmt: skip
    flows(folder / "commute")
    text(folder / "sbi", "sbi2008_v2018.csv", "section,code,digits,level,label_nl", 'A,01,01,1,"Landbouw,    jacht"')
    esco(folder / "esco")
    return folder


def areas(folder: Path) -> None:
    text(
        folder, "arbeidsmarktregios.csv",
        "amr_code,amr_naam,n_gemeenten,inwoners_2021,pop15_74_2021,km2,centrumgemeente_code,centrumgemeente",
        "AM01,Groningen,1,80,21,3.0000001,GM0014,Groningen",
    )  # fmt: skip
    text(
        folder, "gemeente_amr_2026.csv",
        "gm_code,gemeente,amr_code,amr_naam,provincie,corop,km2,lat,lon,inwoners_2021,pop15_74_2021",
        "GM0014,Groningen,AM01,Groningen,Groningen,x,1,53.2,6.5,80,21",
    )  # fmt: skip
    shape = {"type": "Polygon", "coordinates": [[[6.5, 53.2], [6.6, 53.2], [6.6, 53.3], [6.5, 53.2]]]}
    for name, properties in (
        ("arbeidsmarktregios", {"amr_code": "AM01", "naam": "Groningen", "centrumgemeente": "Groningen"}),
        ("gemeenten_2026", {"gm_code": "GM0014", "gemeente": "Groningen", "amr_code": "AM01"}),
    ):
        feature = {"type": "Feature", "properties": properties, "geometry": shape}
        text(folder, f"{name}_simplified.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))


def flows(folder: Path) -> None:
    text(folder, "gm_od_2014.csv", "woon_gm,werk_gm,banen_2014", "GM0014,GM0014,100")
    text(folder, "amr_od_2014.csv", "woon_amr,werk_amr,banen_2014", "AM01,AM01,100")
    text(
        folder, "gm_jobs_2014.csv", "gm_code,gemeente,amr_code,banen_werk_2014,banen_woon_2014", "GM0014,x,AM01,100.0,"
    )
    text(folder, "distance_bins_2014.csv", "km_bin_between_gemeente_centroids,share", '"(-1.0, 0.001]",0.5')


def esco(folder: Path) -> None:
    occupation = {"conceptUri": OCCUPATION, "iscoGroup": "1234", "code": "1234.1", "description": "What\nit is"}
    english = {"preferredLabel": "wholesale\u00adr", "altLabels": "trader\nwholesaler\ntrader"}
    parquet(folder, "occupations_en_v1.1.1", occupation | english)
    parquet(
        folder, "occupations_nl_v1.1", {"conceptUri": OCCUPATION, "preferredLabel": "groothandelaar", "altLabels": ""}
    )
    parquet(folder, "occupations_nl_v1.2", {"conceptUri": "http://other", "description": "iets anders"})
    skills = ({"conceptUri": SKILL + number, "preferredLabel": f"skill {number}"} for number in "321")
    parquet(folder, "skills_en_v1.1.1", *(row | {"skillType": "", "reuseLevel": "", "altLabels": ""} for row in skills))
    text(
        folder, "skills_nl_labels_partial.csv", "skillUri,label_nl,alt_nl,vdab_exact_nl,source,in_v1.1.1",
        f"{SKILL}1,vaardigheid een,eerste | enig,,x,True", f"{SKILL}9,oud,,,x,False",
    )  # fmt: skip
    relation = {"occupationUri": OCCUPATION, "relationType": "essential", "skillType": "", "skillUri": SKILL + "1"}
    parquet(folder, "occupation_skill_relations_v1.1.1", relation)
    for name in ("broader_occ", "broader_skill"):
        parquet(folder, f"{name}_v1.1.1", {"conceptUri": OCCUPATION, "broaderUri": "http://group"})
    for name in ("ISCOGroups", "skillGroups"):
        group = {"conceptUri": "http://group", "code": "1234", "preferredLabel": "group"}
        parquet(folder, f"{name}_en_v1.1.1", group | {"code": ""})
        parquet(folder, f"{name}_nl_v1.2", group | {"preferredLabel": "groep"})


@pytest.fixture
def built(source: Path, tmp_path: Path) -> Path:
    text(tmp_path / "built" / "esco_translations", "skills_nl.csv",
         "uri,label_en,label_nl", f"{SKILL}1,skill 1,eigen een", f"{SKILL}2,skill 2,eigen twee")  # fmt: skip
    build(source, tmp_path / "built")
    return tmp_path / "built"


def rows(built: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = read_table(built / name).to_pylist()
    return found


def test_the_same_sources_give_the_same_bytes(source: Path, built: Path, tmp_path: Path) -> None:
    text(tmp_path / "again" / "esco_translations", "skills_nl.csv",
         *(built / "esco_translations" / "skills_nl.csv").read_text(encoding="utf-8").splitlines())  # fmt: skip
    build(source, tmp_path / "again")
    for path in built.rglob("*.*"):
        assert (tmp_path / "again" / path.relative_to(built)).read_bytes() == path.read_bytes()


def test_numbers_stay_as_they_were_written(built: Path) -> None:
    lines = (built / "postcodes" / "postcodes.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "9711,Groningen,GM0014,Groningen,AM01,53.20,6.5,1.0,80,21",
        "9712,Groningen,GM0014,Groningen,AM01,53.21000,6.5,0.9,,",
    ]


def test_what_is_unknown_stays_empty(built: Path) -> None:
    assert rows(built, "commuting/municipality_jobs.csv")[0]["jobs_of_residents"] is None
    assert rows(built, "esco/skills.parquet")[0]["skill_type"] is None
    assert rows(built, "esco/occupations.parquet")[0]["description_nl"] is None


def test_labels_are_clean_and_each_is_there_once(built: Path) -> None:
    (occupation,) = rows(built, "esco/occupations.parquet")
    assert occupation["label_en"] == "wholesaler"
    assert occupation["alt_en"] == ["trader"]
    assert occupation["description_en"] == "What it is"
    assert rows(built, "sbi/sbi.csv")[0]["label_nl"] == "Landbouw, jacht"


def test_our_own_labels_are_joined_where_esco_has_none_and_are_marked(built: Path) -> None:
    found = [(row["label_nl"], row["label_nl_source"]) for row in rows(built, "esco/skills.parquet")]
    assert found == [("vaardigheid een", "esco"), ("eigen twee", "ours"), (None, None)]


def test_our_own_labels_can_be_taken_back(built: Path) -> None:
    text(built / "esco_translations", "skills_nl.csv", "uri,label_en,label_nl")
    join_translations(built / "esco")
    assert [row["label_nl"] for row in rows(built, "esco/skills.parquet")] == ["vaardigheid een", None, None]


def test_borders_carry_only_their_code_and_name(built: Path) -> None:
    told = json.loads((built / "regions" / "regions.geojson").read_text(encoding="utf-8"))
    assert told["features"][0]["properties"] == {"region_code": "AM01", "name": "Groningen"}


def test_a_group_without_a_code_in_english_has_that_of_the_dutch_table(built: Path) -> None:
    expected = {"code": "1234", "label_nl": "groep", "label_en": "group", "uri": "http://group"}
    assert rows(built, "esco/groups.parquet") == [expected]


@pytest.mark.parametrize(
    ("written", "bounds"), [("(-1.0, 0.001]", (0, 0)), ("(0.001, 5.0]", (0, 5)), ("(5.0, 10.0]", (5, 10))]
)
def test_distances_are_whole_kilometres(written: str, bounds: tuple[int, int]) -> None:
    assert distance_bin(written) == bounds


def test_no_alternative_labels_is_an_empty_list() -> None:
    assert labels(None, "\n", "x") == labels("", "\n", "x") == labels("x", "\n", "x") == []
