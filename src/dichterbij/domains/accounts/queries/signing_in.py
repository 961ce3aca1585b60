"""What the pages of signing in ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.domains.accounts.models import RecoveryCode, SecondFactor, SignInLink, User
from dichterbij.domains.accounts.sealing import digest_of
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.saying import said


@dataclass(frozen=True, slots=True)
class FactorRow:
    """Whether somebody set up a second factor, and how many recovery codes are left."""

    is_set_up: bool
    codes_left: int


def link_is_open(*, token: str, now: datetime) -> bool:
    """Whether this link can still be used."""
    with account_work():
        return SignInLink.objects.filter(digest=digest_of(token), used_at=None, expires_at__gt=now).exists()


def factor_of(*, user: UUID) -> FactorRow:
    """The second factor of somebody."""
    with account_work():
        is_set_up = SecondFactor.objects.filter(user_id=user, confirmed_at__isnull=False).exists()
        left = RecoveryCode.objects.filter(user_id=user, used_at=None).count() if is_set_up else 0
    return FactorRow(is_set_up, left)


def email_of(*, user: UUID) -> str:
    """The address of an account, empty when it has none."""
    with said(user=str(user)):
        return User.objects.values_list("email", flat=True).get(pk=user) or ""
