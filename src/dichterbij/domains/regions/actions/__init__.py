"""Writes of the regions: load areas and desks from the packaged reference data, and what regions change of these."""

from dichterbij.domains.journal.actions import ReferenceSet
from dichterbij.domains.regions.actions import areas, desks
from dichterbij.domains.regions.actions.kept_desks import KEPT, TAKEN_BACK, keep_desk, new_desk_id, take_desk_back


def reference_sets() -> tuple[ReferenceSet, ...]:
    """The sets of this domain, in the order in which they must be loaded."""
    return (*areas.reference_sets(), desks.desk_set())


__all__ = ["KEPT", "TAKEN_BACK", "keep_desk", "new_desk_id", "reference_sets", "take_desk_back"]
