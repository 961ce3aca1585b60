"""Roles begin and end, second factors are set up anew, and colleagues stand in for each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError, OtherKindError, TakenError
from dichterbij.domains.accounts.models import (
    Absence,
    Invitation,
    Membership,
    Organisation,
    RecoveryCode,
    SecondFactor,
    User,
)
from dichterbij.domains.accounts.reach import ACCOUNTS, within
from dichterbij.domains.accounts.rules import (
    Actor,
    Door,
    OrganisationKind,
    Role,
    mail_address,
    read_permissions,
    roles_to_give,
)
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import InputError, NotFoundError

COMMAND = "dichterbij account"
HAND_OVER = ("hand_over", "hand_over")
_LAST = "This is the last administrator. Make another one first."


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody's role at an organisation ended; `work_to` go on with what they were doing."""

    actor: Actor
    user: UUID
    organisation: UUID
    work_to: tuple[UUID, ...]
    now: datetime


_told: list[Callable[[Leaving], None]] = []


def add_account(*, email: str, name: str, role: Role, organisation: UUID, now: datetime) -> UUID:
    """Somebody with a role, without an invitation: for whoever has the machine itself, such as the first administrator.

    NotFoundError without such an organisation, NotAllowedError for a role that does not fit it, TakenError when this
    person has the role, OtherKindError for an address of a citizen or an employer.
    """
    address = mail_address(email)
    with account_work():
        into = Organisation.objects.filter(pk=organisation, ended_on=None).first()
        if into is None:
            raise NotFoundError("There is no such organisation.")
        if role not in roles_to_give(Role.ADMINISTRATOR, OrganisationKind(into.kind)):
            raise NotAllowedError("This role does not fit this organisation.")
        made = {"kind": Door.STAFF.value, "name": name, "made_at": now}
        user, is_new = User.objects.get_or_create(email=address, defaults=made)
        if user.kind != Door.STAFF.value:
            raise OtherKindError("This is the address of a citizen or an employer. Use the address of their work.")
        if not is_new:
            User.objects.filter(pk=user.pk).update(is_active=True, name=name or user.name)
        if not hold(user.pk, organisation, role, timezone.localdate(now)):
            raise TakenError("This person has that role there already.")
        data = {"user": str(user.pk), "organisation": str(organisation), "role": role.value}
        record(actor=COMMAND, action="accounts.member_added", data=data, now=now)
    return user.pk


def hold(user: UUID, organisation: UUID, role: Role, on: date) -> bool:
    """In the caller's transaction: somebody has this role from today; False when they had it already."""
    held = {"user_id": user, "organisation_id": organisation, "role": role.value, "valid_until": None}
    _, is_new = Membership.objects.get_or_create(**held, defaults={"valid_from": on})
    return is_new


def when_leaving(tell: Callable[[Leaving], None]) -> None:
    """What else must happen when a role ends, in the same transaction (a domain above: the work)."""
    if tell not in _told:
        _told.append(tell)


def end_membership(*, actor: Actor, membership: int, now: datetime, work_to: Sequence[UUID] = ()) -> None:
    """The role ends today, and with it every session in it. One's own, or one that `actor` may work with.

    `work_to`: the colleagues who go on with what this person was doing; nobody named: it stays with the organisation.
    NotFoundError for another; NotAllowedError for the last administrator.
    """
    on = timezone.localdate(now)
    with account_work():
        row = _member(actor, membership, on)
        if row.role == Role.ADMINISTRATOR and _administrators() < 2:
            raise NotAllowedError(_LAST)
        Membership.objects.filter(pk=row.pk).update(valid_until=on)
        Absence.objects.filter(membership=row, ended_at=None).update(ended_at=now)
        Absence.objects.filter(substitute=row, ended_at=None).update(substitute=None)
        data = {"user": str(row.user_id), "organisation": str(row.organisation_id), "role": row.role}
        record(actor=str(actor), action="accounts.member_left", data=data, now=now)
        leaving = Leaving(_who_asks(actor, row), row.user_id, row.organisation_id, tuple(work_to), now)
        for tell in _told:
            tell(leaving)


