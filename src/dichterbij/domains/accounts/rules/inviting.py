"""Which roles somebody may give to others: never one that may do more than their own."""

from collections.abc import Mapping

from dichterbij.domains.accounts.rules.roles import OrganisationKind, Role

_REGIONAL = frozenset({Role.ADVISER, Role.COORDINATOR, Role.STEERING_GROUP})
STAFF = frozenset(Role) - {Role.CITIZEN, Role.EMPLOYER}
GIVES: Mapping[Role, frozenset[Role]] = {Role.COORDINATOR: _REGIONAL, Role.ADMINISTRATOR: STAFF}
_NATIONAL = frozenset({Role.NATIONAL_TEAM, Role.RESEARCHER, Role.SCHEME_OFFICER, Role.ADMINISTRATOR})


def roles_to_give(role: Role, kind: OrganisationKind) -> tuple[Role, ...]:
    """What somebody in `role` may make others in an organisation of this kind, in the order of `Role`.

    Roles for the whole country are held in a national organisation only, those of a region in a region's.
    """
    fits = _NATIONAL if kind is OrganisationKind.NATIONAL else _REGIONAL
    return tuple(one for one in Role if one in GIVES.get(role, frozenset()) & fits)
