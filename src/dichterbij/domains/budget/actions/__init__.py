"""Writes of the ledger. Whoever calls checks what the actor may do; the database checks what money may do."""

from dichterbij.domains.budget.actions.holding import commit, release, release_expired, reserve
from dichterbij.domains.budget.actions.opening import open_account
from dichterbij.domains.budget.actions.posting import post

__all__ = ["commit", "open_account", "post", "release", "release_expired", "reserve"]
