"""Inviting somebody to a role, and taking that up."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from dichterbij.domains.accounts.actions.memberships import hold
from dichterbij.domains.accounts.errors import LinkOverError, NotAllowedError, OtherKindError, TakenError
from dichterbij.domains.accounts.models import Invitation, Membership, Organisation, User
from dichterbij.domains.accounts.reach import ACCOUNTS, organisation_within, within
from dichterbij.domains.accounts.rules import (
    Actor,
    Door,
    OrganisationKind,
    Role,
    mail_address,
    roles_to_give,
    sign_in_terms,
)
from dichterbij.domains.accounts.sealing import digest_of
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import NotFoundError

_OVER = "This invitation was taken up, withdrawn, or is too old."


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What the mail needs."""

    id: UUID
    token: str
    email: str
    organisation_name: str
    role: Role
    days: int
    replaces: bool = False  # an earlier offer of the same, of which the link ends


def invite(*, actor: Actor, email: str, role: Role, organisation: UUID, now: datetime) -> NewInvitation:
    """Offer a role to an address; an earlier offer of the same that is still open is replaced.

    NotFoundError for an organisation out of reach, NotAllowedError for a role that `actor` may not give there,
    TakenError when this person has the role, InputError for what is no address.
    """
    address, on = mail_address(email), timezone.localdate(now)
    token = secrets.token_urlsafe(32)
    try:
        with account_work():
            forget_invitations(now)
            into = organisation_within(actor, ACCOUNTS, organisation, on)
            made, replaces = _offer(actor, address, role, into, digest_of(token), now)
            data = {"invitation": str(made.pk), "organisation": str(into.pk), "role": role.value}
            record(actor=str(actor), action="accounts.invited", data=data, now=now)
    except IntegrityError as error:
        raise TakenError("Somebody else invited this person at this very moment.") from error
    days = sign_in_terms(on).invitation.days
    return NewInvitation(made.pk, token, address, into.name, role, days, replaces)


def _offer(
    actor: Actor, address: str, role: Role, into: Organisation, digest: str, now: datetime
) -> tuple[Invitation, bool]:
    if role not in roles_to_give(actor.role, OrganisationKind(into.kind)):
        raise NotAllowedError("You cannot give this role in this organisation.")
    held = Membership.objects.filter(user__email=address, organisation=into, role=role.value, valid_until=None)
    if held.exists():
        raise TakenError("This person has that role already.")
    again = Invitation.objects.filter(email=address, organisation=into, role=role.value, used_at=None)
    replaced = again.filter(withdrawn_at=None).update(withdrawn_at=now)
    made = Invitation.objects.create(
        digest=digest,
        email=address,
        organisation=into,
        role=role.value,
        made_by_id=actor.user,
        made_at=now,
        expires_at=now + sign_in_terms(timezone.localdate(now)).invitation,
    )
    return made, bool(replaced)


def invitation_sent(*, invitation: UUID, now: datetime) -> None:
    """The mail left."""
    with account_work():
        Invitation.objects.filter(pk=invitation).update(sent_at=now)


def forget_invitations(now: datetime) -> int:
    """In the caller's transaction: addresses of invitations that are over go after a term; how many went."""
    before = now - sign_in_terms(timezone.localdate(now)).keep_invitations
    over = Q(used_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(over).delete()[0]


def withdraw_invitation(*, actor: Actor, invitation: UUID, now: datetime) -> None:
    """Its link no longer works. NotFoundError for one out of reach, or that is not open."""
    with account_work():
        near = within(actor, ACCOUNTS, timezone.localdate(now), column="organisation")
        is_near = Invitation.objects.filter(near, pk=invitation).exists()
        is_open = Invitation.objects.filter(pk=invitation, used_at=None, withdrawn_at=None)
        if not is_near or not is_open.update(withdrawn_at=now):
            raise NotFoundError("There is no such invitation.")
        record(actor=str(actor), action="accounts.invitation_withdrawn", data={"invitation": str(invitation)}, now=now)


def accept_invitation(*, token: str, name: str, now: datetime) -> UUID:
    """Take up the role; the account is made when there is none. LinkOverError when the invitation is over.

    OtherKindError when the address is that of a citizen or an employer: they would lose their own pages with it.
    """
    with account_work():
        # No join here: a row that waited for another's update is then looked at anew.
        mine = Invitation.objects.filter(digest=digest_of(token))
        if not mine.filter(used_at=None, withdrawn_at=None, expires_at__gt=now).update(used_at=now):
            raise LinkOverError(_OVER)
        found = mine.select_related("organisation").get()
        if found.organisation.ended_on:
            raise LinkOverError(_OVER)
        made = {"kind": Door.STAFF.value, "name": name, "made_at": now}
        user, is_new = User.objects.get_or_create(email=found.email, defaults=made)
        if not user.is_active:
            raise LinkOverError("This account is closed.")
        if user.kind != Door.STAFF.value:
            raise OtherKindError("This address signs in as somebody else: invite the address of their work.")
        if not is_new:
            User.objects.filter(pk=user.pk).update(name=name or user.name)
        hold(user.pk, found.organisation_id, Role(found.role), timezone.localdate(now))
        data = {"invitation": str(found.pk), "organisation": str(found.organisation_id), "role": found.role}
        record(actor=f"user:{user.pk}", action="accounts.invitation_accepted", data=data, now=now)
    return user.pk
