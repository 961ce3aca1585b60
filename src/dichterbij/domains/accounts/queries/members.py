"""Who works where, for whoever keeps the accounts of a region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from dichterbij.domains.accounts.actions.acting import acting
from dichterbij.domains.accounts.models import Absence, Invitation, Membership, SecondFactor
from dichterbij.domains.accounts.reach import ACCOUNTS, within
from dichterbij.domains.accounts.rules import Actor, Role, read_permissions
from dichterbij.domains.accounts.sealing import digest_of
from dichterbij.domains.accounts.working import account_work
from dichterbij.shared.errors import NotFoundError

HAND_OVER = ("hand_over", "hand_over")


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days, both included, and who stands in (empty: nobody)."""

    first_day: date
    last_day: date
    substitute: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A role somebody has. `absence`: one that is now or still to come."""

    id: int
    user: UUID
    name: str
    email: str
    role: Role
    organisation: UUID
    organisation_name: str
    region: str
    since: date
    has_factor: bool
    last_in: datetime | None
    absence: AbsenceRow | None

    def seen_by(self, actor: Actor) -> Actor:
        """Who asks after the colleagues of this member: oneself in this very role, else whoever answers for it."""
        mine = Actor(self.user, self.role, self.organisation, self.region)
        return mine if self.user == actor.user else actor


@dataclass(frozen=True, slots=True)
class MembersPage:
    """A part of the list, and how long the whole is."""

    rows: tuple[MemberRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that is not taken up."""

    id: UUID
    email: str
    role: Role
    organisation: UUID
    organisation_name: str
    made_at: datetime
    expires_at: datetime
    is_sent: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may stand in."""

    membership: int
    name: str


def members(*, actor: Actor, search: str, on: date, first: int = 0, most: int = 25) -> MembersPage:
    """Everybody within reach with a role today, by name; `search` in name, address and organisation."""
    rows = _within(actor, on)
    for word in search.split()[:8]:
        rows = rows.filter(
            Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(organisation__name__icontains=word)
        )
    ordered = rows.order_by("user__name", "user__email", "pk")
    with acting(actor):
        found, count = _found(ordered[first : first + most], on), rows.count()
    return MembersPage(_rows(found), count)


def member(*, actor: Actor, membership: int, on: date) -> MemberRow:
    """One of them, or oneself. NotFoundError for another."""
    rows = _valid(on).filter(pk=membership)
    found = rows.filter(within(actor, ACCOUNTS, on, column="organisation")) | rows.filter(user_id=actor.user)
    with acting(actor):
        one = _found(found, on)
    if not one:
        raise NotFoundError("There is nobody here with this role.")
    return _rows(one)[0]


def colleagues(*, actor: Actor, membership: int, on: date) -> tuple[Colleague, ...]:
    """Who may stand in for this member: the others of the same organisation who work with hand-overs there.

    Whoever does not would see none of this member's people, and nobody would know.
    """
    row, permissions = member(actor=actor, membership=membership, on=on), read_permissions(on)
    roles = [role.value for role in Role if permissions.reach(role, *HAND_OVER)]
    rows = _valid(on).filter(organisation_id=row.organisation, role__in=roles).exclude(user_id=row.user)
    with acting(row.seen_by(actor)):
        found = list(rows.order_by("user__name", "pk"))
    return tuple(Colleague(one.pk, one.user.name or one.user.email or "") for one in found)


def open_invitations(*, actor: Actor, now: datetime, on: date) -> tuple[InvitationRow, ...]:
    """Invitations within reach that nobody took up yet, the newest first; too old ones too."""
    with acting(actor):  # the database keeps other regions out as well
        rows = Invitation.objects.filter(
            within(actor, ACCOUNTS, on, column="organisation"), used_at=None, withdrawn_at=None
        )
        return tuple(
            _invitation_row(row, now) for row in rows.select_related("organisation").order_by("-made_at", "pk")[:200]
        )


def _invitation_row(row: Invitation, now: datetime) -> InvitationRow:
    return InvitationRow(
        row.pk,
        row.email,
        Role(row.role),
        row.organisation_id,
        row.organisation.name,
        row.made_at,
        row.expires_at,
        row.sent_at is not None,
        row.expires_at <= now,
    )


def invitation_by_token(*, token: str, now: datetime) -> InvitationRow | None:
    """The invitation behind a link, None when it is over."""
    open_ones = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    with account_work():
        found = open_ones.filter(digest=digest_of(token), organisation__ended_on=None)
        row = found.select_related("organisation").first()
    if row is None:
        return None
    organisation = row.organisation
    return InvitationRow(
        row.pk, row.email, Role(row.role), organisation.pk, organisation.name, row.made_at, row.expires_at, True, False
    )


def _within(actor: Actor, on: date) -> QuerySet[Membership]:
    return _valid(on).filter(within(actor, ACCOUNTS, on, column="organisation"))


def _valid(on: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)
    return rows.filter(user__is_active=True, organisation__ended_on=None).select_related("user", "organisation")


def _found(rows: QuerySet[Membership], on: date) -> list[tuple[Membership, Absence | None]]:
    """These roles, each with the absence that is now or comes first."""
    found = list(rows)
    planned = Absence.objects.filter(membership__in=[row.pk for row in found], ended_at=None, last_day__gte=on)
    absences = {row.membership_id: row for row in planned.select_related("substitute__user").order_by("-first_day")}
    return [(row, absences.get(row.pk)) for row in found]


def _rows(found: Sequence[tuple[Membership, Absence | None]]) -> tuple[MemberRow, ...]:
    users = [row.user_id for row, _absence in found]
    with account_work():  # of whom the actor sees: whether there is a second factor
        confirmed = SecondFactor.objects.filter(user_id__in=users, confirmed_at__isnull=False)
        with_factor = set(confirmed.values_list("user_id", flat=True))
    return tuple(_row(row, row.user_id in with_factor, absence) for row, absence in found)


def _row(row: Membership, has_factor: bool, absence: Absence | None) -> MemberRow:
    return MemberRow(
        id=row.pk,
        user=row.user_id,
        name=row.user.name,
        email=row.user.email or "",
        role=Role(row.role),
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        region=row.organisation.region,
        since=row.valid_from,
        has_factor=has_factor,
        last_in=row.user.last_login,
        absence=_absence(absence) if absence else None,
    )


def _absence(row: Absence) -> AbsenceRow:
    return AbsenceRow(row.first_day, row.last_day, row.substitute.user.name if row.substitute else "")
