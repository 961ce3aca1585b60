"""Builds the packaged reference sets out of downloaded source files: same input, same bytes.

`python -m dichterbij.data.build_reference SOURCE_DIR` trims and renames what the folders regions, postcodes, commute,
sbi and esco of SOURCE_DIR hold; `source.yaml` beside each set tells where those files came from.
`python -m dichterbij.data.build_reference --translations` only joins our own Dutch skill labels again.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.data import REFERENCE, read_table

Row = dict[str, str]
Writer = Callable[[Path, Path], None]

SOFT_HYPHEN = "\u00ad"
POSTCODE_COLUMNS = ("pc4", "place", "gm_code", "municipality", "region_code", "lat", "lon", "km2")
AGE_BANDS = ("a15_24", "a25_34", "a35_44", "a45_54", "a55_64", "a65_74")


def clean(text: str | None) -> str:
    """`text` without soft hyphens, on one line, single spaces; empty for None."""
    return re.sub(r"\s+", " ", (text or "").replace(SOFT_HYPHEN, "")).strip()


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file as text, so that no number changes by reading it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV file with `columns`, LF line ends, in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_parquet(path: Path, table: pa.Table) -> None:
    """One Parquet file, zstd at its smallest: written once, shipped often."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=True)


def whole(number: str) -> str:
    """`132200.0` as `132200`; empty stays empty."""
    return str(round(float(number))) if number else ""


# regions, postcodes, commuting, sbi


def build_regions(source: Path, target: Path) -> None:
    """Region and municipality tables and their simplified borders (WGS 84)."""
    regions = sorted(read_rows(source / "arbeidsmarktregios.csv"), key=lambda row: row["amr_code"])
    names = ("amr_code", "amr_naam", "centrumgemeente_code", "centrumgemeente", "n_gemeenten")
    write_rows(
        target / "regions.csv",
        ["region_code", "name", "centre_gm_code", "centre_name", "municipalities", "inhabitants", "population_15_74"],
        ([*(row[name] for name in names), row["inwoners_2021"], row["pop15_74_2021"]] for row in regions),
    )
    municipalities = sorted(read_rows(source / "gemeente_amr_2026.csv"), key=lambda row: row["gm_code"])
    kept = ("gm_code", "gemeente", "amr_code", "provincie", "lat", "lon", "inwoners_2021", "pop15_74_2021")
    write_rows(
        target / "municipalities.csv",
        ["gm_code", "name", "region_code", "province", "lat", "lon", "inhabitants", "population_15_74"],
        ([row[name] for name in kept] for row in municipalities),
    )
    borders = {"amr_code": "region_code", "naam": "name"}
    write_borders(source / "arbeidsmarktregios_simplified.geojson", target / "regions.geojson", borders)
    borders = {"gm_code": "gm_code", "gemeente": "name", "amr_code": "region_code"}
    write_borders(source / "gemeenten_2026_simplified.geojson", target / "municipalities.geojson", borders)


def write_borders(source: Path, target: Path, properties: Mapping[str, str]) -> None:
    """The features of a GeoJSON file, sorted by their code, with only `properties`, renamed."""
    features = []
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        kept = {new: feature["properties"][old] for old, new in properties.items()}
        features.append({"type": "Feature", "properties": kept, "geometry": feature["geometry"]})
    features.sort(key=lambda feature: next(iter(feature["properties"].values())))
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text.replace('{"type":"Feature",', '\n{"type":"Feature",') + "\n", encoding="utf-8")


def build_postcodes(source: Path, target: Path) -> None:
    """The PC4 table; a postcode without population has no numbers, one without a place gets its municipality."""
    rows = sorted(read_rows(source / "pc4.csv"), key=lambda row: int(row["pc4"]))
    for row in rows:
        row["plaats"] = row["plaats"] or row["gemeente"]
    names = ("pc4", "plaats", "gm_code", "gemeente", "amr_code", "lat", "lon", "km2")
    cells = ([*(row[name] for name in names), *population(row)] for row in rows)
    write_rows(target / "postcodes.csv", [*POSTCODE_COLUMNS, "inhabitants", "population_15_74"], cells)


def population(row: Row) -> list[str]:
    """Inhabitants and those of 15-74, both empty where the source has no inhabitants."""
    if not row["inwoners_2021"]:
        return ["", ""]
    return [row["inwoners_2021"], str(sum(int(row[band] or 0) for band in AGE_BANDS))]


