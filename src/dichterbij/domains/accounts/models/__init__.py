"""Tables of accounts."""

from dichterbij.domains.accounts.models.organisations import Membership, Organisation
from dichterbij.domains.accounts.models.users import User

__all__ = ["Membership", "Organisation", "User"]
