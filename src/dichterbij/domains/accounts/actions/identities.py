"""Somebody who comes from a provider: which account that is."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.models import Identity, Membership, User
from dichterbij.domains.accounts.rules import Door, Proof, Role, mail_address
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import InputError

_UNKNOWN = "There is no account for you here."


def recognise(*, proof: Proof, language: str, now: datetime) -> UUID:
    """The account of whoever this is; made at first use for a citizen or an employer.

    Staff are invited first: then a proved address links the two. NotAllowedError when there is no account to use.
    """
    try:
        return _recognised(proof, language, now)
    except IntegrityError:  # in two windows at the same moment: the other one made it
        return _recognised(proof, language, now)


def refuse(*, provider: str, reason: str, now: datetime) -> None:
    """Write down that somebody came back from a provider and was not let in, and why, in one word."""
    with account_work():
        data = {"provider": provider, "reason": reason}
        record(actor="visitor", action="accounts.provider_refused", data=data, now=now)


def _recognised(proof: Proof, language: str, now: datetime) -> UUID:
    with account_work():
        known = Identity.objects.select_related("user").filter(issuer=proof.issuer, subject=proof.subject).first()
        user = known.user if known else _first_time(proof, language, now)
        if user is None or not user.is_active or user.kind != proof.door:
            raise NotAllowedError(_UNKNOWN)
        Identity.objects.filter(issuer=proof.issuer, subject=proof.subject).update(used_at=now)
        return user.pk


def _first_time(proof: Proof, language: str, now: datetime) -> User | None:
    user = _by_address(proof)
    if user is None and proof.door is not Door.STAFF:
        user = User.objects.create(kind=proof.door.value, name=proof.name, language=language, made_at=now, email=None)
        record(actor=f"user:{user.pk}", action="accounts.account_made", data={"door": proof.door.value}, now=now)
    if user is None:
        return None
    Identity.objects.create(user=user, issuer=proof.issuer, subject=proof.subject, made_at=now, used_at=now)
    record(actor=f"user:{user.pk}", action="accounts.identity_linked", data={"issuer": proof.issuer}, now=now)
    return user


def _by_address(proof: Proof) -> User | None:
    """The account with a proved address; never that of an administrator, who may do everything everywhere."""
    if not proof.is_email_proved:
        return None
    try:
        address = mail_address(proof.email)
    except InputError:
        return None
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR.value, valid_until=None).values("user")
    mine = User.objects.filter(email=address, kind=proof.door.value, is_active=True)
    return mine.exclude(pk__in=administrators).first()