def build_commuting(source: Path, target: Path) -> None:
    """Jobs by home and work municipality and region, jobs per municipality, shares by distance."""
    renamed = (
        ("gm_od_2014.csv", "municipality_flows.csv", ("woon_gm", "werk_gm"), ("home_gm", "work_gm")),
        ("amr_od_2014.csv", "region_flows.csv", ("woon_amr", "werk_amr"), ("home_region", "work_region")),
    )
    for old, new, old_names, new_names in renamed:
        rows = sorted(read_rows(source / old), key=lambda row: [row[name] for name in old_names])
        cells = ([*(row[name] for name in old_names), whole(row["banen_2014"])] for row in rows)
        write_rows(target / new, [*new_names, "jobs"], cells)
    jobs = sorted(read_rows(source / "gm_jobs_2014.csv"), key=lambda row: row["gm_code"])
    write_rows(
        target / "municipality_jobs.csv",
        ["gm_code", "jobs_located", "jobs_of_residents"],
        ([row["gm_code"], whole(row["banen_werk_2014"]), whole(row["banen_woon_2014"])] for row in jobs),
    )
    shares = [
        (*distance_bin(next(iter(row.values()))), row["share"]) for row in read_rows(source / "distance_bins_2014.csv")
    ]
    write_rows(target / "distance_bins.csv", ["km_from", "km_to", "share"], shares)


def distance_bin(text: str) -> tuple[int, int]:
    """`(5.0, 10.0]` as 5 and 10; the bin around zero, the own municipality, as 0 and 0."""
    low, high = (float(part) for part in text.strip("(]").split(","))
    return (max(0, int(low)), int(high))


def build_sbi(source: Path, target: Path) -> None:
    """SBI 2008 codes in their own order."""
    columns = ["section", "code", "digits", "level", "label_nl"]
    rows = read_rows(source / "sbi2008_v2018.csv")
    write_rows(
        target / "sbi.csv", columns, ([*(row[name] for name in columns[:4]), clean(row["label_nl"])] for row in rows)
    )


# esco


def concept_rows(path: Path) -> dict[str, Row]:
    """The rows of an ESCO table by concept URI."""
    return {row["conceptUri"]: row for row in pq.read_table(path).to_pylist()}


def labels(text: str | None, separator: str, preferred: str) -> list[str]:
    """Alternative labels in their order, each once, without the preferred one."""
    found = (clean(part) for part in (text or "").split(separator))
    return list(dict.fromkeys(label for label in found if label and label != preferred))


def build_occupations(source: Path, target: Path) -> None:
    """Occupations of ESCO 1.1.1, with the Dutch description of 1.2 where that has the same concept."""
    english = concept_rows(source / "occupations_en_v1.1.1.parquet")
    dutch = concept_rows(source / "occupations_nl_v1.1.parquet")
    newer = concept_rows(source / "occupations_nl_v1.2.parquet")
    rows = []
    for uri in sorted(english):
        label_nl, label_en = clean(dutch[uri]["preferredLabel"]), clean(english[uri]["preferredLabel"])
        rows.append(
            {
                "uri": uri,
                "isco": english[uri]["iscoGroup"],
                "code": english[uri]["code"],
                "label_nl": label_nl,
                "label_en": label_en,
                "alt_nl": labels(dutch[uri]["altLabels"], "\n", label_nl),
                "alt_en": labels(english[uri]["altLabels"], "\n", label_en),
                "description_nl": clean(newer.get(uri, {}).get("description")) or None,
                "description_en": clean(english[uri]["description"]) or None,
            }
        )
    text = {name: pa.string() for name in rows[0]}
    schema = pa.schema({**text, "alt_nl": pa.list_(pa.string()), "alt_en": pa.list_(pa.string())})
    write_parquet(target / "occupations.parquet", pa.Table.from_pylist(rows, schema))


SKILLS = pa.schema(
    {
        "uri": pa.string(),
        "label_en": pa.string(),
        "label_nl": pa.string(),
        "label_nl_source": pa.string(),
        "skill_type": pa.string(),
        "reuse_level": pa.string(),
        "alt_nl": pa.list_(pa.string()),
        "alt_en": pa.list_(pa.string()),
    }
)


def build_skills(source: Path, target: Path) -> None:
    """Skills of ESCO 1.1.1 with ESCO's own Dutch label where we have it; null where we do not."""
    partial = read_rows(source / "skills_nl_labels_partial.csv")
    dutch = {row["skillUri"]: row for row in partial if row["in_v1.1.1"] == "True"}
    rows = []
    for uri, row in sorted(concept_rows(source / "skills_en_v1.1.1.parquet").items()):
        found = dutch.get(uri, {})
        label_nl, label_en = clean(found.get("label_nl")), clean(row["preferredLabel"])
        rows.append(
            {
                "uri": uri,
                "label_en": label_en,
                "label_nl": label_nl or None,
                "label_nl_source": "esco" if label_nl else None,
                "skill_type": row["skillType"] or None,
                "reuse_level": row["reuseLevel"] or None,
                "alt_nl": labels(found.get("alt_nl"), " | ", label_nl),
                "alt_en": labels(row["altLabels"], "\n", label_en),
            }
        )
    write_parquet(target / "skills.parquet", pa.Table.from_pylist(rows, SKILLS))