def reset_factor(*, actor: Actor, membership: int, now: datetime) -> None:
    """Somebody lost phone and codes: at the next sign-in a new app is set up. Ends all their sessions.

    NotFoundError out of reach; NotAllowedError for oneself, and for somebody who has a role out of reach as well.
    """
    on = timezone.localdate(now)
    with account_work():
        row = _member(actor, membership, on)
        held = Membership.objects.filter(user_id=row.user_id, valid_until=None)
        reached = held.filter(within(actor, ACCOUNTS, on, column="organisation"))
        if row.user_id == actor.user or reached.count() < held.count():
            raise NotAllowedError("Somebody else must do this, who may work with all roles of this person.")
        RecoveryCode.objects.filter(user_id=row.user_id).delete()
        SecondFactor.objects.filter(user_id=row.user_id).delete()
        User.objects.filter(pk=row.user_id).update(signed_out_at=now)
        record(actor=str(actor), action="accounts.factor_reset", data={"user": str(row.user_id)}, now=now)


def plan_absence(
    *, actor: Actor, membership: int, substitute: int | None, first_day: date, last_day: date, now: datetime
) -> None:
    """Days on which somebody is not there; a colleague with hand-overs there stands in. Replaces an earlier plan."""
    on = timezone.localdate(now)
    roles = [role.value for role in Role if read_permissions(on).reach(role, *HAND_OVER)]
    if last_day < first_day or last_day < on:
        raise InputError("The last day is before the first, or is over already.")
    with account_work():
        row = _member(actor, membership, on)
        colleagues = Membership.objects.filter(organisation_id=row.organisation_id, valid_until=None, role__in=roles)
        if substitute is not None and not colleagues.exclude(user_id=row.user_id).filter(pk=substitute).exists():
            raise NotFoundError("There is no such colleague.")
        Absence.objects.filter(membership=row, ended_at=None).update(ended_at=now)
        Absence.objects.create(
            membership=row, substitute_id=substitute, first_day=first_day, last_day=last_day, made_at=now
        )
        data = {"membership": row.pk, "substitute": substitute, "first": f"{first_day}", "last": f"{last_day}"}
        record(actor=str(actor), action="accounts.absence_planned", data=data, now=now)


def end_absence(*, actor: Actor, membership: int, now: datetime) -> None:
    """Back again, or the plan is off."""
    with account_work():
        row = _member(actor, membership, timezone.localdate(now))
        Absence.objects.filter(membership=row, ended_at=None).update(ended_at=now)
        record(actor=str(actor), action="accounts.absence_ended", data={"membership": row.pk}, now=now)


def end_all_of(organisation: UUID, on: date, now: datetime) -> None:
    """In the caller's transaction: nobody works here any more."""
    Membership.objects.filter(organisation_id=organisation, valid_until=None).update(valid_until=on)
    Invitation.objects.filter(organisation_id=organisation, used_at=None, withdrawn_at=None).update(withdrawn_at=now)


def _member(actor: Actor, membership: int, on: date) -> Membership:
    """A role that has not ended, locked: one's own, or within reach."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(pk=membership, valid_until=None)
    reached = rows.filter(within(actor, ACCOUNTS, on, column="organisation")) | rows.filter(user_id=actor.user)
    row = reached.first()
    if row is None:
        raise NotFoundError("There is nobody here with this role.")
    return row


def _who_asks(actor: Actor, row: Membership) -> Actor:
    """Whoever answers for this role; oneself in this very one."""
    if row.user_id != actor.user:
        return actor
    return Actor(actor.user, Role(row.role), row.organisation_id, row.organisation.region)


def _administrators() -> int:
    """Two who leave at the same moment are counted one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('dichterbij administrators', 0))")
    held = Membership.objects.filter(role=Role.ADMINISTRATOR.value, valid_until=None, user__is_active=True)
    return held.filter(organisation__ended_on=None).count()
