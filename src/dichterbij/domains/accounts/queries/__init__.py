"""Reading accounts."""

from dichterbij.domains.accounts.queries.acting import MembershipRow, Standing, actor, memberships_of, standing
from dichterbij.domains.accounts.queries.demo import DemoAccountRow, demo_accounts
from dichterbij.domains.accounts.queries.signing_in import FactorRow, email_of, factor_of, link_is_open

__all__ = [
    "DemoAccountRow",
    "FactorRow",
    "MembershipRow",
    "Standing",
    "actor",
    "demo_accounts",
    "email_of",
    "factor_of",
    "link_is_open",
    "memberships_of",
    "standing",
]
