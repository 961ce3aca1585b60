"""Tables of the regions: areas (regions, municipalities, postcodes) and desks."""

from dichterbij.domains.regions.models.areas import Municipality, Postcode, Region
from dichterbij.domains.regions.models.desks import Desk, KeptDesk

__all__ = ["Desk", "KeptDesk", "Municipality", "Postcode", "Region"]
