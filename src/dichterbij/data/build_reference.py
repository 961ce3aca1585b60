"""Builds the packaged reference sets out of downloaded source files: same input, same bytes.

`python -m dichterbij.data.build_reference SOURCE_DIR` trims and renames what the folders regions, postcodes, commute,
sbi and esco of SOURCE_DIR hold; `source.yaml` beside each set tells where those files came from.
`python -m dichterbij.data.build_reference --translations` only joins our own Dutch skill labels again.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from dichterbij.data import REFERENCE
from dichterbij.data.build_esco import build_esco, join_translations
from dichterbij.data.build_files import Row, clean, read_rows, whole, write_rows

POSTCODE_COLUMNS = ("pc4", "place", "gm_code", "municipality", "region_code", "lat", "lon", "km2")
AGE_BANDS = ("a15_24", "a25_34", "a35_44", "a45_54", "a55_64", "a65_74")


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


# Set name -> (folder in SOURCE_DIR, builder)
SETS: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
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
