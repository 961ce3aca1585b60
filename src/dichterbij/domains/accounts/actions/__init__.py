"""Writes of accounts, and saying to the database who acts."""

from dichterbij.domains.accounts.actions.acting import acting
from dichterbij.domains.accounts.actions.demo import load_demo_accounts, reset_demo_accounts
from dichterbij.domains.accounts.actions.identities import recognise, refuse
from dichterbij.domains.accounts.actions.links import NewLink, UsedLink, ask_for_link, use_link
from dichterbij.domains.accounts.actions.second_factor import (
    begin_factor,
    check_factor,
    confirm_factor,
    renew_recovery_codes,
)
from dichterbij.domains.accounts.actions.sessions import choose_role, sign_in, sign_out, sign_out_everywhere

__all__ = [
    "NewLink",
    "UsedLink",
    "acting",
    "ask_for_link",
    "begin_factor",
    "check_factor",
    "choose_role",
    "confirm_factor",
    "load_demo_accounts",
    "recognise",
    "refuse",
    "renew_recovery_codes",
    "reset_demo_accounts",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "use_link",
]
