"""Writes of accounts, and saying to the database who acts."""

from dichterbij.domains.accounts.actions.acting import acting
from dichterbij.domains.accounts.actions.demo import load_demo_accounts, reset_demo_accounts
from dichterbij.domains.accounts.actions.forgetting import ForgottenTraces, forget_traces
from dichterbij.domains.accounts.actions.identities import recognise, refuse
from dichterbij.domains.accounts.actions.invitations import (
    NewInvitation,
    accept_invitation,
    invitation_sent,
    invite,
    withdraw_invitation,
)
from dichterbij.domains.accounts.actions.links import NewLink, UsedLink, ask_for_link, use_link
from dichterbij.domains.accounts.actions.memberships import (
    Leaving,
    add_account,
    end_absence,
    end_membership,
    plan_absence,
    reset_factor,
    when_leaving,
)
from dichterbij.domains.accounts.actions.organisations import (
    NewOrganisation,
    add_organisation,
    change_organisation,
    end_organisation,
)
from dichterbij.domains.accounts.actions.programs import NewKey, add_program, end_program, refuse_key, renew_program
from dichterbij.domains.accounts.actions.second_factor import (
    begin_factor,
    check_factor,
    confirm_factor,
    renew_recovery_codes,
)
from dichterbij.domains.accounts.actions.sessions import choose_role, sign_in, sign_out, sign_out_everywhere

__all__ = [
    "ForgottenTraces",
    "Leaving",
    "NewInvitation",
    "NewKey",
    "NewLink",
    "NewOrganisation",
    "UsedLink",
    "accept_invitation",
    "acting",
    "add_account",
    "add_organisation",
    "add_program",
    "ask_for_link",
    "begin_factor",
    "change_organisation",
    "check_factor",
    "choose_role",
    "confirm_factor",
    "end_absence",
    "end_membership",
    "end_organisation",
    "end_program",
    "forget_traces",
    "invitation_sent",
    "invite",
    "load_demo_accounts",
    "plan_absence",
    "recognise",
    "refuse",
    "refuse_key",
    "renew_program",
    "renew_recovery_codes",
    "reset_demo_accounts",
    "reset_factor",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "use_link",
    "when_leaving",
    "withdraw_invitation",
]
