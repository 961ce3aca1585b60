"""A draft in an encrypted, authenticated cookie: before it is sent nothing of it is kept with us."""

import base64
import json
import secrets
import zlib
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dichterbij.shared.errors import InputError
from dichterbij.web.near.concepts import numbering
from dichterbij.web.placing.draft import Draft

NAME = "opening"
# Browsers keep 4,096 bytes for name, value and attributes; proxies often 8 kB for all cookies together.
MOST_BYTES = 3600
MOST_SECONDS = 12 * 60 * 60
MOST_PLAIN = 50_000
FORMAT = 1
SKILLS = ("tasks", "needed")


class TooLongError(InputError):
    """The texts together do not fit in a cookie."""

    code = "too_long"


@dataclass(frozen=True)
class Opened:
    """What a cookie held. `dropped`: there was one that could not be used, and the page says so."""

    draft: Draft
    dropped: bool = False


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"dichterbij opening cookie")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))


def _current_box() -> MultiFernet:
    return _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def open_draft(request: HttpRequest) -> Opened:
    """The draft a request brings along, or a new one with a token of its own."""
    value = request.COOKIES.get(NAME)
    draft = unseal(value) if value else None
    if draft is None:
        return Opened(Draft(token=secrets.token_urlsafe(24)), dropped=bool(value))
    return Opened(draft)


def seal(draft: Draft) -> str:
    """The cookie's value; TooLongError when a browser would not keep it."""
    text = json.dumps(_plain(draft), separators=(",", ":"), ensure_ascii=False).encode()
    value = _current_box().encrypt(zlib.compress(text, 9)).decode()
    if len(value) > MOST_BYTES:
        raise TooLongError("The texts together are too long to keep in the browser.")
    return value


def unseal(value: str) -> Draft | None:
    """The draft of a cookie's value; None when it is not ours, altered, too old or of another version."""
    try:
        text = _current_box().decrypt(value.encode(), ttl=MOST_SECONDS)
        return _from_plain(json.loads(_inflate(text)))
    except (InvalidToken, zlib.error, ValueError, KeyError, IndexError, TypeError):
        return None


def keep(response: HttpResponse, value: str) -> HttpResponse:
    """The response with a sealed draft, for this browser session only."""
    response.set_cookie(NAME, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def wipe(response: HttpResponse) -> HttpResponse:
    """The response that takes the draft away from the browser."""
    response.delete_cookie(NAME, samesite="Lax")
    return response


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    text = inflater.decompress(data, MOST_PLAIN)
    if inflater.unconsumed_tail:
        raise ValueError("longer than any draft of ours")
    return text


def _stamp() -> str:
    return numbering("occupation").stamp + numbering("skill").stamp


def _plain(draft: Draft) -> dict[str, Any]:
    """Only what was filled in, by name."""
    plain: dict[str, Any] = {"_": [FORMAT, _stamp()]}
    for item in fields(Draft):
        value = getattr(draft, item.name)
        if value != item.default:
            plain[item.name] = _pack(item.name, value)
    return plain


def _pack(name: str, value: Any) -> Any:
    if name in SKILLS:
        return numbering("skill").pack(value)
    return value.isoformat() if isinstance(value, date) else value


def _from_plain(plain: dict[str, Any]) -> Draft:
    if plain.pop("_") != [FORMAT, _stamp()]:
        raise ValueError("another format or another version of ESCO")
    return replace(Draft(), **{name: _unpack(name, value) for name, value in plain.items()})


def _unpack(name: str, value: Any) -> Any:
    if name in SKILLS:
        return numbering("skill").unpack(value)
    if name == "latest_start":
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
