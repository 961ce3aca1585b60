"""Answers in a code to take along: sealed, in the code itself, readable here for thirty days. We keep nothing of it."""

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import segno
from cryptography.fernet import Fernet, InvalidToken

from dichterbij.shared.errors import InputError
from dichterbij.web.near import cookie
from dichterbij.web.near.answers import Answers
from dichterbij.web.site.sealed import key, secrets

MOST_DAYS = 30
# With the address before it: more makes dots too small for the camera of an older phone, on a screen or on paper.
MOST_LETTERS = 1_000
LONGEST_TYPED = 6_000
PURPOSE = "answers carried"
MARK_LETTERS = 5


class TooMuchToCarryError(InputError):
    """The answers do not fit in a code that a phone can read."""

    code = "too_much_to_carry"


class NotOurCodeError(InputError):
    """No code of ours, or one that lost or changed a letter."""

    code = "not_our_code"


class OtherSiteError(InputError):
    """A code that another installation made."""

    code = "other_site"


class TooOldError(InputError):
    """A code of more than thirty days ago."""

    code = "too_old"


class OtherVersionError(InputError):
    """A code from before the site changed what answers look like."""

    code = "other_version"


@dataclass(frozen=True)
class Carried:
    """What a code held, and when it was made."""

    answers: Answers
    made_at: datetime


def to_carry(answers: Answers) -> Answers:
    """What goes along: what shapes the list. Not which benefit somebody has, nor where they were in the questions."""
    return replace(answers.settle(), background=None, seen=())


def code_of(answers: Answers, *, now: datetime) -> str:
    """The answers as a code of letters, digits and `-_.`; TooMuchToCarryError when a phone could not read it."""
    secret = secrets()[0]
    sealed = Fernet(_key(secret)).encrypt_at_time(cookie.pack(to_carry(answers)), int(now.timestamp()))
    code = f"{_mark(secret)}.{sealed.decode().rstrip('=')}"
    if len(code) > MOST_LETTERS:
        raise TooMuchToCarryError("These answers do not fit in a code.")
    return code


def read(text: str, *, now: datetime) -> Carried:
    """What a code holds, also when the whole address was pasted. Each thing that can be wrong has its own error."""
    mark, _dot, sealed = "".join(text[:LONGEST_TYPED].rpartition("#")[2].split()).partition(".")
    secret = next((secret for secret in secrets() if _mark(secret) == mark), None)
    if secret is None:
        raise OtherSiteError("Another site made this code.") if _is_shaped(mark, sealed) else _not_ours()
    box, token = Fernet(_key(secret)), (sealed + "=" * (-len(sealed) % 4)).encode(errors="replace")
    try:
        packed = box.decrypt(token)
        made_at = datetime.fromtimestamp(box.extract_timestamp(token), UTC)
    except InvalidToken:
        raise _not_ours() from None
    if not -timedelta(minutes=5) <= now - made_at <= timedelta(days=MOST_DAYS):
        raise TooOldError("This code is more than thirty days old.")
    answers = cookie.unpack(packed)
    if answers is None:
        raise OtherVersionError("This code was made before the site changed.")
    return Carried(answers, made_at)


def picture(address: str) -> str:
    """An address as a QR code: SVG with a white border round it, to be shown as it is."""
    made = segno.make_qr(address, error="l", boost_error=False)
    return str(made.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="near-code__picture"))


def _not_ours() -> NotOurCodeError:
    return NotOurCodeError("That is no code of ours, or it misses a letter.")


def _is_shaped(mark: str, sealed: str) -> bool:
    """Whether it looks like what an installation of Dichterbij makes."""
    return len(mark) == MARK_LETTERS and sealed.startswith("gAAAA")


def _key(secret: str) -> bytes:
    return key(secret, PURPOSE)


def _mark(secret: str) -> str:
    """A few letters that tell installations apart, and tell nothing of the key."""
    return base64.urlsafe_b64encode(hashlib.sha256(_key(secret)).digest()).decode()[:MARK_LETTERS]
