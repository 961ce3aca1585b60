"""Reading accounts."""

from dichterbij.domains.accounts.queries.acting import MembershipRow, Standing, actor, memberships_of, standing
from dichterbij.domains.accounts.queries.coworkers import Coworker, coworkers, names_of, works_alone
from dichterbij.domains.accounts.queries.demo import DemoAccountRow, demo_accounts
from dichterbij.domains.accounts.queries.members import (
    AbsenceRow,
    Colleague,
    InvitationRow,
    MemberRow,
    MembersPage,
    colleagues,
    invitation_by_token,
    member,
    members,
    open_invitations,
)
from dichterbij.domains.accounts.queries.organisations import (
    OrganisationRow,
    organisation,
    organisation_to_run,
    organisations,
    organisations_named,
    organisations_to_invite,
    organisations_to_run,
)
from dichterbij.domains.accounts.queries.programs import ProgramRow, Shown, by_shown_key, programs
from dichterbij.domains.accounts.queries.signing_in import FactorRow, email_of, factor_of, link_is_open

__all__ = [
    "AbsenceRow",
    "Colleague",
    "Coworker",
    "DemoAccountRow",
    "FactorRow",
    "InvitationRow",
    "MemberRow",
    "MembersPage",
    "MembershipRow",
    "OrganisationRow",
    "ProgramRow",
    "Shown",
    "Standing",
    "actor",
    "by_shown_key",
    "colleagues",
    "coworkers",
    "demo_accounts",
    "email_of",
    "factor_of",
    "invitation_by_token",
    "link_is_open",
    "member",
    "members",
    "memberships_of",
    "names_of",
    "open_invitations",
    "organisation",
    "organisation_to_run",
    "organisations",
    "organisations_named",
    "organisations_to_invite",
    "organisations_to_run",
    "programs",
    "standing",
    "works_alone",
]
