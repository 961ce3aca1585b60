"""Writes of the journal: events, and loads of reference data, whose event remembers what was loaded."""

from dichterbij.domains.journal.actions.events import record
from dichterbij.domains.journal.actions.loading import LoadedSet, ReferenceSet, load_reference
from dichterbij.domains.journal.actions.upsert import Changes, StagedTable, upsert

__all__ = ["Changes", "LoadedSet", "ReferenceSet", "StagedTable", "load_reference", "record", "upsert"]
