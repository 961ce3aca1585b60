"""Roles, what they may do, and how rows are kept from others. Pure: no tables, no clock."""

from dichterbij.domains.accounts.rules.permissions import Grant, Permissions, Reach, read_permissions
from dichterbij.domains.accounts.rules.roles import Actor, OrganisationKind, Role

__all__ = ["Actor", "Grant", "OrganisationKind", "Permissions", "Reach", "Role", "read_permissions"]
