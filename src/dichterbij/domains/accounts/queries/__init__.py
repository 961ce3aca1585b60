"""Reading accounts."""

from dichterbij.domains.accounts.queries.acting import MembershipRow, Standing, actor, memberships_of, standing
from dichterbij.domains.accounts.queries.signing_in import FactorRow, factor_of, link_is_open

__all__ = ["FactorRow", "MembershipRow", "Standing", "actor", "factor_of", "link_is_open", "memberships_of", "standing"]
