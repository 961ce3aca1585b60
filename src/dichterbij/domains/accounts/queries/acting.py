"""In which role somebody acts."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from dichterbij.domains.accounts.models import Membership, User
from dichterbij.domains.accounts.rules import Actor, Role


def actor(*, user: UUID, membership: int | None, on: date) -> Actor | None:
    """Somebody in this membership (a citizen or an employer has none); None when it, or the account, has ended."""
    if membership is None:
        found = User.objects.filter(pk=user, is_active=True, kind__in=["citizen", "employer"]).first()
        return Actor(user, Role(found.kind), None, "") if found else None
    row = (
        Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on))
        .filter(pk=membership, user_id=user, user__is_active=True, valid_from__lte=on, organisation__ended_on=None)
        .select_related("organisation")
        .first()
    )
    return Actor(user, Role(row.role), row.organisation_id, row.organisation.region) if row else None
