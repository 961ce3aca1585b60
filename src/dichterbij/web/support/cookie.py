"""The answers of "support for me" in an encrypted, authenticated cookie of their own.

Not the cookie of "What is near?": that one belongs to one postcode and one version of ESCO, and would drop these
answers with it. Not in the address either (history, logs), and not in hidden fields: the back button loses those.
"""

import base64
import json
from dataclasses import fields
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dichterbij.domains.support.rules.kinds import Background, Need, Route
from dichterbij.web.support.told import Asker, Question, Told

NAME = "support"
# A browser that restores its session may bring a cookie back for weeks; half a day is one sitting.
MOST_SECONDS = 12 * 60 * 60
READERS: dict[str, Any] = {
    "asker": Asker,
    "needs": lambda codes: tuple(map(Need, codes)),
    "route": Route,
    "background": Background,
    "region": str,
    "seen": lambda codes: tuple(map(Question, codes)),
}


@lru_cache(maxsize=4)
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"dichterbij support cookie")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))


def _current_box() -> MultiFernet:
    return _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(told: Told) -> str:
    """The cookie's value."""
    plain = {item.name: value for item in fields(Told) if (value := getattr(told, item.name))}
    return _current_box().encrypt(json.dumps(plain, separators=(",", ":")).encode()).decode()


def open_told(request: HttpRequest) -> tuple[Told, bool]:
    """The answers a request brings along, and whether there were some that can no longer be used."""
    value = request.COOKIES.get(NAME)
    if not value:
        return Told(), False
    try:
        plain = json.loads(_current_box().decrypt(value.encode(), ttl=MOST_SECONDS))
        return Told(**{name: READERS[name](given) for name, given in plain.items()}), False
    except (InvalidToken, ValueError, KeyError, TypeError):
        return Told(), True


def keep(response: HttpResponse, told: Told) -> HttpResponse:
    """The response with the answers in its cookie, for this browser session only."""
    response.set_cookie(NAME, seal(told), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def wipe(response: HttpResponse) -> HttpResponse:
    """The response that takes the answers away from the browser."""
    response.delete_cookie(NAME, samesite="Lax")
    return response
