"""Stored lists that follow every opening added, changed or closed (docs/concepts/changes.md). No database."""

from dichterbij.engine.changes.stored import Concerned, StoredLists

__all__ = ["Concerned", "StoredLists"]
