"""That somebody came in or left. Sessions themselves are the site's; which of them still count is told here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dichterbij.domains.accounts.models import User
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record


def sign_in(*, user: UUID, how: str, now: datetime) -> None:
    """Somebody is in. `how`: link, link_and_code, provider or demo."""
    with account_work():
        User.objects.filter(pk=user).update(last_login=now)
        record(actor=f"user:{user}", action="accounts.signed_in", data={"how": how}, now=now)


def sign_out(*, user: UUID, now: datetime) -> None:
    """Somebody left, on this device."""
    with transaction.atomic():
        record(actor=f"user:{user}", action="accounts.signed_out", data={"everywhere": False}, now=now)


def sign_out_everywhere(*, user: UUID, now: datetime) -> None:
    """Every session of this person that began until now is over."""
    with account_work():
        User.objects.filter(pk=user).update(signed_out_at=now)
        record(actor=f"user:{user}", action="accounts.signed_out", data={"everywhere": True}, now=now)


def choose_role(*, user: UUID, role: Role, organisation: UUID, now: datetime) -> None:
    """Somebody goes on in this role."""
    with transaction.atomic():
        data = {"role": role.value, "organisation": str(organisation)}
        record(actor=f"user:{user}", action="accounts.role_chosen", data=data, now=now)
