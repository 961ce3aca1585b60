"""Reads of the regions: areas by postcode or place, and the desks that help."""

from dichterbij.domains.regions.queries.areas import (
    MunicipalityRow,
    PostcodeRow,
    RegionRow,
    every_municipality,
    municipalities,
    municipality,
    municipality_of_postcode,
    postcode,
    postcodes,
    region,
    region_of_postcode,
    regions,
)
from dichterbij.domains.regions.queries.outlines import country_outline, outline, surroundings
from dichterbij.domains.regions.queries.places import find_place

__all__ = [
    "MunicipalityRow",
    "PostcodeRow",
    "RegionRow",
    "country_outline",
    "every_municipality",
    "find_place",
    "municipalities",
    "municipality",
    "municipality_of_postcode",
    "outline",
    "postcode",
    "postcodes",
    "region",
    "region_of_postcode",
    "regions",
    "surroundings",
]
