"""The codes of an app, and those on paper."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
import pytest

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import NotAllowedError, TooOftenError, WrongCodeError
from dichterbij.domains.accounts.models import RecoveryCode, SecondFactor
from support.accounts import colleague, organisation

NOW = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> UUID:
    return colleague("anna@rmt.example", at=organisation()).user


@pytest.fixture
def app(user: UUID) -> pyotp.TOTP:
    """An app that is not confirmed yet."""
    return pyotp.TOTP(actions.begin_factor(user=user, now=NOW))


def confirmed(user: UUID, app: pyotp.TOTP) -> tuple[str, ...]:
    return actions.confirm_factor(user=user, code=app.at(NOW), now=NOW)


def check(user: UUID, code: str, now: datetime = NOW) -> None:
    actions.check_factor(user=user, code=code, now=now)


def test_the_secret_is_the_same_until_it_is_confirmed_and_then_not_told_again(user: UUID, app: pyotp.TOTP) -> None:
    assert actions.begin_factor(user=user, now=NOW) == app.secret
    confirmed(user, app)
    with pytest.raises(NotAllowedError):
        actions.begin_factor(user=user, now=NOW)


def test_secret_and_recovery_codes_are_not_readable_in_the_database(user: UUID, app: pyotp.TOTP) -> None:
    codes = confirmed(user, app)
    kept = str([vars(row) for row in SecondFactor.objects.all()]) + str(
        [vars(row) for row in RecoveryCode.objects.all()]
    )
    assert app.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert len(set(codes)) == 10


def test_a_code_works_once_also_within_its_half_minute(user: UUID, app: pyotp.TOTP) -> None:
    confirmed(user, app)
    with pytest.raises(WrongCodeError):
        check(user, app.at(NOW))
    later = NOW + HALF_A_MINUTE
    check(user, app.at(later), later)
    with pytest.raises(WrongCodeError):
        check(user, app.at(later), later)


def test_a_code_of_before_one_that_was_used_does_not_work(user: UUID, app: pyotp.TOTP) -> None:
    confirmed(user, app)
    later = NOW + 3 * HALF_A_MINUTE
    check(user, app.at(later), later)
    with pytest.raises(WrongCodeError):
        check(user, app.at(later - HALF_A_MINUTE), later)


def test_a_clock_may_be_half_a_minute_off_and_no_more(user: UUID, app: pyotp.TOTP) -> None:
    confirmed(user, app)
    later = NOW + 10 * HALF_A_MINUTE
    with pytest.raises(WrongCodeError):
        check(user, app.at(later - 2 * HALF_A_MINUTE), later)
    check(user, app.at(later - HALF_A_MINUTE), later)


def test_a_recovery_code_works_once_with_or_without_hyphens(user: UUID, app: pyotp.TOTP) -> None:
    first, second, *_ = confirmed(user, app)
    check(user, first.lower().replace("-", " "))
    with pytest.raises(WrongCodeError):
        check(user, first)
    check(user, second)
    assert queries.factor_of(user=user).codes_left == 8


def test_new_recovery_codes_replace_the_old(user: UUID, app: pyotp.TOTP) -> None:
    old = confirmed(user, app)
    new = actions.renew_recovery_codes(user=user, now=NOW)
    with pytest.raises(WrongCodeError):
        check(user, old[0])
    check(user, new[0])


def test_five_wrong_codes_in_a_row_close_the_door_for_a_quarter_of_an_hour_also_for_the_right_one(
    user: UUID, app: pyotp.TOTP
) -> None:
    confirmed(user, app)
    for _ in range(4):
        with pytest.raises(WrongCodeError):
            check(user, "000000")
    with pytest.raises(TooOftenError):
        check(user, "000000")
    soon, later = NOW + timedelta(minutes=14), NOW + timedelta(minutes=16)
    with pytest.raises(TooOftenError):
        check(user, app.at(soon), soon)
    check(user, app.at(later), later)


def test_a_right_code_forgets_the_wrong_ones(user: UUID, app: pyotp.TOTP) -> None:
    confirmed(user, app)
    for step in range(1, 7):
        with pytest.raises(WrongCodeError):
            check(user, "000000")
        at = NOW + step * HALF_A_MINUTE
        check(user, app.at(at), at)


@pytest.mark.parametrize("code", ["", "é" * 6, "\x00", "1" * 40])
def test_any_text_may_be_given_as_a_code(user: UUID, app: pyotp.TOTP, code: str) -> None:
    confirmed(user, app)
    with pytest.raises(WrongCodeError):
        check(user, code)
