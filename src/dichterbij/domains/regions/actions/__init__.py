"""Writes of the regions: load areas and desks from the packaged reference data."""

from dichterbij.domains.regions.actions.areas import reference_sets

__all__ = ["reference_sets"]
