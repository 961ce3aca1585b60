"""What a visitor fills in, sealed in a cookie of their own browser: nothing of it is kept with us or in an address."""

import base64
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dichterbij.shared.errors import InputError

# Every sealed cookie: what "Wipe my answers" takes away.
NAMES = ("answers", "opening", "support", "brought", "application", "turn")
# A browser that restores its session may bring a cookie back for weeks; half a day is one sitting.
MOST_SECONDS = 12 * 60 * 60
MOST_PLAIN = 100_000


class TooLongError(InputError):
    """What was filled in does not fit in a cookie any more."""

    code = "too_long"


@lru_cache(maxsize=16)
def key(secret: str, purpose: str) -> bytes:
    """A Fernet key of its own for each purpose: what is sealed for one can never be used for another."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"dichterbij {purpose}".encode())
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))


def secrets() -> tuple[str, ...]:
    """The secret keys of this installation, that of today first."""
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


def pack(plain: Any) -> bytes:
    """What JSON can hold, compressed."""
    return zlib.compress(json.dumps(plain, separators=(",", ":"), ensure_ascii=False).encode(), 9)


def unpack(data: bytes) -> Any:
    """What was packed; ValueError for anything else."""
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, MOST_PLAIN)
    except zlib.error as error:
        raise ValueError("not packed by us") from error
    if inflater.unconsumed_tail:
        raise ValueError("longer than anything of ours")
    return json.loads(text)


def host_only(name: str) -> str:
    """The name of a cookie that, with https, a browser takes from this very host only."""
    return f"{settings.COOKIE_PREFIX}{name}"


@dataclass(frozen=True)
class SealedCookie:
    """A cookie that only this installation can read: HttpOnly, for this browser session, half a day at most."""

    name: str
    # Browsers keep 4,096 bytes for name, value and attributes together.
    most_bytes: int = 3_800

    def seal(self, plain: Any) -> str:
        """The cookie's value; TooLongError when a browser would not keep it."""
        value = self._box().encrypt(pack(plain)).decode()
        if len(value) > self.most_bytes:
            raise TooLongError("This does not fit: make it shorter, or leave something out.")
        return value

    def unseal(self, value: str) -> Any:
        """What a value holds; ValueError when it is not ours, altered or too old."""
        try:
            return unpack(self._box().decrypt(value.encode(), ttl=MOST_SECONDS))
        except InvalidToken as error:
            raise ValueError("not sealed by us, or too long ago") from error

    def value(self, request: HttpRequest) -> str:
        """The value a request brings along; empty when there is none."""
        return request.COOKIES.get(host_only(self.name), "")

    def keep(self, response: HttpResponse, value: str) -> HttpResponse:
        """The response with a sealed value as its cookie."""
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(host_only(self.name), value, httponly=True, samesite="Lax", secure=secure)
        return response

    def wipe(self, response: HttpResponse) -> HttpResponse:
        """The response that takes the cookie away from the browser."""
        response.delete_cookie(host_only(self.name), samesite="Lax")
        return response

    def _box(self) -> MultiFernet:
        """Seals with the secret key of today, opens what was sealed with earlier ones too."""
        return MultiFernet([Fernet(key(secret, f"{self.name} cookie")) for secret in secrets()])


def any_brought(request: HttpRequest) -> bool:
    """Whether this browser carries something that can be wiped."""
    return any(host_only(name) in request.COOKIES for name in NAMES)


def wipe_all(response: HttpResponse) -> HttpResponse:
    """The response that takes all of them away."""
    for name in NAMES:
        response.delete_cookie(host_only(name), samesite="Lax")
    return response
