"""Writes of the journal: events, uses of data of people and their end, loads of reference data and what was loaded."""

from dichterbij.domains.journal.actions.events import record
from dichterbij.domains.journal.actions.forgetting import ForgottenUses, forget_uses
from dichterbij.domains.journal.actions.loading import LoadedSet, ReferenceSet, load_reference
from dichterbij.domains.journal.actions.processings import Use, log_use
from dichterbij.domains.journal.actions.upsert import Changes, StagedTable, upsert

__all__ = [
    "Changes",
    "ForgottenUses",
    "LoadedSet",
    "ReferenceSet",
    "StagedTable",
    "Use",
    "forget_uses",
    "load_reference",
    "log_use",
    "record",
    "upsert",
]
