"""In which role somebody acts, and in which one could."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from dichterbij.domains.accounts.models import Membership, User
from dichterbij.domains.accounts.rules import Actor, Role


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A role that somebody has today."""

    id: int
    role: Role
    organisation: UUID
    organisation_name: str
    region: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is signed in: the actor, and what a page says about them."""

    actor: Actor
    name: str
    email: str
    organisation_name: str
    membership: int | None
    is_invented: bool


def actor(*, user: UUID, membership: int | None, on: date) -> Actor | None:
    """Somebody in this membership (a citizen or an employer has none); None when it, or the account, has ended."""
    found = standing(user=user, membership=membership, on=on)
    return found.actor if found else None


def standing(*, user: UUID, membership: int | None, on: date, since: datetime | None = None) -> Standing | None:
    """As `actor`, with names. `since`: when the session began; None when it was ended everywhere after that."""
    if membership is None:
        account = User.objects.filter(pk=user, is_active=True, kind__in=["citizen", "employer"]).first()
        if account is None or _is_over(account, since):
            return None
        mine = Actor(user, Role(account.kind), None, "")
        return Standing(mine, account.name, account.email or "", "", None, account.invented)
    row = _valid(on).filter(pk=membership, user_id=user).select_related("organisation", "user").first()
    if row is None or _is_over(row.user, since):
        return None
    mine = Actor(user, Role(row.role), row.organisation_id, row.organisation.region)
    name, organisation = row.user.name, row.organisation.name
    return Standing(mine, name, row.user.email or "", organisation, row.pk, row.user.invented)


def memberships_of(*, user: UUID, on: date) -> tuple[MembershipRow, ...]:
    """The roles somebody may choose from on this day."""
    rows = _valid(on).filter(user_id=user).select_related("organisation").order_by("organisation__name", "role", "pk")
    return tuple(
        MembershipRow(row.pk, Role(row.role), row.organisation_id, row.organisation.name, row.organisation.region)
        for row in rows
    )


def _valid(on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on),
        valid_from__lte=on,
        user__is_active=True,
        organisation__ended_on=None,
    )


def _is_over(account: User, since: datetime | None) -> bool:
    return bool(since and account.signed_out_at and since <= account.signed_out_at)
