"""Borders for small maps on pages, straight from the packaged files: no query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dichterbij.data import REFERENCE
from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.rules.outlines import Area, Degrees, Outline, Plane, Window

SIZE = 320


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The land round a place: `window` says where places lie in the drawing, `parts` are the municipalities in it."""

    window: Window
    parts: tuple[Area, ...]


@lru_cache(maxsize=64)
def outline(region_code: str) -> Outline:
    """The region with its municipalities, at most 320 cells wide and high; AreaNotFoundError."""
    region = next((item for item in _features("regions.geojson") if item["region_code"] == region_code), None)
    if region is None:
        raise AreaNotFoundError(f"No region has the code {region_code}.")
    parts = [item for item in _features("municipalities.geojson") if item["region_code"] == region_code]
    plane = Plane([ring for item in (region, *parts) for ring in item["borders"]], SIZE)
    whole = plane.area(region_code, region["name"], region["borders"])
    drawn = tuple(plane.area(item["gm_code"], item["name"], item["borders"]) for item in parts)
    return Outline(plane.width, plane.height, whole, drawn)


@lru_cache(maxsize=1)
def country_outline() -> Outline:
    """The Netherlands with its regions, at most 320 cells wide and high."""
    regions = _features("regions.geojson")
    borders = [ring for region in regions for ring in region["borders"]]
    plane = Plane(borders, SIZE)
    parts = tuple(plane.area(region["region_code"], region["name"], region["borders"]) for region in regions)
    return Outline(plane.width, plane.height, Area("NL", "Nederland", ()), parts)


@lru_cache(maxsize=256)
def surroundings(lat: float, lon: float, km: int, size: int = 360) -> Surroundings:
    """The municipalities at most `km` kilometres north, east, south or west of a place, on `size` cells."""
    window = Window(lat=lat, lon=lon, km=km, size=size)
    near = (item for item in _features("municipalities.geojson") if window.touches(item["borders"]))
    drawn = (window.area(item["gm_code"], item["name"], item["borders"]) for item in near)
    return Surroundings(window, tuple(area for area in drawn if area.rings))


@lru_cache(maxsize=2)
def _features(file: str) -> tuple[Mapping[str, Any], ...]:
    text = (REFERENCE / "regions" / file).read_text(encoding="utf-8")
    return tuple(item["properties"] | {"borders": _rings(item["geometry"])} for item in json.loads(text)["features"])


def _rings(geometry: Mapping[str, Any]) -> tuple[Degrees, ...]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(ring for polygon in polygons for ring in polygon)
