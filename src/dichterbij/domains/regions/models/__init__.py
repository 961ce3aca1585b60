"""Tables of the regions: areas (regions, municipalities, postcodes) and desks."""

from dichterbij.domains.regions.models.areas import Municipality, Postcode, Region

__all__ = ["Municipality", "Postcode", "Region"]
