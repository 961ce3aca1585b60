"""Tables of accounts."""

from dichterbij.domains.accounts.models.coming_and_going import Absence, Invitation
from dichterbij.domains.accounts.models.organisations import Membership, Organisation
from dichterbij.domains.accounts.models.programs import Program
from dichterbij.domains.accounts.models.signing_in import Identity, RecoveryCode, SecondFactor, SignInLink
from dichterbij.domains.accounts.models.users import User

__all__ = [
    "Absence",
    "Identity",
    "Invitation",
    "Membership",
    "Organisation",
    "Program",
    "RecoveryCode",
    "SecondFactor",
    "SignInLink",
    "User",
]
