"""Writes of the ledger. Whoever calls checks what the actor may do; the database checks what money may do."""

from dichterbij.domains.budget.actions.books import Loaded, load_demo_budget, load_programme
from dichterbij.domains.budget.actions.exporting import note_export
from dichterbij.domains.budget.actions.holding import commit, release, release_expired, reserve
from dichterbij.domains.budget.actions.opening import open_account
from dichterbij.domains.budget.actions.posting import post
from dichterbij.domains.budget.actions.proposing import carry_out, decide, propose
from dichterbij.domains.budget.actions.terms import decide_after, set_term

__all__ = [
    "Loaded",
    "carry_out",
    "commit",
    "decide",
    "decide_after",
    "load_demo_budget",
    "load_programme",
    "note_export",
    "open_account",
    "post",
    "propose",
    "release",
    "release_expired",
    "reserve",
    "set_term",
]
