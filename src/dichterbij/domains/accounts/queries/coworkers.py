"""Colleagues who do the same work in an organisation, and who does it while one of them is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from dichterbij.domains.accounts.models import Absence, Membership, User
from dichterbij.domains.accounts.rules import Role, read_permissions, standing_in


@dataclass(frozen=True, slots=True)
class Coworker:
    """Somebody with a role in this work. `away_until`: the last day away, None for whoever is there.

    `stand_in`: who does their work until then, None when nobody does.
    """

    user: UUID
    name: str
    away_until: date | None = None
    stand_in: UUID | None = None


def coworkers(*, organisation: UUID, what: tuple[str, str], on: date) -> tuple[Coworker, ...]:
    """Everybody who has a role here today that does this (purpose, data), by name."""
    permissions = read_permissions(on)
    roles = [role.value for role in Role if permissions.reach(role, *what)]
    held = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on, role__in=roles)
    rows = held.filter(organisation_id=organisation, user__is_active=True).select_related("user")
    names = {row.user_id: row.user.name or row.user.email or "" for row in rows}
    until, named = _away(organisation, frozenset(names), on)
    doing = standing_in(named)
    found = [Coworker(user, name, until.get(user), doing.get(user)) for user, name in names.items()]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), str(one.user))))


def names_of(users: Iterable[UUID]) -> dict[UUID, str]:
    """What these people are called, also those who left. One query."""
    rows = User.objects.filter(pk__in=set(users)).values_list("pk", "name", "email")
    return {user: name or email or "" for user, name, email in rows}


def works_alone(*, membership: int, what: tuple[str, str], on: date) -> bool:
    """Whether this is the only role left at its organisation that does this (purpose, data)."""
    permissions = read_permissions(on)
    roles = [role.value for role in Role if permissions.reach(role, *what)]
    held = Membership.objects.filter(role__in=roles, valid_until=None, user__is_active=True)
    mine = held.filter(pk=membership).first()
    return mine is not None and not held.filter(organisation_id=mine.organisation_id).exclude(pk=membership).exists()


def _away(organisation: UUID, there: frozenset[UUID], on: date) -> tuple[dict[UUID, date], dict[UUID, UUID | None]]:
    """Until when somebody is away today, and whom they named; a colleague without this work cannot do it."""
    rows = Absence.objects.filter(membership__organisation_id=organisation, ended_at=None, first_day__lte=on)
    rows = rows.filter(last_day__gte=on, membership__user_id__in=there).select_related("membership", "substitute")
    until: dict[UUID, date] = {}
    named: dict[UUID, UUID | None] = {}
    for row in rows.order_by("last_day", "id"):
        user, substitute = row.membership.user_id, row.substitute.user_id if row.substitute else None
        until[user] = row.last_day
        named[user] = (substitute if substitute in there else None) or named.get(user)
    return until, named
