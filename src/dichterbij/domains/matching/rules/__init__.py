"""The parameters of the bridge on a day, and what of a count may be shown. Pure: no ORM, no clock."""

from dichterbij.domains.matching.rules.disclosure import FEWEST, shown_count
from dichterbij.domains.matching.rules.loading import PACKAGED, load_parameters

__all__ = ["FEWEST", "PACKAGED", "load_parameters", "shown_count"]
