"""Writes of accounts, and saying to the database who acts."""

from dichterbij.domains.accounts.actions.acting import acting

__all__ = ["acting"]
