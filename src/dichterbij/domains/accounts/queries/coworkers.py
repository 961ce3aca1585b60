"""Colleagues who do the same work in an organisation, and who does it while one of them is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from dichterbij.domains.accounts.actions.acting import acting
from dichterbij.domains.accounts.models import Membership, User
from dichterbij.domains.accounts.rules import Actor, Role, read_permissions, standing_in
from dichterbij.domains.accounts.working import account_work

# Somebody may be away in one role and work in another.
_COWORKERS = """
    SELECT held.user_id, coalesce(nullif(who.name, ''), who.email, ''), away.last_day, substitute.user_id
    FROM accounts_membership held JOIN accounts_user who ON who.id = held.user_id
    LEFT JOIN (
        accounts_absence away JOIN accounts_membership their ON their.id = away.membership_id
        LEFT JOIN accounts_membership substitute ON substitute.id = away.substitute_id
    ) ON their.user_id = held.user_id AND their.organisation_id = held.organisation_id
        AND away.ended_at IS NULL AND away.first_day <= %(on)s AND away.last_day >= %(on)s
    WHERE held.organisation_id = %(organisation)s AND held.role = ANY (%(roles)s) AND who.is_active
        AND held.valid_from <= %(on)s AND (held.valid_until IS NULL OR held.valid_until > %(on)s)
    ORDER BY away.last_day, away.id
"""


@dataclass(frozen=True, slots=True)
class Coworker:
    """Somebody with a role in this work. `away_until`: the last day away, None for whoever is there.

    `stand_in`: who does their work until then, None when nobody does.
    """

    user: UUID
    name: str
    away_until: date | None = None
    stand_in: UUID | None = None


def coworkers(*, actor: Actor, organisation: UUID, what: tuple[str, str], on: date) -> tuple[Coworker, ...]:
    """Everybody who has a role here today that does this (purpose, data), by name.

    As this actor: colleagues, or who works where they answer for accounts; nobody of another organisation.
    """
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(_COWORKERS, {"organisation": organisation, "roles": _roles(what, on), "on": on})
        rows = cursor.fetchall()
    names: dict[UUID, str] = {user: name for user, name, _last, _substitute in rows}
    until: dict[UUID, date] = {}
    named: dict[UUID, UUID | None] = {}
    for user, _name, last_day, substitute in rows:
        if last_day:
            until[user] = last_day
            # A colleague without this work cannot do it.
            named[user] = (substitute if substitute in names else None) or named.get(user)
    doing = standing_in(named)
    found = [Coworker(user, name, until.get(user), doing.get(user)) for user, name in names.items()]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), str(one.user))))


def names_of(users: Iterable[UUID]) -> dict[UUID, str]:
    """What these people are called, also those who left. One query."""
    rows = User.objects.filter(pk__in=set(users)).values_list("pk", "name", "email")
    with account_work():  # exactly those who are asked: also who left, and who did it from elsewhere
        return {user: name or email or "" for user, name, email in rows}


def works_alone(*, actor: Actor, membership: int, what: tuple[str, str], on: date) -> bool:
    """Whether this is the only role left at its organisation that does this (purpose, data), as this actor sees it."""
    held = Membership.objects.filter(role__in=_roles(what, on), valid_until=None, user__is_active=True)
    with acting(actor):
        mine = held.filter(pk=membership).first()
        return (
            mine is not None and not held.filter(organisation_id=mine.organisation_id).exclude(pk=membership).exists()
        )


def _roles(what: tuple[str, str], on: date) -> list[str]:
    permissions = read_permissions(on)
    return [role.value for role in Role if permissions.reach(role, *what)]
