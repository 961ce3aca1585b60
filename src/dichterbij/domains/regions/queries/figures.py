"""Figures of a region straight from the packaged files: no query."""

from functools import lru_cache
from typing import Any

from dichterbij.data import REFERENCE, read_yaml, reference_table
from dichterbij.domains.regions.rules import figures, pictures
from dichterbij.domains.regions.rules.figures import Activity, Commuting, Tension
from dichterbij.domains.regions.rules.pictures import Drawing, RegionPictures
from dichterbij.shared.words import Words


def tension(region_code: str) -> Tension | None:
    """The class UWV put the region in around the end of 2022; None when no document says."""
    return _tensions().get(region_code)


@lru_cache(maxsize=64)
def commuting(region_code: str) -> Commuting:
    """Who goes to work where, in jobs of employees (December 2014); without jobs for an unknown region."""
    return figures.commuting(region_code, _flows())


def activities(region_code: str) -> tuple[Activity, ...]:
    """What documents tell of this region; empty when they tell nothing."""
    return _activities().get(region_code, ())


@lru_cache(maxsize=64)
def region_pictures(region_code: str) -> RegionPictures:
    """What holds invented people back here; without people for an unknown region."""
    run = read_yaml(REFERENCE / "region_pictures" / "run.yaml")
    drawing = Drawing(run["date"], run["seed"], run["people_per_region"], run["openings"])
    return pictures.pictures(drawing, (row[1:] for row in _pictures() if row[0] == region_code))


@lru_cache(maxsize=1)
def mean_steps() -> dict[str, int]:
    """By step how many of the people of a region it holds back, in the mean region."""
    steps = [row for row in _pictures() if row[1] == pictures.Picture.STEP]
    regions = len({row[0] for row in steps})
    codes = {row[2] for row in steps}
    return {code: round(sum(row[3] for row in steps if row[2] == code) / regions) for code in codes}


@lru_cache(maxsize=1)
def _tensions() -> dict[str, Tension]:
    table = reference_table("region_figures", "tension.csv")
    rows = zip(table["region_code"].to_pylist(), table["tension"].to_pylist(), strict=True)
    return {code: Tension(value) for code, value in rows}


@lru_cache(maxsize=1)
def _flows() -> tuple[tuple[str, str, int], ...]:
    return _rows("commuting", "region_flows.csv", ("home_region", "work_region", "jobs"))


@lru_cache(maxsize=1)
def _pictures() -> tuple[tuple[Any, ...], ...]:
    columns = ("region_code", "picture", "code", "people", "median_openings")
    return _rows("region_pictures", "pictures.csv", columns)


def _rows(set_name: str, table: str, columns: tuple[str, ...]) -> tuple[Any, ...]:
    found = reference_table(set_name, table)
    return tuple(zip(*(found[name].to_pylist() for name in columns), strict=True))


@lru_cache(maxsize=1)
def _activities() -> dict[str, tuple[Activity, ...]]:
    told = read_yaml(REFERENCE / "region_figures" / "activities.yaml")
    return {
        code: tuple(_activity(item, told["documents"]) for item in items) for code, items in told["regions"].items()
    }


def _activity(item: dict[str, Any], documents: dict[str, str]) -> Activity:
    source = f"{documents[item['source']['document']]}, {item['source']['place']}"
    return Activity(Words(**item["name"]), Words(**item["what"]), tuple(item["routes"]), source)
