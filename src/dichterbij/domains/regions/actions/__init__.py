"""Writes of the regions: load areas and desks from the packaged reference data."""

from dichterbij.domains.journal.actions import ReferenceSet
from dichterbij.domains.regions.actions import areas, desks


def reference_sets() -> tuple[ReferenceSet, ...]:
    """The sets of this domain, in the order in which they must be loaded."""
    return (*areas.reference_sets(), desks.desk_set())


__all__ = ["reference_sets"]
