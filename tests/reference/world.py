"""What is known besides people and openings: parameters, postcodes, ESCO reuse levels."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from reference import parameters


@dataclass(frozen=True)
class Place:
    """A postcode's point, in degrees, and its municipality."""

    lat: float
    lon: float
    gm_code: str


@dataclass(frozen=True)
class World:
    """Everything the rules look up."""

    parameters: dict[str, Any]
    postcodes: dict[int, Place]
    reuse_levels: dict[str, str | None]


def read_postcodes(path: Path) -> dict[int, Place]:
    """The postcode table by pc4 (CSV with pc4, lat, lon, gm_code)."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            int(line["pc4"]): Place(float(line["lat"]), float(line["lon"]), line["gm_code"])
            for line in csv.DictReader(stream)
        }


def read_reuse_levels(path: Path, *, uri: str = "uri", level: str = "reuse_level") -> dict[str, str | None]:
    """ESCO's reuse level by concept URI (Parquet)."""
    table = pq.read_table(path, columns=[uri, level])
    return dict(zip(table[uri].to_pylist(), table[level].to_pylist(), strict=True))


def read_world(reference: Path, rules: Path, *, date: str, directory: Path | None = None) -> World:
    """The world of the folders with reference data and rule data."""
    return World(
        parameters=parameters.load(rules / "bridge", date, directory),
        postcodes=read_postcodes(reference / "postcodes" / "postcodes.csv"),
        reuse_levels=read_reuse_levels(reference / "esco" / "skills.parquet"),
    )
