"""In which role somebody acts, and in which one could."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from dichterbij.domains.accounts.models import Membership
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.saying import said


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
    """As `actor`, with names. `since`: when the session began; None when it was ended everywhere after that.

    Who acts is not known before this: the database itself looks, by exactly these.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_recognised(%s, %s, %s)", [user, membership, on])
        found = cursor.fetchone()
    if found is None:
        return None
    role, organisation, region, name, email, organisation_name, invented, signed_out_at = found
    if since and signed_out_at and since <= signed_out_at:
        return None
    mine = Actor(user, Role(role), organisation, region)
    return Standing(mine, name, email, organisation_name, membership, invented)


def memberships_of(*, user: UUID, on: date) -> tuple[MembershipRow, ...]:
    """The roles somebody may choose from on this day."""
    rows = _valid(on).filter(user_id=user).select_related("organisation").order_by("organisation__name", "role", "pk")
    with said(user=str(user)):
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
