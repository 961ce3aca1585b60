"""The parameters of the bridge on a day. Pure: no ORM, no clock."""

from dichterbij.domains.matching.rules.loading import PACKAGED, load_parameters

__all__ = ["PACKAGED", "load_parameters"]
