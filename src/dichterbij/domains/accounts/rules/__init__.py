"""Roles, what they may do, how they are given, and how rows are kept from others. Pure: no tables, no clock."""

from dichterbij.domains.accounts.rules.addresses import mail_address, own_path
from dichterbij.domains.accounts.rules.inviting import roles_to_give
from dichterbij.domains.accounts.rules.permissions import Grant, Permissions, Reach, read_permissions
from dichterbij.domains.accounts.rules.proofs import Proof
from dichterbij.domains.accounts.rules.roles import Actor, Door, OrganisationKind, Role
from dichterbij.domains.accounts.rules.sign_in_terms import SignInTerms, sign_in_terms
from dichterbij.domains.accounts.rules.standing_in import standing_in

__all__ = [
    "Actor",
    "Door",
    "Grant",
    "OrganisationKind",
    "Permissions",
    "Proof",
    "Reach",
    "Role",
    "SignInTerms",
    "mail_address",
    "own_path",
    "read_permissions",
    "roles_to_give",
    "sign_in_terms",
    "standing_in",
]
