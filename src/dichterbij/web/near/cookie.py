"""The visitor's answers in an encrypted, authenticated cookie: nothing is kept with us or put in an address."""

import base64
import json
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
from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.concepts import numbering

NAME = "answers"
# Browsers keep 4,096 bytes for name, value and attributes together.
MOST_BYTES = 3800
# A browser that restores its session may bring a cookie back for weeks; half a day is one sitting.
MOST_SECONDS = 12 * 60 * 60
FORMAT = 1
CONCEPTS = {"work": "occupation", "unticked": "skill", "own_skills": "skill"}


class TooManyAnswersError(InputError):
    """The answers do not fit in a cookie any more."""

    code = "too_many_answers"


@dataclass(frozen=True)
class Opened:
    """What a cookie held. `dropped` when there was one that could not be used, so that the page can say so."""

    answers: Answers
    dropped: bool = False


@lru_cache(maxsize=8)
def key(secret: str, purpose: bytes = b"cookie") -> bytes:
    """A Fernet key of its own for each purpose: what is sealed for one can never be used for another."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"dichterbij answers " + purpose)
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))


def box(purpose: bytes = b"cookie") -> MultiFernet:
    """Seals with the secret key of today, opens what was sealed with earlier ones too."""
    return MultiFernet([Fernet(key(secret, purpose)) for secret in secrets()])


def secrets() -> tuple[str, ...]:
    """The secret keys of this installation, that of today first."""
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


def pack(answers: Answers) -> bytes:
    """The answers, compressed."""
    return zlib.compress(json.dumps(_plain(answers), separators=(",", ":")).encode(), 9)


def unpack(data: bytes) -> Answers | None:
    """The answers that were packed; None for another format, another version of ESCO, or what is no answers at all."""
    try:
        return _from_plain(json.loads(_inflate(data)))
    except (zlib.error, ValueError, KeyError, IndexError, TypeError):
        return None


def seal(answers: Answers) -> str:
    """The cookie's value; TooManyAnswersError when a browser would not keep it."""
    value = box().encrypt(pack(answers)).decode()
    if len(value) > MOST_BYTES:
        raise TooManyAnswersError("The answers do not fit: remove some work or skills.")
    return value


def unseal(value: str) -> Answers | None:
    """The answers of a cookie's value; None when it is not ours, altered, too old or of another ESCO version."""
    try:
        return unpack(box().decrypt(value.encode(), ttl=MOST_SECONDS))
    except InvalidToken:
        return None


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    text = inflater.decompress(data, 100_000)
    if inflater.unconsumed_tail:
        raise ValueError("longer than any answers of ours")
    return text


def open_answers(request: HttpRequest) -> Opened:
    """The answers a request brings along."""
    value = request.COOKIES.get(NAME)
    if not value:
        return Opened(Answers())
    answers = unseal(value)
    return Opened(Answers(), dropped=True) if answers is None else Opened(answers)


def keep(response: HttpResponse, answers: Answers) -> HttpResponse:
    """The response with the answers in its cookie, for this browser session only."""
    return keep_sealed(response, seal(answers))


def keep_sealed(response: HttpResponse, value: str) -> HttpResponse:
    """The response with an already sealed value as its cookie."""
    response.set_cookie(NAME, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def wipe(response: HttpResponse) -> HttpResponse:
    """The response that takes the answers away from the browser."""
    response.delete_cookie(NAME, samesite="Lax")
    return response


def _stamp() -> str:
    return numbering("occupation").stamp + numbering("skill").stamp


def _plain(answers: Answers) -> dict[str, Any]:
    """Only what was answered, by name: a list in the order of the fields would break on a new field."""
    empty = Answers()
    plain: dict[str, Any] = {"_": [FORMAT, _stamp()]}
    for item in fields(Answers):
        value = getattr(answers, item.name)
        if value != getattr(empty, item.name):
            plain[item.name] = _pack(item.name, value)
    return plain


def _pack(name: str, value: Any) -> Any:
    if name in CONCEPTS:
        return numbering(CONCEPTS[name]).pack(value)
    if name == "filters":
        return {f.name: getattr(value, f.name) for f in fields(Filters) if getattr(value, f.name) is not None}
    if name == "before":
        return [[key, None if old is None else _pack(key, old)] for key, old in value]
    return value.isoformat() if isinstance(value, date) else value


def _from_plain(plain: dict[str, Any]) -> Answers:
    if plain.pop("_") != [FORMAT, _stamp()]:
        raise ValueError("another format or another version of ESCO")
    known = {item.name for item in fields(Answers)}
    if not plain.keys() <= known:
        raise ValueError("fields we do not know")
    return replace(Answers(), **{name: _unpack(name, value) for name, value in plain.items()})


def _unpack(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in CONCEPTS:
        return numbering(CONCEPTS[name]).unpack(value)
    if name == "filters":
        return Filters(**value)
    if name == "before":
        return tuple((key, _unpack(key, old)) for key, old in value)
    if name == "available_from":
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
