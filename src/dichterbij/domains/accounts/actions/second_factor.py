"""The second factor of staff: an authenticator app (RFC 6238), and codes on paper for when it is lost."""

import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError, TooOftenError, WrongCodeError
from dichterbij.domains.accounts.models import RecoveryCode, SecondFactor
from dichterbij.domains.accounts.rules import sign_in_terms
from dichterbij.domains.accounts.sealing import keyed_digest, seal, unseal
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record

STEP_SECONDS, AROUND = 30, (-1, 0, 1)  # a clock may be half a minute off
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
_WRONG = "That is not the code of this moment."
_WAIT = "Too many wrong codes. Wait a quarter of an hour, then try again."


def begin_factor(*, user: UUID, now: datetime) -> str:
    """The secret to put into an app; the same one until it is confirmed. NotAllowedError when one is confirmed."""
    with account_work():
        made = {"secret": seal(pyotp.random_base32()), "made_at": now}
        factor, _ = SecondFactor.objects.select_for_update().get_or_create(user_id=user, defaults=made)
        if factor.confirmed_at:
            raise NotAllowedError("This account has a second factor.")
        return unseal(factor.secret)


def confirm_factor(*, user: UUID, code: str, now: datetime) -> tuple[str, ...]:
    """A first right code confirms the app; gives the recovery codes, which are shown this once.

    WrongCodeError; TooOftenError after too many in a row.
    """
    with account_work():
        factor = SecondFactor.objects.select_for_update().get(user_id=user, confirmed_at=None)
        problem = _problem(factor, code, now, recovery=False)
        codes: tuple[str, ...] = ()
        if problem is None:
            factor.confirmed_at = now
            codes = _new_codes(user, now)
            record(actor=f"user:{user}", action="accounts.factor_set_up", data={}, now=now)
        factor.save()
    if problem:
        raise problem
    return codes


def check_factor(*, user: UUID, code: str, now: datetime) -> None:
    """Accept a code of the app, or a recovery code: each once. WrongCodeError, TooOftenError after many in a row."""
    with account_work():
        factor = SecondFactor.objects.select_for_update().get(user_id=user, confirmed_at__isnull=False)
        problem = _problem(factor, code, now, recovery=True)
        factor.save()
        done = "accounts.factor_refused" if problem else "accounts.factor_used"
        record(actor=f"user:{user}", action=done, data={}, now=now)
    if problem:
        raise problem


def renew_recovery_codes(*, user: UUID, now: datetime) -> tuple[str, ...]:
    """New codes; the old ones no longer work."""
    with account_work():
        SecondFactor.objects.select_for_update().get(user_id=user, confirmed_at__isnull=False)
        record(actor=f"user:{user}", action="accounts.codes_renewed", data={}, now=now)
        return _new_codes(user, now)


def _problem(factor: SecondFactor, code: str, now: datetime, *, recovery: bool) -> Exception | None:
    """None when the code is right, which is written down on `factor`; so is a wrong one."""
    if factor.locked_until and factor.locked_until > now:
        return TooOftenError(_WAIT)
    plain = "".join(code.split()).replace("-", "").upper()
    step = _step(unseal(factor.secret), plain, now)
    if (step and step > factor.last_step) or (recovery and not step and _use_recovery(factor.user_id, plain, now)):
        factor.last_step, factor.failures, factor.locked_until = max(step, factor.last_step), 0, None
        return None
    terms = sign_in_terms(timezone.localdate(now))
    factor.failures += 1
    if factor.failures < terms.tries:
        return WrongCodeError(_WRONG)
    factor.failures, factor.locked_until = 0, now + terms.wait
    return TooOftenError(_WAIT)


def _step(secret: str, code: str, now: datetime) -> int:
    """The half minute that this code belongs to, 0 when it is of none around now."""
    made, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    given = code.encode()
    right = [here + off for off in AROUND if hmac.compare_digest(made.generate_otp(here + off).encode(), given)]
    return right[-1] if right else 0


def _use_recovery(user: UUID, code: str, now: datetime) -> bool:
    mine = RecoveryCode.objects.filter(user_id=user, digest=keyed_digest(code, "recovery"), used_at=None)
    return bool(mine.update(used_at=now))


def _new_codes(user: UUID, now: datetime) -> tuple[str, ...]:
    count = sign_in_terms(timezone.localdate(now)).recovery_codes
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(12)) for _ in range(count)]
    RecoveryCode.objects.filter(user_id=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=user, digest=keyed_digest(code, "recovery"), made_at=now) for code in codes
    )
    return tuple(f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes)
