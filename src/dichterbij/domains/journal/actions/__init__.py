"""Writes of the journal: events, uses of people's data, and loads of reference data with what was loaded."""

from dichterbij.domains.journal.actions.events import record
from dichterbij.domains.journal.actions.loading import LoadedSet, ReferenceSet, load_reference
from dichterbij.domains.journal.actions.processings import Use, log_use
from dichterbij.domains.journal.actions.upsert import Changes, StagedTable, upsert

__all__ = [
    "Changes",
    "LoadedSet",
    "ReferenceSet",
    "StagedTable",
    "Use",
    "load_reference",
    "log_use",
    "record",
    "upsert",
]
