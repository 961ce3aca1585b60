"""Tables of the regions: areas (regions, municipalities, postcodes) and desks."""

from dichterbij.domains.regions.models.areas import Municipality, Postcode, Region
from dichterbij.domains.regions.models.desks import Desk

__all__ = ["Desk", "Municipality", "Postcode", "Region"]