def build_relations(source: Path, target: Path) -> None:
    """Occupation-skill relations, groups of occupations and skills, and who is broader than whom."""
    table = pq.read_table(source / "occupation_skill_relations_v1.1.1.parquet")
    table = table.select(["occupationUri", "skillUri", "relationType"])
    table = table.rename_columns(["occupation_uri", "skill_uri", "relation"])
    write_pairs(target / "occupation_skills.parquet", table)
    for old, new in (("broader_occ", "broader_occupations"), ("broader_skill", "broader_skills")):
        pairs = pq.read_table(source / f"{old}_v1.1.1.parquet").select(["conceptUri", "broaderUri"])
        write_pairs(target / f"{new}.parquet", pairs.rename_columns(["uri", "broader_uri"]))


def write_pairs(path: Path, table: pa.Table) -> None:
    """A table of URIs, sorted and dictionary-encoded."""
    encoded = pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in table.column_names])
    write_parquet(path, table.sort_by([(name, "ascending") for name in table.column_names]).cast(encoded))


def build_groups(source: Path, target: Path) -> None:
    """ISCO groups and skill groups with both labels; codes of skill groups are those of ESCO 1.2."""
    for old, new in (("ISCOGroups", "groups"), ("skillGroups", "skill_groups")):
        english = concept_rows(source / f"{old}_en_v1.1.1.parquet")
        dutch = concept_rows(source / f"{old}_nl_v1.2.parquet")
        rows = [
            {
                "code": english[uri]["code"] or dutch[uri]["code"],
                "label_nl": clean(dutch[uri]["preferredLabel"]),
                "label_en": clean(english[uri]["preferredLabel"]),
                "uri": uri,
            }
            for uri in sorted(english)
        ]
        write_parquet(target / f"{new}.parquet", pa.Table.from_pylist(rows))


def build_esco(source: Path, target: Path) -> None:
    """All tables of the ESCO set, our own translations included."""
    build_occupations(source, target)
    build_skills(source, target)
    build_relations(source, target)
    build_groups(source, target)
    join_translations(target)


def join_translations(esco: Path) -> None:
    """Our own Dutch labels into `esco`/skills.parquet, marked `ours`; a label of ESCO's always stays."""
    path = esco.parent / "esco_translations" / "skills_nl.csv"
    ours = {row["uri"]: clean(row["label_nl"]) for row in read_rows(path)} if path.exists() else {}
    rows = read_table(esco / "skills.parquet").to_pylist()
    for row in rows:
        if row["label_nl_source"] != "esco":
            row["label_nl"] = ours.get(row["uri"]) or None
            row["label_nl_source"] = "ours" if row["label_nl"] else None
    write_parquet(esco / "skills.parquet", pa.Table.from_pylist(rows, SKILLS))


# Set name -> (folder in SOURCE_DIR, builder)
SETS: dict[str, tuple[str, Writer]] = {
    "regions": ("regions", build_regions),
    "postcodes": ("postcodes", build_postcodes),
    "commuting": ("commute", build_commuting),
    "sbi": ("sbi", build_sbi),
    "esco": ("esco", build_esco),
}


def build(source: Path, reference: Path) -> None:
    """Every set under `reference`; FileNotFoundError names the source file that lacks."""
    for name, (folder, builder) in SETS.items():
        print(f"building {name}", file=sys.stderr)
        (reference / name).mkdir(parents=True, exist_ok=True)
        builder(source / folder, reference / name)


def main() -> None:
    """Command line of the build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("source", nargs="?", type=Path, metavar="SOURCE_DIR", help="folder with the source files")
    what.add_argument("--translations", action="store_true", help="only join our own Dutch skill labels again")
    parser.add_argument("--reference", type=Path, default=REFERENCE, help="where the sets go (default: the package)")
    options = parser.parse_args()
    try:
        if options.translations:
            join_translations(options.reference / "esco")
        else:
            build(options.source, options.reference)
    except FileNotFoundError as missing:
        parser.exit(2, f"Error: there is no {missing.filename}. See docs/reference/data-sets.md for what is needed.\n")


if __name__ == "__main__":
    main()
